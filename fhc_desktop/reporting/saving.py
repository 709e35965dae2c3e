"""Reports and tables as files, and in words why one could not be written."""

import errno
from pathlib import Path

from fhc_desktop.atomic_file import write_to_any_disk
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
    try:
        write_to_any_disk(target, data)
    except OSError as cause:
        raise _not_written(target, cause) from cause


def save_text(text: str, target: Path) -> None:
    """Write text as UTF-8 with its line ends as they are, whole or not at all."""
    save_bytes(text.encode("utf-8"), target)


def _not_written(target: Path, cause: OSError) -> ReportNotWritten:
    reason, remedy = _CAUSES.get(
        cause.errno or 0, (f"the system says: {cause.strerror or cause}.", _ANOTHER_FOLDER)
    )
    return ReportNotWritten(f"{target.name} was not written: {reason}", remedy)
