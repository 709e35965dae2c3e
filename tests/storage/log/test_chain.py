"""Whatever is done to a row behind the log's back, the chain names the first record it met."""

import contextlib
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from fhc_desktop.storage.log.chain import (
    BEGINNING,
    BrokenChain,
    ChainEnd,
    chain_end,
    code_of,
    derived_key,
    link_all,
    passes_through,
)
from fhc_desktop.storage.log.encrypted_database import read_key
from fhc_desktop.storage.log.entry_rows import row_of
from fhc_desktop.storage.log.measurement_log import MeasurementLog
from tests.storage.log_examples import an_entry, insert, raw_connection

CELLS = st.dictionaries(
    st.text(max_size=8),
    st.none() | st.text(st.characters(codec=None), max_size=8) | st.integers() | st.floats(),
    max_size=4,
)
GUARDS = ("entry_is_never_changed", "entry_is_never_deleted", "entry_comes_last")
LINK_GUARDS = ("link_is_never_changed", "link_is_never_deleted", "link_comes_last")


def chained(folder, count):
    """A connection to a log with that many chained rows, and its key."""
    MeasurementLog.open(folder).close()
    key = read_key(folder / "log" / "measurements.key")
    connection = raw_connection(folder)
    row = row_of(an_entry())
    connection.execute("BEGIN")
    for number in range(count):
        insert(connection, row | {"entry_id": f"e{number}", "operator": f"Sø {number}"})
    link_all(connection, key)
    connection.execute("COMMIT")
    return connection, key


@pytest.fixture
def log_of_50(tmp_path):
    connection, key = chained(tmp_path, 50)
    with contextlib.closing(connection):
        yield connection, key


@given(CELLS, CELLS)
def test_that_rows_that_differ_have_codes_that_differ(row, other):
    key = bytes(32)
    told = [{name: cell for name, cell in one.items() if cell is not None} for one in (row, other)]

    assert (code_of(row, "", key) == code_of(other, "", key)) == (
        repr_of(told[0]) == repr_of(told[1])
    )


def repr_of(cells):
    return sorted((name, repr(cell)) for name, cell in cells.items())


@given(CELLS)
def test_that_a_column_that_comes_later_changes_no_code(row):
    later = row | {"a column that no old row has": None}

    assert code_of(later, "ab", bytes(32)) == code_of(row, "ab", bytes(32))


def test_that_a_code_is_over_the_one_before_and_the_key_too():
    codes = {code_of({}, before, key) for before in ("", "ab") for key in (bytes(32), b"1" * 32)}

    assert len(codes) == 4


def test_that_no_two_purposes_share_a_key():
    key = "ab" * 32

    assert len({derived_key(key, "chain"), derived_key(key, "anchor"), bytes.fromhex(key)}) == 3


def test_that_an_empty_chain_ends_at_its_beginning(tmp_path):
    connection, key = chained(tmp_path, 0)

    assert chain_end(connection, key) == BEGINNING
    connection.close()


def test_that_a_chain_may_be_followed_from_any_of_its_ends(log_of_50):
    connection, key = log_of_50
    end = chain_end(connection, key)
    codes = dict(connection.execute("SELECT sequence, code FROM link"))

    assert (end.count, end.sequence) == (50, 50)
    for count, code in codes.items():
        known = ChainEnd(count, count, code)
        assert passes_through(connection, key, known)
        assert chain_end(connection, key, known) == end
        assert chain_end(connection, key, replace(known, code="0" * 64)) == BrokenChain(count)


def test_that_another_key_fits_no_row(log_of_50):
    assert chain_end(log_of_50[0], "0" * 64) == BrokenChain(1)


