"""What can keep the measurement log from its work, each with a sentence and a remedy."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2

from fhc_desktop.domain.errors import FhcError


class LogUnavailable(FhcError):  # noqa: N818 - named for what the user meets
    """The log cannot be opened, read or written; nothing in it has been changed."""


class NewerVersion(LogUnavailable):
    """A newer version of the program wrote it; whatever this one did to it could lose something."""


class EntryRefused(FhcError):  # noqa: N818 - named for what the user meets
    """The log is well, but this entry has no place in it."""


class LogNotExported(FhcError):  # noqa: N818 - named for what the user meets
    """The table could not be written; the log itself is untouched."""


RESTORE = (
    "Nothing was changed. Choose “Restore the measurement log …” in the Log menu, or run "
    "“fhc-desktop log restore”: what lies in {folder} is set aside then, and kept."
)
_RESTORE_ANYWHERE = RESTORE.format(folder="the log’s folder")
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
    dbapi2.SQLITE_CORRUPT: ("The measurement log is damaged.", RESTORE),
    dbapi2.SQLITE_NOTADB: ("The measurement log is damaged.", RESTORE),
}
_PRIMARY_CODE = 0xFF
# SQLITE_READONLY_DBMOVED, which the library does not name: another file lies in its place.
_READONLY_DBMOVED = 0x408


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


@contextmanager
def told_as(said: Callable[[Exception], FhcError]) -> Iterator[None]:
    """Turn the world's faults into what ``said`` makes of each; our own keep their traceback."""
    try:
        yield
    except (dbapi2.IntegrityError, dbapi2.ProgrammingError):
        raise
    except (dbapi2.DatabaseError, OSError, LogUnavailable) as cause:
        raise said(cause) from cause


def why_in_brackets(cause: Exception) -> str:
    """Return what such a fault says of itself, to stand in another sentence."""
    return getattr(cause, "strerror", None) or getattr(cause, "problem", None) or str(cause)


def missing_database(database: Path) -> LogUnavailable:
    return LogUnavailable(
        "The measurement log has gone, though its key is there.",
        RESTORE.format(folder=database.parent),
    )


def renamed_database(now_at: Path) -> LogUnavailable:
    return LogUnavailable(
        "The measurement log was renamed or moved while it was open.",
        f"Nothing is lost: it is {now_at} now. Give it its old place and name back, then try "
        "again.",
    )


def deleted_while_open(database: Path) -> LogUnavailable:
    return LogUnavailable(
        "The measurement log has gone: it was deleted or moved elsewhere while it was open.",
        f"If it was moved, move it back to {database}. Otherwise close the program, start it "
        "again, and choose “Restore the measurement log …” in the Log menu.",
    )


def swapped_while_open() -> LogUnavailable:
    return LogUnavailable(
        "Another copy of the measurement log was put in its place while it was open.",
        "Nothing was recorded. Close the program and start it again: it tells then what the copy "
        "lacks, and restores the log.",
    )


def gone_log(count: int, place: Path) -> LogUnavailable:
    return LogUnavailable(
        f"The measurement log has gone with its folder; it had {records_text(count)}.",
        RESTORE.format(folder=place),
    )


def older_copy(last: int, lacks: int) -> LogUnavailable:
    return LogUnavailable(
        f"The measurement log is an older copy: it ends with record {last} and lacks "
        f"{records_text(lacks)} of this machine.",
        _RESTORE_ANYWHERE,
    )


def other_course() -> LogUnavailable:
    return LogUnavailable(
        "The measurement log is not the one that was last written here: an older copy of it was "
        "put in its place and written on.",
        _RESTORE_ANYWHERE,
    )


def another_log(count: int) -> LogUnavailable:
    return LogUnavailable(
        "The measurement log is not the one of this machine, which has another key and had "
        f"{records_text(count)}.",
        _RESTORE_ANYWHERE,
    )


def broken_record(sequence: int) -> LogUnavailable:
    return LogUnavailable(
        f"Record {sequence} of the measurement log is missing or not as it was written.",
        _RESTORE_ANYWHERE,
    )


