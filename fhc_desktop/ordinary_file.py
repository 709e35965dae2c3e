"""Files that are read by a name that somebody chose or may have changed: ordinary ones, or none.

It lies on the ground floor: the log, the preferences and the model's weights are read alike.
"""

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path


class NotAnOrdinaryFile(OSError):  # noqa: N818 - named for what was found
    """A pipe, a socket or a device: reading it might never end, or never begin."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.EINVAL, "not an ordinary file", str(path))


def open_ordinary_file(path: Path) -> BufferedReader:
    """Open a file for reading, without waiting for anybody to write into it.

    Raises:
        NotAnOrdinaryFile: it is none.
        OSError: it cannot be opened, or is a folder.
        ValueError: its name is none that a file can have.
    """
    # Looked at after it was opened: before, another one could take its place.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
    except OSError as cause:
        if cause.errno == errno.ENXIO:  # a socket
            raise NotAnOrdinaryFile(path) from cause
        raise
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return os.fdopen(descriptor, "rb")
    os.close(descriptor)
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    raise NotAnOrdinaryFile(path)


def read_ordinary_file(path: Path) -> bytes:
    """Return what such a file holds, with the faults of ``open_ordinary_file``."""
    with open_ordinary_file(path) as file:
        return file.read()
