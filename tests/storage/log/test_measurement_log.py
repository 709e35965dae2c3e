import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from sqlcipher3 import dbapi2

from fhc_desktop.domain.patient import Patient
from fhc_desktop.domain.pregnancy.recorded import SaidThen
from fhc_desktop.storage.log.entry_rows import LATEST, entry_of, row_of
from fhc_desktop.storage.log.measurement_log import (
    EntryRefused,
    LogEntry,
    LogNotExported,
    MeasurementLog,
)
from tests.storage.log_examples import (
    EXAM,
    NOW,
    REASONS,
    an_entry,
    as_read,
    entries,
    graded,
    raw_connection,
)


@pytest.fixture(scope="module")
def lasting_log(tmp_path_factory):
    log = MeasurementLog.open(tmp_path_factory.mktemp("lasting"))
    yield log
    log.close()


@pytest.fixture
def log(tmp_path):
    log = MeasurementLog.open(tmp_path)
    yield log
    log.close()


def append_all(log, *added):
    for entry in added:
        log.append(entry)


def test_that_an_entry_outlives_the_program(tmp_path):
    entry = an_entry()
    log = MeasurementLog.open(tmp_path)
    log.append(entry)
    log.close()

    reopened = MeasurementLog.open(tmp_path)

    assert reopened.entries() == [entry]
    assert reopened.folder == tmp_path
    reopened.close()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(entries())
def test_that_any_entry_comes_back_unchanged(lasting_log, entry):
    lasting_log.append(entry)

    newest, *_ = lasting_log.entries()
    assert newest == entry


def test_that_the_table_has_a_column_for_each_cell_of_an_entry_and_no_other(log, tmp_path):
    log.append(an_entry())
    log.export(tmp_path / "log.csv")
    with (tmp_path / "log.csv").open(encoding="utf-8-sig", newline="") as file:
        columns = next(csv.reader(file))

    assert sorted(columns) == sorted([*row_of(an_entry()), "sequence", "superseded_by"])


def test_that_stored_rows_are_exported_as_they_always_were(log, tmp_path):
    here = Path(__file__).parent
    for row in json.loads((here / "stored_rows.json").read_text(encoding="utf-8")):
        log.append(entry_of(as_read(row)))

    log.export(tmp_path / "log.csv")

    exported, stored = table_in(tmp_path / "log.csv"), table_in(here / "stored_rows.csv")
    width = len(stored[0])
    assert [row[:width] for row in exported] == stored
    assert [row[width:] for row in exported] == [list(LATEST), *[[""] * len(LATEST)] * 5]


def table_in(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_that_the_newest_entry_comes_first_even_when_the_clock_went_back(log):
    later = an_entry()
    earlier = an_entry(created_at=later.created_at.replace(year=2016))

    append_all(log, later, earlier)

    assert log.entries() == [earlier, later]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("", ["Jörg STRASSE", "O'Brien 100%", "under_score", "Ελένη"]),
        ("jÖRG", ["Jörg STRASSE"]),
        ("jo\u0308rg", ["Jörg STRASSE"]),
        ("straße", ["Jörg STRASSE"]),
        ("ΕΛΈΝΗ", ["Ελένη"]),
        ("%", ["O'Brien 100%"]),
        ("_", ["under_score"]),
        ("'", ["O'Brien 100%"]),
        ("id-o", ["O'Brien 100%"]),
        ("' OR 1=1 --", []),
    ],
)
def test_that_a_search_finds_patients_whatever_the_case_and_alphabet(log, search, found):
    for name in ("Jörg STRASSE", "O'Brien 100%", "under_score", "Ελένη"):
        log.append(an_entry(patient=Patient(f"ID-{name[:1]}", name)))

    assert sorted(entry.facts.patient.name for entry in log.entries(search)) == sorted(found)


def test_that_a_correction_is_a_new_entry_beside_the_old_one(log):
    first = an_entry()
    second = an_entry(supersedes=first.entry_id)

    append_all(log, first, second)

    assert log.entries() == [second, replace(first, superseded_by=second.entry_id)]


def test_that_only_a_recorded_entry_can_be_corrected(log):
    with pytest.raises(EntryRefused, match="not in the log"):
        log.append(an_entry(supersedes="nobody"))
    assert log.entries() == []


def test_that_an_entry_is_corrected_once_only(log):
    first = an_entry()
    second = an_entry(supersedes=first.entry_id)
    append_all(log, first, second)

    with pytest.raises(EntryRefused, match="corrected already"):
        log.append(an_entry(supersedes=first.entry_id))

    third = an_entry(supersedes=second.entry_id)
    log.append(third)
    assert [entry.entry_id for entry in log.entries()] == [
        third.entry_id,
        second.entry_id,
        first.entry_id,
    ]


def test_that_two_windows_share_one_log(log, tmp_path):
    other = MeasurementLog.open(tmp_path)
    mine, theirs = an_entry(), an_entry()

    log.append(mine)
    other.append(theirs)

    assert log.entries() == other.entries() == [theirs, mine]
    other.close()


