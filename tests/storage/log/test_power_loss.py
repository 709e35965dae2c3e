"""The settings of the log's connections outlive a power cut, and weaker ones are seen not to."""

import random
from itertools import count

import pytest

from fhc_desktop.storage.log.chain import code_of
from fhc_desktop.storage.log.encrypted_database import SETTINGS
from fhc_desktop.storage.log.entry_rows import row_of
from fhc_desktop.storage.log.migrations import MIGRATIONS
from tests.storage.log_examples import an_entry

apsw = pytest.importorskip("apsw", reason="needs apsw (the extra dev)")
KEY = bytes(32)
NUMBERS = count()


def recorded(folder, commits, *more_settings):
    """Append so many rows; return the file before, and what was done to the disk meanwhile."""
    from tests.storage.power_loss import Recorder

    file = folder / "log.sqlite3"
    connection = apsw.Connection(str(file))
    for statement in (one for step in MIGRATIONS for one in step if isinstance(one, str)):
        connection.execute(statement)
    connection.close()
    before = {file.name: file.read_bytes()}
    recorder = Recorder(f"recorder{next(NUMBERS)}")
    connection = apsw.Connection(str(file), vfs=recorder.vfs_name)
    for setting in (*SETTINGS, *more_settings):
        connection.execute(f"PRAGMA {setting}")
    row, code = row_of(an_entry()), ""
    for number in range(1, commits + 1):
        connection.execute("BEGIN IMMEDIATE")
        code = append(connection, row | {"entry_id": f"e{number}", "sequence": number}, code)
        connection.execute("COMMIT")
        recorder.acknowledge(number)
    connection.close()
    return before, recorder.events


def append(connection, row, before):
    places = ", ".join(f":{name}" for name in row)
    connection.execute(f"INSERT INTO entry ({', '.join(row)}) VALUES ({places})", row)  # noqa: S608
    code = code_of(row, before, KEY)
    connection.execute("INSERT INTO link VALUES (?, ?)", (row["sequence"], code))
    return code


def losses(folder, commits, states, *more_settings):
    """Play so many power cuts; return how many lost an acknowledged row or broke the file."""
    from tests.storage.power_loss import crashes

    before, events = recorded(folder, commits, *more_settings)
    lost = 0
    for files, acknowledged in crashes(before, events, states, random.Random(5)):
        for name, content in files.items():
            (folder / name).write_bytes(content)
        lost += kept(folder / "log.sqlite3") < acknowledged
        for file in folder.iterdir():
            file.unlink()
    return lost


def kept(file):
    """Return how many rows there are after a restart; -1 where it is damaged."""
    connection = apsw.Connection(str(file))
    try:
        connection.execute("PRAGMA synchronous = OFF")
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            return -1
        names = [column[1] for column in connection.execute("PRAGMA table_info(entry)")]
        links = [code for (code,) in connection.execute("SELECT code FROM link ORDER BY sequence")]
        codes = [""]
        for cells in connection.execute("SELECT * FROM entry ORDER BY sequence"):
            codes.append(code_of(dict(zip(names, cells, strict=True)), codes[-1], KEY))
        return len(links) if links == codes[1:] else -1
    except apsw.Error:
        return -1
    finally:
        connection.close()


def test_that_a_thousand_power_cuts_lose_no_acknowledged_record(tmp_path):
    assert losses(tmp_path, commits=20, states=1000) == 0


def test_that_weaker_settings_are_seen_to_lose_records(tmp_path):
    assert losses(tmp_path, 20, 300, "synchronous = FULL") > 0


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_that_ten_thousand_power_cuts_lose_no_acknowledged_record(tmp_path):
    assert losses(tmp_path, commits=120, states=10_000) == 0
