"""A disk that loses its power: what a database wrote is recorded, and each crash played back.

What was not waited for may be on the disk or not, sector by sector; a deletion that was not waited
for may not have happened. Nothing is said of disks that tell of a write that is still in their
cache.
"""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import apsw

SECTOR_BYTES = 512


@dataclass(frozen=True)
class Event:
    """One thing done to a file: ``written`` (offset, data), ``cut`` (size), ``synced``, ...

    ``acknowledged`` has the number of records that the writer was told of instead of a file.
    """

    kind: str
    name: str = ""
    at: int = 0
    data: bytes = b""


class Recorder(apsw.VFS):
    """The system's files, with a list of what was done to them."""

    def __init__(self, name):
        self.events = []
        self.vfs_name = name
        super().__init__(name, "")

    def xOpen(self, name, flags):  # noqa: N802 - SQLite's own names
        file = _RecordedFile(self, name, flags)
        if flags[0] & apsw.SQLITE_OPEN_CREATE and not flags[0] & apsw.SQLITE_OPEN_MAIN_DB:
            self.events.append(Event("created", file.name))
        return file

    def xDelete(self, filename, syncdir):  # noqa: N802
        super().xDelete(filename, syncdir)
        self.events.append(Event("deleted", Path(filename).name, int(bool(syncdir))))

    def acknowledge(self, count):
        self.events.append(Event("acknowledged", at=count))


class _RecordedFile(apsw.VFSFile):
    def __init__(self, recorder, name, flags):
        self._events = recorder.events
        self.name = Path(name.filename() if isinstance(name, apsw.URIFilename) else name).name
        super().__init__("", name, flags)

    def xWrite(self, data, offset):  # noqa: N802
        super().xWrite(data, offset)
        self._events.append(Event("written", self.name, offset, bytes(data)))

    def xTruncate(self, newsize):  # noqa: N802
        super().xTruncate(newsize)
        self._events.append(Event("cut", self.name, newsize))

    def xSync(self, flags):  # noqa: N802
        super().xSync(flags)
        self._events.append(Event("synced", self.name))

    def xDeviceCharacteristics(self):  # noqa: N802
        return 0

    def xSectorSize(self):  # noqa: N802
        return SECTOR_BYTES


class _Disk:
    """What is certain of each file, and what has been done to it since."""

    def __init__(self, files):
        self.certain = {name: bytearray(content) for name, content in files.items()}
        self.pending = defaultdict(list)
        self.unsure_names = {}  # name: whether it is there, should the directory be lost

    def play(self, event):
        name = event.name
        if event.kind == "created":
            self.certain.setdefault(name, bytearray())
            self.unsure_names[name] = False
        elif event.kind == "deleted":
            if event.at:
                self.certain.pop(name, None)
                self.unsure_names.pop(name, None)
                self.pending.pop(name, None)
            else:
                self.unsure_names[name] = True
        elif event.kind == "synced":
            for change in self.pending.pop(name, []):
                _apply(self.certain[name], change)
            # The first sync of a journal waits for its directory, too.
            if self.unsure_names.get(name) is False:
                del self.unsure_names[name]
        elif event.kind in {"written", "cut"}:
            self.pending[name] += _sectors(event)

    def crashed(self, rng):
        """Return what is on the disk once it has power again."""
        left = {}
        for name, content in self.certain.items():
            if name in self.unsure_names and rng.random() < 0.5:
                continue
            found = bytearray(content)
            for change in self.pending.get(name, []):
                if rng.random() < 0.5:
                    _apply(found, change)
            left[name] = bytes(found)
        return left


def crashes(before, events, states, rng):
    """Give files as a power cut leaves them, each with how many records were acknowledged."""
    moments = sorted(rng.randrange(len(events) + 1) for _ in range(states))
    disk, played, acknowledged = _Disk(before), 0, 0
    for moment in moments:
        for event in events[played:moment]:
            if event.kind == "acknowledged":
                acknowledged = event.at
            else:
                disk.play(event)
        played = moment
        yield disk.crashed(rng), acknowledged


def _sectors(event):
    if event.kind == "cut":
        return [event]
    first = event.at - event.at % SECTOR_BYTES
    parts = []
    for start in range(first, event.at + len(event.data), SECTOR_BYTES):
        low, high = max(start, event.at), min(start + SECTOR_BYTES, event.at + len(event.data))
        parts.append(
            Event("written", event.name, low, event.data[low - event.at : high - event.at])
        )
    return parts


def _apply(content, change):
    if change.kind == "cut":
        del content[change.at :]
        return
    if len(content) < change.at:
        content.extend(bytes(change.at - len(content)))
    content[change.at : change.at + len(change.data)] = change.data
