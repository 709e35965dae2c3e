"""Files and folders that are there whole or not at all, even after a power cut.

It lies on the ground floor, beside the resources: reports and the log's files are written alike,
though reporting and storage do not know each other.
"""

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

ORDINARY_MODE = 0o666
PRIVATE_MODE = 0o600
PRIVATE_FOLDER_MODE = 0o700


def write_atomically(
    target: Path, content: bytes | bytearray, *, mode: int = ORDINARY_MODE
) -> None:
    """Put content under a name for certain; whoever reads that name sees the old or the new.

    ``mode`` is narrowed by the user's umask, as it is for any other file.

    Raises:
        OSError: the content could not be written, and what was there before still is; or it was
            written and the disk did not confirm its name.
    """
    _replace(target, content, mode=mode)
    sync_folder(target.parent)


def write_to_any_disk(target: Path, content: bytes | bytearray) -> None:
    """Put content under a name on whatever disk the user chose: a report, a table, a picture.

    Some network disks do not confirm names. The content itself is safe by then, so that is no
    failure here, as it is for the log's own files.

    Raises:
        OSError: the content could not be written; what was there before still is.
    """
    _replace(target, content, mode=ORDINARY_MODE)
    with contextlib.suppress(OSError):
        sync_folder(target.parent)


@contextlib.contextmanager
def file_by_parts(target: Path) -> Iterator[Path]:
    """Yield a path to be written little by little; it gets the target's name when all is there.

    It lies in a folder of its own beside the target, which only the user may enter and where
    whoever writes may keep what it needs meanwhile. After any fault nothing of it is left.

    Raises:
        OSError: the content could not be written; what was there before still is.
    """
    folder = target.parent / f".{secrets.token_hex(8)}.tmp"
    folder.mkdir(mode=PRIVATE_FOLDER_MODE)
    try:
        draft = folder / "draft"
        yield draft
        with draft.open("r+b") as file:
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    with contextlib.suppress(OSError):
        sync_folder(target.parent)


def write_new_file(path: Path, content: bytes | bytearray, *, mode: int = ORDINARY_MODE) -> None:
    """Write a file that must not exist yet, and wait until the disk has it."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def make_private_folder(folder: Path) -> None:
    """Make a folder that only its owner may enter, with its parents, and wait for the disk.

    A folder that exists already keeps the mode that its owner gave it.
    """
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir(mode=PRIVATE_FOLDER_MODE, exist_ok=True)
        sync_folder(place.parent)


def sync_folder(folder: Path) -> None:
    """Wait until the disk has the names in a folder; Windows keeps them by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _replace(target: Path, content: bytes | bytearray, *, mode: int) -> None:
    # Not derived from the target's name, which may already be as long as a name can be.
    draft = target.parent / f".{secrets.token_hex(8)}.tmp"
    try:
        write_new_file(draft, content, mode=mode)
        draft.replace(target)
    finally:
        # After any fault and any interruption; once renamed there is nothing to take away.
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