def not_backed_up(cause: FhcError) -> LogUnavailable:
    return LogUnavailable(
        "The measurement log is of an older version and could not be backed up, so it was not "
        f"brought to this one. {cause.problem}",
        cause.remedy,
    )


def read_only(database: Path) -> LogUnavailable:
    return LogUnavailable(
        "The measurement log can be read but not written: nothing is recorded.",
        "Ask for permission to write there, then start the program again. It is the folder "
        f"{database.parent}",
    )


def cannot_upgrade(database: Path) -> LogUnavailable:
    return LogUnavailable(
        "The measurement log is of an older version and cannot be written, which it must be once.",
        f"Ask for permission to write in the folder {database.parent}",
    )


def no_log(folder: Path) -> LogUnavailable:
    return LogUnavailable(
        "There is no measurement log yet.",
        f"It is begun when the program is first started with the data folder {folder}",
    )


def old_sqlite(version: str) -> LogUnavailable:
    return LogUnavailable(
        f"This installation has SQLite {version}, which may damage the measurement log.",
        "The log was not touched. Install the program anew.",
    )


def cut_database(database: Path) -> LogUnavailable:
    return LogUnavailable(
        "The file of the measurement log is empty or cut short: its entries are lost.",
        RESTORE.format(folder=database.parent),
    )


def missing_key(key_file: Path) -> LogUnavailable:
    return LogUnavailable(
        "The key of the measurement log has gone: the log cannot be read without it.",
        RESTORE.format(folder=key_file.parent),
    )


def malformed_key(key_file: Path) -> LogUnavailable:
    return LogUnavailable(
        "The key file of the measurement log is damaged.", RESTORE.format(folder=key_file.parent)
    )


def strange_key(key_file: Path) -> LogUnavailable:
    return LogUnavailable(
        "The key file of the measurement log is a pipe or a device and no ordinary file.",
        RESTORE.format(folder=key_file.parent),
    )


def empty_folder(folder: Path) -> LogUnavailable:
    return LogUnavailable(
        "The measurement log and its key have gone from their folder.",
        RESTORE.format(folder=folder),
    )


def wrong_key(database: Path) -> LogUnavailable:
    return LogUnavailable(
        "The key does not fit the measurement log, or the log is damaged from end to end.",
        RESTORE.format(folder=database.parent),
    )


def damaged_pages(database: Path, pages: int) -> LogUnavailable:
    return LogUnavailable(
        f"The measurement log is damaged in {pages} place{'' if pages == 1 else 's'}.",
        RESTORE.format(folder=database.parent),
    )


def foreign_database(database: Path) -> LogUnavailable:
    return LogUnavailable(
        "The file in the log's place is not a measurement log of this program.",
        RESTORE.format(folder=database.parent),
    )


def newer_version() -> NewerVersion:
    return NewerVersion(
        "The measurement log was written by a newer version of this program.",
        "Nothing was changed. Install the newest version to use this log.",
    )


def unusable_folder(folder: Path, cause: OSError) -> LogUnavailable:
    return LogUnavailable(
        f"The folder of the measurement log cannot be used ({cause.strerror}).",
        f"Ask for permission to read and write there, or choose another data folder: {folder}",
    )


def records_text(count: int) -> str:
    """Return how many records there are, in a user's words."""
    return f"{count} measurement{'' if count == 1 else 's'}"


def _fault(code: int, database: Path) -> LogUnavailable:
    primary = code & _PRIMARY_CODE
    if code == _READONLY_DBMOVED and database.exists():
        return swapped_while_open()
    unreachable = primary in {dbapi2.SQLITE_READONLY, dbapi2.SQLITE_CANTOPEN}
    if unreachable and not database.exists():
        return missing_database(database)
    problem, remedy = _FAULTS.get(
        primary,
        (f"The measurement log cannot be used (code {code}).", "Start the program again."),
    )
    return LogUnavailable(problem, remedy.format(folder=database.parent))
