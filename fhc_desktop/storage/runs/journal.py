"""The journal of a run: a record of each file that was measured, in the order of finishing.

It only grows, and only one process writes it. Each record is a line with its checksum, so that one
that was torn by a kill or a power cut is told from a whole one.
"""

import errno
import json
import os
import time
import zlib
from array import array
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from io import FileIO
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from fhc_desktop.atomic_file import ORDINARY_MODE
from fhc_desktop.storage.runs.faults import said_by_system
from fhc_desktop.storage.runs.one_writer import lock_for_writing

# What a power cut may cost; a kill costs nothing, for the system has each record.
_SECONDS_BETWEEN_SYNCS = 1.0
_NONE = -1
_CHECKSUM_BYTES = 9


class Journal:
    """The records of ``count`` files by their number in the list, from 0; the last one holds.

    Of each file its place in the journal is held, 8 bytes, and nothing else.
    """

    def __init__(
        self, path: Path, count: int, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Open or begin a journal; what is torn at its end, or damaged, is cut off.

        Raises:
            RunUnavailable: it cannot be read or written, or another process writes it.
        """
        self._path = path
        self._clock = clock
        self._places = array("q", [_NONE]) * count
        self._synced_at = clock()
        self.lost_bytes = 0
        with ExitStack() as opened:
            try:
                # Nothing waits in this process: what was written, a kill does not take back.
                self._end = opened.enter_context(_opened(path))
                self._file = opened.enter_context(path.open("rb"))
            except OSError as cause:
                raise said_by_system(path, cause) from cause
            lock_for_writing(self._end, path)
            self._look_through()
            self._opened = opened.pop_all()

    def add(self, number: int, record: Mapping[str, Any]) -> None:
        """Write the record of a file; the disk has it about a second later.

        Raises:
            RunUnavailable: it could not be written. What was written before holds.
        """
        try:
            place, line = self._end.seek(0, os.SEEK_END), _line({**record, "number": number})
            _write(self._end, line)
            # Known at once: Ctrl+C may come while the disk is waited for.
            self._places[number] = place
            if self._clock() - self._synced_at >= _SECONDS_BETWEEN_SYNCS:
                self._sync()
        except OSError as cause:
            raise said_by_system(self._path, cause) from cause

    def record(self, number: int) -> dict[str, Any] | None:
        """Return the last record of a file; None where there is none."""
        place = self._places[number]
        if place == _NONE:
            return None
        self._file.seek(place)
        return _record(self._file.readline())

    @property
    def done(self) -> int:
        """How many files have a record."""
        return len(self._places) - self._places.count(_NONE)

    def close(self) -> None:
        try:
            self._sync()
        except OSError as cause:
            raise said_by_system(self._path, cause) from cause
        finally:
            self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _sync(self) -> None:
        os.fsync(self._end.fileno())
        self._synced_at = self._clock()

    def _look_through(self) -> None:
        """Note where each record lies, and cut off whatever comes after the last whole one."""
        end = 0
        try:
            for place, line in _placed_lines(self._file):
                record = _record(line)
                number = None if record is None else record.get("number")
                if not isinstance(number, int) or not 0 <= number < len(self._places):
                    break
                self._places[number] = place
                end = place + len(line)
            self.lost_bytes = self._end.seek(0, os.SEEK_END) - end
            self._end.truncate(end)
        except OSError as cause:
            raise said_by_system(self._path, cause) from cause


def _opened(path: Path) -> FileIO:
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    return FileIO(os.open(path, flags, ORDINARY_MODE), "r+b")


def _write(end: FileIO, line: bytes) -> None:
    if end.write(line) != len(line):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _placed_lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    place = file.seek(0)
    for line in file:
        yield place, line
        place += len(line)


def _line(record: Mapping[str, Any]) -> bytes:
    text = json.dumps(record, separators=(",", ":"), allow_nan=False).encode("ascii")
    return b"%s%s\n" % (_checksum(text), text)


def _record(line: bytes) -> dict[str, Any] | None:
    """Return the record of a line; None where it is not whole."""
    checksum, text = line[:_CHECKSUM_BYTES], line[_CHECKSUM_BYTES:-1]
    if not line.endswith(b"\n") or checksum != _checksum(text):
        return None
    found: dict[str, Any] = json.loads(text)
    return found


def _checksum(text: bytes) -> bytes:
    return b"%08x " % zlib.crc32(text)
