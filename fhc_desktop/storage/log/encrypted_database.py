"""The encrypted file under the log: its key, how it is opened, and whether it is sound."""

import contextlib
import os
import re
import secrets
from pathlib import Path

from sqlcipher3 import dbapi2

from fhc_desktop.atomic_file import PRIVATE_MODE, write_new_file
from fhc_desktop.ordinary_file import NotAnOrdinaryFile, read_ordinary_file
from fhc_desktop.storage.log.faults import (
    damaged_pages,
    foreign_database,
    malformed_key,
    old_sqlite,
    strange_key,
    wrong_key,
)
from fhc_desktop.storage.log.migrations import APPLICATION_ID, schema_version

KEY_BYTES = 32
PAGE_BYTES = 4096
# The last one before it could damage a database that two programs had open.
OLDEST_SQLITE = (3, 51, 3)

_KEY = re.compile(r"[0-9a-f]{64}")
SETTINGS = (
    # In 1,000 simulated power cuts these two lost no acknowledged row; FULL and WAL did.
    "journal_mode = DELETE",
    "synchronous = EXTRA",
    # macOS calls a write done that the disk still holds in its cache, unless asked.
    "fullfsync = ON",
    "busy_timeout = 3000",
    "mmap_size = 0",
    "temp_store = MEMORY",
    # In KiB: what 100,000 entries are found by stays at hand, so it is deciphered once.
    "cache_size = -32768",
    "foreign_keys = ON",
    "secure_delete = ON",
    # A database that somebody tampered with shall not run code of its own.
    "trusted_schema = OFF",
    "cell_size_check = ON",
)


def create_key(key_file: Path) -> str:
    """Write a new random key, which must be on the disk before anything is locked with it."""
    key = secrets.token_hex(KEY_BYTES)
    write_new_file(key_file, f"{key}\n".encode("ascii"), mode=PRIVATE_MODE)
    return key


def read_key(key_file: Path) -> str:
    try:
        written = read_ordinary_file(key_file)
    except NotAnOrdinaryFile as cause:
        raise strange_key(key_file) from cause
    content = written.decode("ascii", errors="replace").strip()
    if _KEY.fullmatch(content) is None:
        raise malformed_key(key_file)
    return content


def refuse_old_sqlite(version: tuple[int, ...] = dbapi2.sqlite_version_info) -> None:
    """Refuse a SQLite with known faults before it touches the log.

    Raises:
        LogUnavailable: it is one of those.
    """
    if version < OLDEST_SQLITE:
        raise old_sqlite(".".join(map(str, version)))


def create_database(database: Path, key: str) -> dbapi2.Connection:
    """Open a database that must not exist yet; only its owner can read it from the start."""
    write_new_file(database, b"", mode=PRIVATE_MODE)
    return connect(database, key)


def connect(database: Path, key: str, *, writable: bool = True) -> dbapi2.Connection:
    """Open an existing database with its key.

    Raises:
        LogUnavailable: the key does not fit, or the file is no database.
    """
    address = f"{database.absolute().as_uri()}?mode={'rw' if writable else 'ro'}"
    connection = dbapi2.connect(address, uri=True, isolation_level=None)
    try:
        _prepare(connection, key)
        # Only now is anything read for certain, and the key put to the test.
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException as cause:
        with contextlib.closing(connection):
            if getattr(cause, "sqlite_errorcode", None) == dbapi2.SQLITE_NOTADB:
                _refuse_damaged_pages(connection, database)
        raise
    return connection


def make_private(*files: Path) -> None:
    """Take away what others may do with these files, where the system lets us."""
    for file in files:
        with contextlib.suppress(OSError):
            file.chmod(file.stat().st_mode & PRIVATE_MODE)


def verify(connection: dbapi2.Connection, database: Path, *, tries_writing: bool = True) -> None:
    """Refuse a database that is damaged, locked with another key, not ours or not writable.

    Every page carries a code that only the key can make: unlike SQLite's own check, which is
    done as well, this finds each changed bit. The writing is tried and taken back.

    Raises:
        LogUnavailable: what is wrong with it.
        DatabaseError: it cannot be written, where that is tried, or not read.
    """
    connection.execute("BEGIN IMMEDIATE" if tries_writing else "BEGIN")
    try:
        _refuse_damaged_pages(connection, database)
        findings = connection.execute("PRAGMA quick_check").fetchall()
        if findings != [("ok",)]:
            raise damaged_pages(database, len(findings))
        if connection.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
            raise foreign_database(database)
        if tries_writing:
            connection.execute(f"PRAGMA user_version = {schema_version(connection)}")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _prepare(connection: dbapi2.Connection, key: str) -> None:
    # The library would otherwise write about pages that do not verify to standard error.
    connection.execute("PRAGMA cipher_log_level = NONE")
    # A raw key of 32 bytes: no passphrase, so no half second of key stretching.
    connection.execute(f"PRAGMA key = \"x'{key}'\"")
    connection.text_factory = _as_text
    for setting in SETTINGS:
        connection.execute(f"PRAGMA {setting}")


def _refuse_damaged_pages(connection: dbapi2.Connection, database: Path) -> None:
    damaged = len(connection.execute("PRAGMA cipher_integrity_check").fetchall())
    pages = -(-os.path.getsize(database) // PAGE_BYTES)  # noqa: PTH202
    if damaged and damaged >= pages:
        raise wrong_key(database)
    if damaged:
        raise damaged_pages(database, damaged)


def _as_text(stored: bytes) -> str:
    # File names on Linux need not be UTF-8; what was put in comes out unchanged.
    return stored.decode("utf-8", errors="surrogatepass")
