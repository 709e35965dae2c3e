"""A file that one process writes at a time; the system lets it go however that process ends."""

import os
import sys
from pathlib import Path
from typing import BinaryIO

from fhc_desktop.storage.runs.faults import RunUnavailable

# Windows locks bytes: one that no file comes to, since others may not read one that is locked.
_FAR_AWAY = 2**62


def lock_for_writing(file: BinaryIO, path: Path) -> None:
    """Keep a file for this process until it is closed.

    Raises:
        RunUnavailable: another process has it.
    """
    try:
        _lock(file)
    except OSError as cause:
        raise RunUnavailable(
            f"Another process works on the run in {path.parent.name}.",
            "Wait until it has ended, or give this run a folder of its own.",
        ) from cause


if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> None:
        file.seek(_FAR_AWAY)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        file.seek(0, os.SEEK_END)

else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
