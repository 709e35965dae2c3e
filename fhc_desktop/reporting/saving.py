"""Files that are either whole or not there."""

import contextlib
import errno
import os
import secrets
from pathlib import Path

from fhc_desktop.domain.errors import FhcError


class ReportNotWritten(FhcError):  # noqa: N818 - says what happened, as the house names faults
    """A file could not be made; whatever stood in its place still does."""


_ANOTHER_FOLDER = "Choose another folder or ask your administrator."
_CAUSES = {
    errno.ENOSPC: ("the disk is full.", "Free some space or choose another disk."),
    errno.EDQUOT: ("your share of the disk is used up.", "Free some space or choose another disk."),
    errno.EFBIG: ("the file would be larger than allowed here.", _ANOTHER_FOLDER),
    errno.EACCES: ("this folder or file must not be written to.", _ANOTHER_FOLDER),
    errno.EPERM: ("this folder or file must not be written to.", _ANOTHER_FOLDER),
    errno.EROFS: ("the disk can only be read.", _ANOTHER_FOLDER),
    errno.ENOENT: ("its folder does not exist.", "Choose a folder that exists."),
    errno.ENOTDIR: ("its folder does not exist.", "Choose a folder that exists."),
    errno.EISDIR: ("a folder has that name.", "Choose another name."),
    errno.ENAMETOOLONG: ("its name is too long.", "Choose a shorter name."),
}


def save_bytes(data: bytes | bytearray, target: Path) -> None:
    """Write a file whole or not at all, also when the power fails in between.

    Raises:
        ReportNotWritten: with the reason; an older file of that name is left as it was.
    """
    # Not derived from the target's name, which may already be as long as a name can be.
    partial = target.parent / f".fhc-{secrets.token_hex(8)}.part"
    try:
        try:
            _write_through(data, partial)
            partial.replace(target)
        finally:
            with contextlib.suppress(OSError):
                partial.unlink(missing_ok=True)
    except OSError as cause:
        raise _not_written(target, cause) from cause
    _make_name_durable(target.parent)


def save_text(text: str, target: Path) -> None:
    """Write text as UTF-8 with its line ends as they are, whole or not at all."""
    save_bytes(text.encode("utf-8"), target)


def _write_through(data: bytes | bytearray, partial: Path) -> None:
    with partial.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _make_name_durable(folder: Path) -> None:
    # Windows opens no folders, and a few network disks refuse: the file itself is safe by then.
    with contextlib.suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _not_written(target: Path, cause: OSError) -> ReportNotWritten:
    reason, remedy = _CAUSES.get(
        cause.errno or 0, (f"the system says: {cause.strerror or cause}.", _ANOTHER_FOLDER)
    )
    return ReportNotWritten(f"{target.name} was not written: {reason}", remedy)
