"""The watch over an open log: it goes on from what was seen of it, and its anchor with it."""

import contextlib
from pathlib import Path

from fhc_desktop.storage.log.anchor import move_anchor_on
from fhc_desktop.storage.log.chain import BrokenChain, ChainEnd, chain_end, link_newest
from fhc_desktop.storage.log.faults import (
    broken_record,
    deleted_while_open,
    renamed_database,
    swapped_while_open,
)
from fhc_desktop.storage.log.open_log import OpenLog


class Watch:
    """Knows where the chain of an open log ended when it was last looked at."""

    def __init__(self, log: OpenLog, folder: Path) -> None:
        self._connection = log.connection
        self._key = log.key
        self._end = log.end
        self._folder = folder

    def look(self) -> None:
        """See that the log is the one that was read before, with what was added since.

        Raises:
            LogUnavailable: an older copy was put in its place, or a record was changed.
        """
        found = chain_end(self._connection, self._key, self._end)
        if isinstance(found, BrokenChain):
            if found.sequence <= self._end.sequence:
                raise swapped_while_open()
            raise broken_record(found.sequence)
        self._end = found

    def link_newest(self) -> ChainEnd:
        """Give the row that was just added its link; return the end that it makes."""
        return link_newest(self._connection, self._key, self._end)

    def note_down(self, end: ChainEnd) -> None:
        """Take an end over that is on the disk, and write it into the anchor."""
        self._end = end
        move_anchor_on(self._folder, self._key, end)


class FileWatch:
    """Knows the file that was opened from any other that has its name."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._identity = _identity(database)

    def look(self) -> None:
        """See that the file is still there, under its name.

        Raises:
            LogUnavailable: it is not, and where it is if that can be found.
        """
        found = _identity(self._database)
        if found == self._identity:
            return
        if found is not None:
            raise swapped_while_open()
        now_at = self._found_near()
        if now_at is not None:
            raise renamed_database(now_at)
        raise deleted_while_open(self._database)

    def _found_near(self) -> Path | None:
        """Return where the file is now: in its folder, or in one beside that."""
        beside = self._database.parent.parent
        places = [self._database.parent, *(one for one in _in(beside) if one.is_dir())]
        for file in (file for place in places for file in _in(place)):
            with contextlib.suppress(OSError):
                if _identity(file) == self._identity:
                    return file
        return None


def _identity(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_dev, found.st_ino


def _in(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []
