"""The drafts of this machine: what was begun and is not in the log yet."""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from sqlcipher3 import dbapi2

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.draft import Draft, DraftKey
from fhc_desktop.storage.drafts.draft_text import FORM, draft_of, text_of
from fhc_desktop.storage.log.faults import NewerVersion, told_as
from fhc_desktop.storage.log.migrations import APPLICATION_ID, Step, transaction
from fhc_desktop.storage.log.opening import Names, begin, opened

DRAFTS = Names("drafts", "drafts.sqlite3", "drafts.key")

_TABLE: Step = (
    f"PRAGMA application_id = {APPLICATION_ID}",
    """
    CREATE TABLE draft (
        image_sha256 TEXT NOT NULL,
        frame INTEGER NOT NULL,
        pixels_sha256 TEXT NOT NULL,
        supersedes TEXT NOT NULL,
        second_reading INTEGER NOT NULL,
        form INTEGER NOT NULL,
        changed_at TEXT NOT NULL,
        content TEXT NOT NULL,
        PRIMARY KEY (image_sha256, frame, pixels_sha256, supersedes, second_reading, form)
    ) STRICT
    """,
)
# Which rows of the log were taken into a mean, by their identities alone.
_MEAN: Step = ("CREATE TABLE taken (entry_id TEXT PRIMARY KEY) STRICT",)
_MIGRATIONS = (_TABLE, _MEAN)
_TAKE = "INSERT OR IGNORE INTO taken VALUES (?)"
_LEAVE = "DELETE FROM taken WHERE entry_id = ?"
_KEEP = "INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_DROP = """
    DELETE FROM draft
    WHERE image_sha256 = ? AND frame = ? AND pixels_sha256 = ?
    AND supersedes = ? AND second_reading = ? AND form = ?
"""
_NONE_TAKEN: Mapping[str, bool] = MappingProxyType({})
_PRIMARY_CODE = 0xFF
_CAUSES = {
    dbapi2.SQLITE_BUSY: "another program uses its file",
    dbapi2.SQLITE_FULL: "the disk is full",
    dbapi2.SQLITE_IOERR: "the disk did not read or write its file",
    dbapi2.SQLITE_READONLY: "its file cannot be written",
    dbapi2.SQLITE_CANTOPEN: "its file cannot be opened",
}
_NEWER = "it was written by a newer version of this program"
_DAMAGED = "its file or the key to it is damaged or gone"


class DraftsUnavailable(FhcError):  # noqa: N818 - named for what the user meets
    """Unfinished examinations cannot be read from the disk, or written to it."""


@dataclass(frozen=True, slots=True)
class FoundDrafts:
    """The drafts on the disk, the oldest first, and how many there are of an unknown form.

    ``taken`` are the rows of the log that were taken into a mean.
    """

    drafts: tuple[Draft, ...] = ()
    unknown: int = 0
    taken: frozenset[str] = frozenset()


class DraftStore:
    """A small encrypted database beside the log, written through to the disk like the log.

    Use it from the thread that opened it.
    """

    def __init__(self, connection: dbapi2.Connection, folder: Path) -> None:
        self._connection = connection
        self._folder = folder

    @classmethod
    def open(cls, folder: Path) -> "DraftStore":
        """Open the drafts of a data folder; where there never were any, begin them.

        Raises:
            DraftsUnavailable: why not; nothing has been changed.
        """
        with _faults_told(folder):
            if not _place(folder).exists():
                begin(folder, _MIGRATIONS, DRAFTS)
            return cls(opened(_place(folder), _MIGRATIONS, DRAFTS), folder)

    def keep(
        self,
        drafts: Iterable[Draft],
        *,
        dropped: Iterable[DraftKey] = (),
        taken: Mapping[str, bool] = _NONE_TAKEN,
    ) -> None:
        """Write drafts in the place of what there was of each, and take others away.

        ``taken`` says of rows of the log whether they are in a mean from now on. All of it or
        nothing; when this returns, the disk has it.

        Raises:
            DraftsUnavailable: it could not be written.
        """
        with _faults_told(self._folder), transaction(self._connection):
            self._connection.executemany(_DROP, [_key_cells(key) for key in dropped])
            self._connection.executemany(_KEEP, [_cells(draft) for draft in drafts])
            for entry_id, is_taken in taken.items():
                self._connection.execute(_TAKE if is_taken else _LEAVE, (entry_id,))

    def found(self) -> FoundDrafts:
        """Return what is there. What cannot be read stays there, for the version that can.

        Raises:
            DraftsUnavailable: it could not be read.
        """
        with _faults_told(self._folder):
            rows = self._connection.execute("SELECT form, content FROM draft ORDER BY changed_at")
            known = [_draft(form, content) for form, content in rows]
            taken = frozenset(row[0] for row in self._connection.execute("SELECT * FROM taken"))
        drafts = tuple(draft for draft in known if draft is not None)
        return FoundDrafts(drafts, unknown=len(known) - len(drafts), taken=taken)

    def close(self) -> None:
        self._connection.close()


def has_drafts(folder: Path) -> bool:
    """Return whether drafts were ever written in a data folder.

    Raises:
        DraftsUnavailable: nobody may look there.
    """
    with _faults_told(folder):
        return _place(folder).exists()


def _place(folder: Path) -> Path:
    return folder / DRAFTS.folder


def _cells(draft: Draft) -> tuple[str | int, ...]:
    return (*_key_cells(draft.key), draft.changed_at.isoformat(), text_of(draft))


def _key_cells(key: DraftKey) -> tuple[str | int, ...]:
    picture, row = key.picture, key.supersedes or ""
    of_picture = (picture.sha256, picture.frame, picture.pixels_sha256)
    # A draft of another form stands beside ours: it is not ours to replace.
    return *of_picture, row, int(key.is_second_reading), FORM


def _draft(form: int, content: str) -> Draft | None:
    if form != FORM:
        return None
    try:
        return draft_of(content)
    except ValueError:
        return None


def _faults_told(folder: Path) -> AbstractContextManager[None]:
    return told_as(lambda cause: _unavailable(_why(cause), folder))


def _why(cause: Exception) -> str:
    match cause:
        case NewerVersion():
            return _NEWER
        case dbapi2.DatabaseError():
            return _CAUSES.get(cause.sqlite_errorcode & _PRIMARY_CODE, _DAMAGED)
        case OSError():
            return f"its folder cannot be used: {cause.strerror}"
        case _:
            return _DAMAGED


def _unavailable(why: str, folder: Path) -> DraftsUnavailable:
    mended_by = (
        "Nothing was changed. Install the newest version to go on there."
        if why == _NEWER
        else f"Look at the folder {_place(folder)}"
    )
    return DraftsUnavailable(
        f"Unfinished work is not kept on the disk ({why}).",
        "Measuring and logging go on as before; until this is mended, finish what you begin before "
        f"you close the window. {mended_by}",
    )
