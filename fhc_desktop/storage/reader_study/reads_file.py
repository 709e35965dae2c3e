"""A reader's file: a line of JSON for each read, on the disk before anybody goes on.

Lines are only added. A line that a crash cut short is left as it is and told; what comes after it
begins a line of its own.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from fhc_desktop.atomic_file import (
    PRIVATE_MODE,
    make_private_folder,
    sync_folder,
    write_atomically,
)
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.reader_study.read import Read, UnfinishedRead
from fhc_desktop.plain_values import read, told

_BEGUN = tuple[UnfinishedRead, ...]


class ReadsUnavailable(FhcError):  # noqa: N818 - named for what the user meets
    """A reader's file cannot be read or written."""


@dataclass(frozen=True, slots=True)
class KeptReads:
    """A reader's reads, oldest first; ``torn_lines`` are the numbers of lines that tell none."""

    reads: tuple[Read, ...] = ()
    torn_lines: tuple[int, ...] = ()


def add_read(path: Path, one: Read) -> None:
    """Add a read, and return when the disk has it.

    Raises:
        ReadsUnavailable: it could not be written; what was there still is.
    """
    line = json.dumps(told(one), allow_nan=False).encode("utf-8") + b"\n"
    try:
        make_private_folder(path.parent)
        is_new = not path.exists()
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, PRIVATE_MODE)
        with os.fdopen(descriptor, "r+b", buffering=0) as file:
            _write_whole(file.fileno(), (b"\n" if _is_torn(file.fileno()) else b"") + line)
            os.fsync(file.fileno())
        if is_new:
            sync_folder(path.parent)
    except OSError as cause:
        raise ReadsUnavailable(
            f"The read was not stored: {path} cannot be written ({cause.strerror or cause}).",
            "Nothing went on. Make room or ask for the right to write there, and accept again.",
        ) from cause


def kept_reads(path: Path) -> KeptReads:
    """Return what a reader's file holds; nothing where there is none yet.

    Raises:
        ReadsUnavailable: it is there and cannot be read.
    """
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return KeptReads()
    except OSError as cause:
        raise ReadsUnavailable(
            f"{path} cannot be read ({cause.strerror or cause}).",
            "Ask for the right to read it, or check the drive.",
        ) from cause
    found, torn = [], []
    for number, line in enumerate(lines, start=1):
        if not line:
            continue
        try:
            found.append(read(Read, json.loads(line)))
        except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
            torn.append(number)
    return KeptReads(tuple(found), tuple(torn))


def keep_unfinished(path: Path, begun: tuple[UnfinishedRead, ...]) -> None:
    """Keep what a reader has begun, in the place of what there was.

    Raises:
        ReadsUnavailable: it could not be written.
    """
    try:
        make_private_folder(path.parent)
        write_atomically(path, json.dumps(told(begun)).encode("utf-8"), mode=PRIVATE_MODE)
    except OSError as cause:
        raise ReadsUnavailable(
            f"What you have begun is on the screen alone: {path} cannot be written "
            f"({cause.strerror or cause}).",
            "Make room or ask for the right to write there.",
        ) from cause


def kept_unfinished(path: Path) -> tuple[UnfinishedRead, ...]:
    """Return what a reader has begun; nothing where there is none, or it tells nothing any more."""
    try:
        begun: tuple[UnfinishedRead, ...] = read(_BEGUN, json.loads(path.read_bytes()))
    except (OSError, AttributeError, KeyError, TypeError, ValueError, RecursionError):
        return ()
    return begun


def _is_torn(descriptor: int) -> bool:
    """Return whether the last line was cut short."""
    length = os.lseek(descriptor, 0, os.SEEK_END)
    if not length:
        return False
    os.lseek(descriptor, length - 1, os.SEEK_SET)
    return os.read(descriptor, 1) != b"\n"


def _write_whole(descriptor: int, content: bytes) -> None:
    written = os.write(descriptor, content)
    if written < len(content):
        # A full disk takes a part; the rest of the line says which error it was.
        _write_whole(descriptor, content[written:])
