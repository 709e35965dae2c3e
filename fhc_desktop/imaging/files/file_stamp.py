"""What tells that a file is still the one that was measured, without reading it."""

import hashlib
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fhc_desktop.imaging.files.archive import find_archive

TABLE_ENDINGS = (".csv", ".tsv")
# Files come folder by folder, and beside theirs the folder above is looked at.
_FOLDERS_REMEMBERED = 8


@dataclass(frozen=True, slots=True)
class FileStamp:
    """What changes whenever a file is written again, or a table that may speak of its scale.

    ``own`` is size in bytes, time of the content and time of the entry in ns, of the file or of
    the archive that it lies in; empty where it could not be looked at. ``tables`` is a digest over
    the tables in its folder and the one above.
    """

    own: tuple[int, ...]
    tables: str


class FileStamps:
    """Stamps of many files; what lies in the folders of the last ones is remembered.

    A table that changes meanwhile may so be stamped as it was before: its images are then taken
    for changed, never the other way round.
    """

    def __init__(self) -> None:
        self._tables_in = lru_cache(_FOLDERS_REMEMBERED)(_tables_in)

    def stamp(self, path: Path) -> FileStamp:
        status = status_of(path)
        if status is None:
            return FileStamp((), "")
        folder = path.absolute().parent
        said = (*self._tables_in(folder), None, *self._tables_in(folder.parent))
        own = status.st_size, status.st_mtime_ns, status.st_ctime_ns
        return FileStamp(own, hashlib.sha256(repr(said).encode()).hexdigest())


def status_of(path: Path) -> os.stat_result | None:
    """Return what the system says of a file, or of the archive that it lies in; None of nothing."""
    try:
        return (find_archive(path) or path).stat()
    except (OSError, ValueError):
        return None


def _tables_in(folder: Path) -> tuple[tuple[str | int, ...], ...]:
    try:
        with os.scandir(folder) as entries:
            tables = [entry for entry in entries if entry.name.lower().endswith(TABLE_ENDINGS)]
        return tuple(sorted(map(_changes_of, tables)))
    except OSError:
        return ()  # an archive's members change with it


def _changes_of(table: "os.DirEntry[str]") -> tuple[str | int, ...]:
    try:
        status = table.stat()
    except OSError:
        return (table.name,)
    return table.name, status.st_size, status.st_mtime_ns, status.st_ctime_ns
