"""What can keep the measurement log from its work, each with a sentence and a remedy."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2

from fhc_desktop.domain.errors import FhcError


class LogUnavailable(FhcError):  # noqa: N818 - named for what the user meets
    """The log cannot be opened, read or written; nothing in it has been changed."""


class EntryRefused(FhcError):  # noqa: N818 - named for what the user meets
    """The log is well, but this entry has no place in it."""


class LogNotExported(FhcError):  # noqa: N818 - named for what the user meets
    """The table could not be written; the log itself is untouched."""


_RESTORE = (
    "Nothing was changed. Restore the folder from a backup, or move it elsewhere to begin a new "
    "log: {folder}"
)
_FAULTS: dict[int, tuple[str, str]] = {
    dbapi2.SQLITE_BUSY: (
        "The measurement log is in use by another program.",
        "Close the other window of this program, then try again.",
    ),
    dbapi2.SQLITE_FULL: (
        "The disk is full: the measurement log cannot take an entry.",
        "Nothing was recorded. Make room on the disk that holds {folder}, then try again.",
    ),
    dbapi2.SQLITE_IOERR: (
        "The disk did not read or write the measurement log.",
        "Nothing was recorded. Check the disk and the room left for {folder}, then try again.",
    ),
    dbapi2.SQLITE_READONLY: (
        "The measurement log cannot be written.",
        "Ask for permission to write in the folder {folder}",
    ),
    dbapi2.SQLITE_CANTOPEN: (
        "The measurement log cannot be opened.",
        "Ask for permission to read and write in the folder {folder}",
    ),
    dbapi2.SQLITE_CORRUPT: ("The measurement log is damaged.", _RESTORE),
    dbapi2.SQLITE_NOTADB: ("The measurement log is damaged.", _RESTORE),
}
_PRIMARY_CODE = 0xFF


@contextmanager
def faults_told(database: Path) -> Iterator[None]:
    """Turn the world's faults into ``LogUnavailable``; the program's own keep their traceback."""
    try:
        yield
    except (dbapi2.IntegrityError, dbapi2.ProgrammingError):
        raise
    except dbapi2.DatabaseError as cause:
        raise _fault(cause.sqlite_errorcode, database) from cause
    except OSError as cause:
        raise unusable_folder(database.parent, cause) from cause


def missing_database(database: Path) -> LogUnavailable:
    return LogUnavailable(
        "The measurement log has gone, though its key is there.",
        f"Nothing was changed. Restore {database.name} from a backup, or move the folder elsewhere "
        f"to begin a new log: {database.parent}",
    )


def cut_database(database: Path) -> LogUnavailable:
    return LogUnavailable(
        "The file of the measurement log is empty or cut short: its entries are lost.",
        _RESTORE.format(folder=database.parent),
    )


def missing_key(key_file: Path) -> LogUnavailable:
    return LogUnavailable(
        "The key of the measurement log has gone: the log cannot be read without it.",
        f"Nothing was changed. Restore {key_file.name} from a backup, or move the folder elsewhere "
        f"to begin a new log: {key_file.parent}",
    )


def malformed_key(key_file: Path) -> LogUnavailable:
    return LogUnavailable(
        "The key file of the measurement log is damaged.",
        f"Nothing was changed. Restore {key_file.name} from a backup in the folder "
        f"{key_file.parent}",
    )


def strange_key(key_file: Path) -> LogUnavailable:
    return LogUnavailable(
        "The key file of the measurement log is a pipe or a device and no ordinary file.",
        f"Nothing was changed. Restore {key_file.name} from a backup in the folder "
        f"{key_file.parent}",
    )


def empty_folder(folder: Path) -> LogUnavailable:
    return LogUnavailable(
        "The measurement log and its key have gone from their folder.",
        f"Restore the folder from a backup, or remove it to begin a new log: {folder}",
    )


def wrong_key(database: Path) -> LogUnavailable:
    return LogUnavailable(
        "The key does not fit the measurement log, or the log is damaged from end to end.",
        _RESTORE.format(folder=database.parent),
    )


def damaged_pages(database: Path, pages: int) -> LogUnavailable:
    return LogUnavailable(
        f"The measurement log is damaged in {pages} place{'' if pages == 1 else 's'}.",
        _RESTORE.format(folder=database.parent),
    )


def foreign_database(database: Path) -> LogUnavailable:
    return LogUnavailable(
        "The file in the log's place is not a measurement log of this program.",
        _RESTORE.format(folder=database.parent),
    )


def newer_version() -> LogUnavailable:
    return LogUnavailable(
        "The measurement log was written by a newer version of this program.",
        "Nothing was changed. Install the newest version to use this log.",
    )


def unusable_folder(folder: Path, cause: OSError) -> LogUnavailable:
    return LogUnavailable(
        f"The folder of the measurement log cannot be used ({cause.strerror}).",
        f"Ask for permission to read and write there, or choose another data folder: {folder}",
    )


def _fault(code: int, database: Path) -> LogUnavailable:
    primary = code & _PRIMARY_CODE
    unreachable = primary in {dbapi2.SQLITE_READONLY, dbapi2.SQLITE_CANTOPEN}
    if unreachable and not database.exists():
        return missing_database(database)
    problem, remedy = _FAULTS.get(
        primary,
        (f"The measurement log cannot be used (code {code}).", "Start the program again."),
    )
    return LogUnavailable(problem, remedy.format(folder=database.parent))
