"""The chain over the log's rows: each row's link is a code over the row and the link before it.

Whoever changes, adds, moves or takes away a row without the key leaves a link that does not fit.
Links lie in a table of their own, so that rows from before the chain stay as they were written.
"""

import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlcipher3 import dbapi2

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class ChainEnd:
    """How far a chain goes: how many rows, the last one's sequence number and its link's code.

    The code is 64 hexadecimal digits; empty where there is no row yet.
    """

    count: int = 0
    sequence: int = 0
    code: str = ""


@dataclass(frozen=True, slots=True)
class BrokenChain:
    """The sequence number of the first record that is not as it was written, or is missing."""

    sequence: int


BEGINNING = ChainEnd()


def derived_key(key: str, purpose: str) -> bytes:
    """Return a key of 32 bytes for one purpose: the database's own key signs nothing."""
    return hmac.digest(bytes.fromhex(key), f"fhc-desktop log {purpose}".encode(), "sha256")


def code_of(row: dict[str, Any], before: str, key: bytes) -> str:
    """Return the code of a row (sequence number and cells by their columns) behind another code.

    Empty cells are left out: a column that is added later changes no old row's code.
    """
    cells = {name: cell for name, cell in row.items() if cell is not None}
    return hmac.digest(key, (before + _ENCODER.encode(cells)).encode("ascii"), "sha256").hex()


def link_all(connection: dbapi2.Connection, key: str) -> None:
    """Give each row its link: in a database whose rows have none."""
    connection.executemany(
        "INSERT INTO link VALUES (?, ?)",
        [(end.sequence, end.code) for end in _computed(connection, key)],
    )


def link_newest(connection: dbapi2.Connection, key: str, end: ChainEnd) -> ChainEnd:
    """Give the one row behind a chain's end its link; return the new end.

    The code is over what the database has taken, not over what it was given.
    """
    ((row, _),) = _rows(connection, after=end.sequence)
    code = code_of(row, end.code, derived_key(key, "chain"))
    connection.execute("INSERT INTO link VALUES (?, ?)", (row["sequence"], code))
    return ChainEnd(end.count + 1, row["sequence"], code)


def chain_end(
    connection: dbapi2.Connection, key: str, known: ChainEnd = BEGINNING
) -> ChainEnd | BrokenChain:
    """Return where the chain ends, from an end that is known to hold on; or where it breaks.

    Every row behind the known end is read and its code made again. Rows from before the chain
    have nothing to compare; their end is the one that they get with their links. All of it is of
    one moment: what another process adds meanwhile is no break.
    """
    with _one_moment(connection):
        return _end_now(connection, key, known)


def _end_now(connection: dbapi2.Connection, key: str, known: ChainEnd) -> ChainEnd | BrokenChain:
    if not has_links(connection):
        return _last(_computed(connection, key))
    if known != BEGINNING and _code_at(connection, known.sequence) != known.code:
        return BrokenChain(known.sequence)
    chain_key, end = derived_key(key, "chain"), known
    for row, stored in _rows(connection, after=known.sequence):
        if stored != code_of(row, end.code, chain_key):
            # Behind a gap it is the row in the gap that is missing.
            return BrokenChain(end.sequence + 1)
        end = ChainEnd(end.count + 1, row["sequence"], stored)
    # Links of rows that have gone, behind the last one that is left.
    lonely = connection.execute(
        "SELECT min(sequence) FROM link WHERE sequence > ?", (end.sequence,)
    ).fetchone()[0]
    return end if lonely is None else BrokenChain(end.sequence + 1)


def passes_through(connection: dbapi2.Connection, key: str, end: ChainEnd) -> bool:
    """Return whether a whole chain was once as short as that end."""
    if end == BEGINNING:
        return True
    if has_links(connection):
        return _code_at(connection, end.sequence) == end.code
    return end in _computed(connection, key)


def has_links(connection: dbapi2.Connection) -> bool:
    """Return whether a database is of a version whose rows have links."""
    wanted = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'link'"
    return connection.execute(wanted).fetchone() is not None


@contextmanager
def _one_moment(connection: dbapi2.Connection) -> Iterator[None]:
    """Read the database as it is at the first look, within a transaction if there is one."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _computed(connection: dbapi2.Connection, key: str) -> Iterator[ChainEnd]:
    chain_key, end = derived_key(key, "chain"), BEGINNING
    for row, _ in _rows(connection, linked=False):
        code = code_of(row, end.code, chain_key)
        end = ChainEnd(end.count + 1, row["sequence"], code)
        yield end


def _last(ends: Iterator[ChainEnd]) -> ChainEnd:
    last = BEGINNING
    for last in ends:  # noqa: B007 - the last one is wanted
        pass
    return last


def _rows(
    connection: dbapi2.Connection, *, after: int | None = None, linked: bool = True
) -> Iterator[tuple[dict[str, Any], str | None]]:
    """Give rows by their sequence numbers, each with its link's code, if it has one."""
    columns = [column[1] for column in connection.execute("PRAGMA table_info(entry)")]
    code = "(SELECT code FROM link WHERE link.sequence = entry.sequence)" if linked else "NULL"
    # Rows before the first one, too: a sequence number may have been made negative.
    behind = f"WHERE sequence > {after:d}" if after else ""
    found = connection.execute(
        f"SELECT {code}, {', '.join(columns)} FROM entry {behind} ORDER BY sequence"  # noqa: S608 - the database's own names
    )
    for stored, *cells in found:
        yield dict(zip(columns, cells, strict=True)), stored


def _code_at(connection: dbapi2.Connection, sequence: int) -> str | None:
    found = connection.execute("SELECT code FROM link WHERE sequence = ?", (sequence,)).fetchone()
    return None if found is None else str(found[0])