@pytest.mark.parametrize(
    "script",
    [
        "UPDATE entry SET hc_mm = 1",
        "UPDATE OR REPLACE entry SET entry_id = 'x'",
        "DELETE FROM entry",
        "DELETE FROM entry WHERE sequence = 1",
        "INSERT OR REPLACE INTO entry SELECT * FROM entry",
        "INSERT INTO entry SELECT * FROM entry WHERE 1 ON CONFLICT DO UPDATE SET hc_mm = 1",
        "UPDATE copy SET sequence = -5, entry_id = 'e'; INSERT INTO entry SELECT * FROM copy",
        (
            "UPDATE copy SET sequence = NULL, entry_id = 'e', supersedes = 'e';"
            "INSERT INTO entry SELECT * FROM copy"
        ),
    ],
)
@pytest.mark.parametrize("foreign_keys", ["ON", "OFF"])
def test_that_the_database_refuses_to_forget(log, tmp_path, script, foreign_keys):
    entry = an_entry()
    log.append(entry)
    connection = raw_connection(tmp_path)
    connection.execute(f"PRAGMA foreign_keys = {foreign_keys}")
    connection.execute("CREATE TEMP TABLE copy AS SELECT * FROM entry")

    with pytest.raises(dbapi2.IntegrityError, match=r"append-only|supersedes an earlier one"):
        connection.executescript(script)

    connection.close()
    assert log.entries() == [entry]


def read_table(target):
    with target.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_that_the_exported_table_is_oldest_first_with_every_digit(log, tmp_path):
    first = an_entry(
        facts=replace(EXAM.facts, calibration=None), said=SaidThen(1.0, None, -1.25, 10.6)
    )
    second = an_entry(patient=Patient("1", 'Ælf, "Ed"\nJr'), supersedes=first.entry_id)
    append_all(log, first, second)
    target = tmp_path / "log.csv"

    log.export(target)

    rows = read_table(target)
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    assert [row["sequence"] for row in rows] == ["1", "2"]
    assert [row["entry_id"] for row in rows] == [first.entry_id, second.entry_id]
    assert rows[0]["superseded_by"] == second.entry_id
    assert rows[0]["z"] == "-1.25"
    assert rows[0]["hc_mm"] == ""
    assert float(rows[1]["hc_mm"]) == second.said.hc_mm
    assert rows[1]["patient_name"] == 'Ælf, "Ed"\nJr'
    assert rows[1]["created_at"] == "2026-03-04T05:06:07.890123+00:00"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "\xa0=", "＝"])
def test_that_no_text_runs_as_a_formula(log, tmp_path, start):
    log.append(an_entry(patient=Patient("1", f"{start}HYPERLINK(1)"), operator="a=b"))

    log.export(tmp_path / "log.csv")

    (row,) = read_table(tmp_path / "log.csv")
    assert row["patient_name"] == f"'{start}HYPERLINK(1)"
    assert row["operator"] == "a=b"


def test_that_an_export_replaces_the_old_table_and_leaves_nothing_else(log, tmp_path):
    target = tmp_path / "exports" / "log.csv"
    target.parent.mkdir()
    target.write_text("old")

    log.export(target)

    assert read_table(target) == []
    assert list(target.parent.iterdir()) == [target]


def test_that_an_export_into_nowhere_says_so(log, tmp_path):
    with pytest.raises(LogNotExported, match=r"could not be written to .*Choose another folder"):
        log.export(tmp_path / "missing" / "log.csv")


def test_that_the_exported_table_has_what_the_model_said_of_its_proposal(log, tmp_path):
    entry = LogEntry.of(graded(), operator="", now=NOW)
    append_all(log, entry, an_entry())

    log.export(tmp_path / "log.csv")

    said, silent = read_table(tmp_path / "log.csv")
    assert said["proposal_grade"] == "look again"
    assert json.loads(said["proposal_reasons"]) == list(REASONS)
    assert float(said["proposal_interval_low_mm"]) == entry.proposal.interval_mm.low
    assert float(said["proposal_interval_high_mm"]) == entry.proposal.interval_mm.high
    assert [said["proposal_interval_coverage"], said["proposal_interval_heads"]] == ["0.9", "161"]
    assert [text for name, text in silent.items() if name.startswith("proposal_g")] == [""]
    assert silent["proposal_interval_low_mm"] == silent["proposal_reasons"] == ""


def test_that_a_patients_entries_are_those_of_exactly_her_identifier(log):
    first, second = an_entry(patient=Patient("47")), an_entry(patient=Patient("47"))
    for entry in (first, an_entry(patient=Patient("471")), an_entry(patient=Patient()), second):
        log.append(entry)

    assert [entry.entry_id for entry in log.entries_of("47")] == [first.entry_id, second.entry_id]
    assert log.entries_of("4") == []
    assert log.entries_of("") == []


def test_that_the_entries_in_force_of_a_picture_are_found_in_whatever_file_it_lies(log):
    first = an_entry()
    corrected = an_entry(supersedes=first.entry_id)
    copied = an_entry(image=replace(first.image, path=Path("/copy.png"), sha256="copy"))
    other = an_entry(image=replace(first.image, sha256="other", pixels_sha256="other"))
    next_frame = an_entry(image=replace(first.image, frame=4))
    for entry in (first, corrected, copied, other, next_frame):
        log.append(entry)

    assert log.entries_of_picture(first.image) == [corrected, copied]
    assert log.entries_of_picture(other.image) == [other]