def edited(connection, rng, count):
    sequence = rng.randint(1, count)
    names = [column[1] for column in connection.execute("PRAGMA table_info(entry)")]
    told = set(row_of(an_entry()))
    name = rng.choice([name for name in names if name in told - {"entry_id", "supersedes"}])
    wanted = f"SELECT {name} FROM entry WHERE sequence = ?"  # noqa: S608
    (cell,) = connection.execute(wanted, (sequence,)).fetchone()
    connection.execute("PRAGMA ignore_check_constraints = ON")
    changed = None if cell is not None and rng.random() < 0.2 else other_than(cell, name)
    change = f"UPDATE entry SET {name} = ? WHERE sequence = ?"  # noqa: S608
    with contextlib.suppress(dbapi2.IntegrityError):  # a cell that cannot be empty or a text
        connection.execute(change, (changed, sequence))
        if changed != cell and connection.execute("SELECT changes()").fetchone() == (1,):
            return sequence
    connection.execute(
        "UPDATE entry SET operator = 'somebody else' WHERE sequence = ?", (sequence,)
    )
    return sequence


def other_than(cell, name):
    if isinstance(cell, int | float):
        return cell + 1
    if cell is None:
        return 1 if name.endswith(("hidden", "seconds", "accept", "mm", "days", "heads")) else "x"
    return f"{cell}x"


def deleted(connection, rng, count):
    sequence = rng.randint(1, count)
    for table in rng.choice((("link", "entry"), ("entry",), ("link",))):
        connection.execute(f"DELETE FROM {table} WHERE sequence = ?", (sequence,))  # noqa: S608
    return sequence


def inserted(connection, rng, count):
    """A row that somebody made up, those behind it moved on by one; its link is made up too."""
    sequence = rng.randint(1, count + 1)
    for table in ("entry", "link"):
        for behind in (f"SET sequence = -sequence - 1 WHERE sequence >= {sequence}",
                       "SET sequence = -sequence WHERE sequence < 0"):  # fmt: skip
            connection.execute(f"UPDATE {table} {behind}")
    insert(connection, row_of(an_entry()) | {"sequence": sequence})
    if rng.random() < 0.5:
        connection.execute("INSERT INTO link VALUES (?, ?)", (sequence, f"{rng.random()}"))
    return sequence


def reordered(connection, rng, count):
    """Two rows that change places, with their links or without."""
    first, second = sorted(rng.sample(range(1, count + 1), 2))
    for table in rng.choice((("entry", "link"), ("entry",), ("link",))):
        move = f"UPDATE {table} SET sequence = ? WHERE sequence = ?"  # noqa: S608
        for before, after in ((first, -1), (second, first), (-1, second)):
            connection.execute(move, (after, before))
    return first


def cut(connection, rng, count):
    """The last rows gone, with their links or without."""
    first = rng.randint(1, count)
    for table in rng.choice((("link", "entry"), ("entry",), ("link",))):
        connection.execute(f"DELETE FROM {table} WHERE sequence >= ?", (first,))  # noqa: S608
    return first


WAYS = (edited, deleted, inserted, reordered, cut)


def tamper(folder, count, times):
    """Do harm of every kind, and undo it; return each with what was and was not named."""
    connection, key = chained(folder, count)
    rng, unnamed = random.Random(11), []
    anchor = chain_end(connection, key)
    connection.execute("PRAGMA foreign_keys = OFF")
    for number in range(times):
        way = WAYS[number % len(WAYS)]
        connection.execute("BEGIN")
        for guard in (*GUARDS, *LINK_GUARDS):
            connection.execute(f"DROP TRIGGER {guard}")
        harmed = way(connection, rng, count)
        named = first_bad(connection, key, anchor)
        if named != harmed:
            unnamed.append((way.__name__, harmed, named))
        connection.execute("ROLLBACK")
    assert chain_end(connection, key) == anchor
    connection.close()
    return unnamed


def first_bad(connection, key, anchor):
    end = chain_end(connection, key)
    if isinstance(end, BrokenChain):
        return end.sequence
    return None if passes_through(connection, key, anchor) else end.sequence + 1


def test_that_every_harm_done_to_a_row_is_named_by_its_number(tmp_path):
    assert tamper(tmp_path, count=120, times=100) == []


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_that_a_thousand_harms_done_to_five_thousand_rows_are_named(tmp_path):
    assert tamper(tmp_path, count=5000, times=1000) == []
