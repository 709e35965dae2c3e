"""Whether a database is a whole log, and this machine's: pages, rows, chain and anchor."""

from pathlib import Path

from sqlcipher3 import dbapi2

from fhc_desktop.storage.log.anchor import NoAnchor, count_in_anchor, read_anchor
from fhc_desktop.storage.log.chain import (
    BEGINNING,
    BrokenChain,
    ChainEnd,
    chain_end,
    passes_through,
)
from fhc_desktop.storage.log.encrypted_database import verify
from fhc_desktop.storage.log.faults import another_log, broken_record, older_copy, other_course


def checked_end(
    connection: dbapi2.Connection, database: Path, key: str, *, tries_writing: bool = True
) -> ChainEnd:
    """Return where the chain of a whole log ends.

    Raises:
        LogUnavailable: what is wrong with it, the first bad record among it.
        DatabaseError: it cannot be read, or not written where that is tried.
    """
    verify(connection, database, tries_writing=tries_writing)
    end = chain_end(connection, key)
    if isinstance(end, BrokenChain):
        raise broken_record(end.sequence)
    return end


def refuse_other_course(
    connection: dbapi2.Connection,
    folder: Path,
    key: str,
    end: ChainEnd,
    *,
    known: ChainEnd = BEGINNING,
) -> bool:
    """Refuse a whole log that does not go on from where it was last written.

    Return whether the anchor could tell. Where it cannot, ``known`` is how far the log went at
    least.

    Raises:
        LogUnavailable: it is an older copy, or another log.
    """
    anchor = read_anchor(folder, key)
    if anchor is NoAnchor.OF_ANOTHER_LOG:
        raise another_log(count_in_anchor(folder))
    said = anchor if isinstance(anchor, ChainEnd) else known
    if not passes_through(connection, key, said):
        if end.count < said.count:
            raise older_copy(end.sequence, said.count - end.count)
        raise other_course()
    return isinstance(anchor, ChainEnd) or end == BEGINNING
