"""The anchor: how far the log went when it was last written, kept outside the log's folder.

A chain of links finds what is changed inside the log; that the whole log is an older copy only
something beside it can tell. The anchor never runs ahead of the log: it is written after the row
is on the disk, so that a crash between the two leaves a log that goes on behind its anchor.
"""

import contextlib
import hmac
import json
import re
from enum import Enum, auto
from pathlib import Path

from fhc_desktop.atomic_file import PRIVATE_MODE, write_atomically
from fhc_desktop.ordinary_file import read_ordinary_file
from fhc_desktop.storage.log.chain import BEGINNING, ChainEnd, derived_key

ANCHOR = "log.anchor"

_CODE = re.compile(r"[0-9a-f]{64}|")
_FORM = 1


class NoAnchor(Enum):
    """Why nothing can be told from an anchor."""

    MISSING = auto()
    DAMAGED = auto()
    OF_ANOTHER_LOG = auto()


def log_name(key: str) -> str:
    """Return the name of a log, 16 hexadecimal digits by its key, which they do not tell."""
    return derived_key(key, "name").hex()[:16]


def read_anchor(folder: Path, key: str) -> ChainEnd | NoAnchor:
    """Return the end that the anchor of a data folder tells of, if it is this log's.

    Raises:
        OSError: it is there and cannot be read.
    """
    try:
        content = read_ordinary_file(folder / ANCHOR)
    except FileNotFoundError:
        return NoAnchor.MISSING
    said = _parsed(content)
    if said is None:
        return NoAnchor.DAMAGED
    name, end, code = said
    if name != log_name(key):
        return NoAnchor.OF_ANOTHER_LOG
    is_ours = hmac.compare_digest(code, _code(end, key))
    return end if is_ours else NoAnchor.DAMAGED


def count_in_anchor(folder: Path) -> int:
    """Return how many records an anchor tells of, whosoever wrote it; 0 without one."""
    try:
        said = _parsed(read_ordinary_file(folder / ANCHOR))
    except FileNotFoundError:
        return 0
    return 0 if said is None else said[1].count


def write_anchor(folder: Path, key: str, end: ChainEnd) -> None:
    """Put down that the log went as far as this end; the disk has it when this returns.

    Raises:
        OSError: it could not be written; the anchor of before still holds.
    """
    content = {
        "form": _FORM,
        "log": log_name(key),
        "count": end.count,
        "sequence": end.sequence,
        "link": end.code,
        "code": _code(end, key),
    }
    text = json.dumps(content, indent=1) + "\n"
    write_atomically(folder / ANCHOR, text.encode("ascii"), mode=PRIVATE_MODE)


def move_anchor_on(folder: Path, key: str, end: ChainEnd) -> None:
    """Put an end down, if it can be, unless another process has put down a later one.

    The rows are safe already. An anchor that lags behind them tells no less than the truth, and the
    next row or the next start moves it on.
    """
    with contextlib.suppress(OSError):
        found = read_anchor(folder, key)
        if end != BEGINNING and not (isinstance(found, ChainEnd) and found.count >= end.count):
            write_anchor(folder, key, end)


def _parsed(content: bytes) -> tuple[str, ChainEnd, str] | None:
    """Return the log's name, the end and the code over them; None for what is no anchor."""
    try:
        said = json.loads(content)
        end = ChainEnd(int(said["count"]), int(said["sequence"]), str(said["link"]))
        name, code = str(said["log"]), str(said["code"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    is_whole = _CODE.fullmatch(end.code) is not None and code.isascii() and end.count >= 0
    return (name, end, code) if is_whole else None


def _code(end: ChainEnd, key: str) -> str:
    said = f"{_FORM} {end.count} {end.sequence} {end.code}".encode("ascii")
    return hmac.digest(derived_key(key, "anchor"), said, "sha256").hex()
