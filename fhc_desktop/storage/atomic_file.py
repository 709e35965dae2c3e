"""Files and folders that are there whole or not at all, even after a power cut."""

import contextlib
import os
import secrets
from pathlib import Path

ORDINARY_MODE = 0o666
PRIVATE_MODE = 0o600
PRIVATE_FOLDER_MODE = 0o700


def write_atomically(target: Path, content: bytes, *, mode: int = ORDINARY_MODE) -> None:
    """Put content under a name; whoever reads that name sees the old content or the new.

    ``mode`` is narrowed by the user's umask, as it is for any other file.

    Raises:
        OSError: the content could not be written; what was there before still is.
    """
    draft = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        write_new_file(draft, content, mode=mode)
        draft.replace(target)
    except OSError:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def write_new_file(path: Path, content: bytes, *, mode: int = ORDINARY_MODE) -> None:
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
