"""Whether a database is a whole log: every page, every row, and the chain over them."""

from pathlib import Path

from sqlcipher3 import dbapi2

from fhc_desktop.storage.log.chain import BrokenChain, ChainEnd, chain_end
from fhc_desktop.storage.log.encrypted_database import verify
from fhc_desktop.storage.log.faults import broken_record


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
