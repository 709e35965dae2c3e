import argparse
import csv
import io
import shutil
from datetime import UTC, datetime

import pytest

from fhc_desktop.commands import log as log_command
from fhc_desktop.storage.log.backups import back_up, backups_of
from tests.storage.log_folders import contents, count_of, database_of, filled_log

NOW = datetime(2026, 5, 1, 8, 30, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path):
    """A log of four records with a backup of three."""
    folder = filled_log(tmp_path / "data", 3)
    back_up(folder, NOW)
    return filled_log(folder, 1)


def damage(file):
    harmed = bytearray(file.read_bytes())
    harmed[5000] ^= 1
    file.write_bytes(harmed)


def run(folder, verb, *more):
    parser = argparse.ArgumentParser(prog="fhc-desktop log")
    log_command.add_arguments(parser)
    return log_command.run(parser.parse_args([verb, "--data-dir", str(folder), *map(str, more)]))


def test_that_a_whole_log_is_verified_with_status_0(folder, capsys):
    assert run(folder, "verify") == 0
    assert capsys.readouterr().out == ("4 measurements, each as it was written; none is missing.\n")


def test_that_verifying_changes_nothing(folder):
    before = contents(folder)
    run(folder, "verify")

    assert contents(folder) == before


def test_that_the_first_bad_record_is_named_with_status_1(folder, capsys):
    shutil.copy(database_of(folder), folder / "copy")
    filled_log(folder, 1)
    (folder / "copy").replace(database_of(folder))

    assert run(folder, "verify") == 1
    assert "ends with record 4 and lacks 1 measurement of this machine" in capsys.readouterr().err


def test_that_there_is_nothing_to_verify_before_there_is_a_log(tmp_path, capsys):
    assert run(tmp_path, "verify") == 1
    assert "There is no measurement log yet." in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_that_backups_are_listed_with_whether_they_are_sound(folder, capsys):
    back_up(folder, NOW.replace(day=2))
    damage(backups_of(folder)[0].path)

    assert run(folder, "backups") == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("DAMAGED  2026-05-02 08:30 UTC  4 measurements  2026")
    assert second.startswith("sound    2026-05-01 08:30 UTC  3 measurements  2026")


def test_that_no_backup_is_told(tmp_path, capsys):
    assert run(tmp_path, "backups") == 0
    assert capsys.readouterr().out == "There is no backup of the measurement log.\n"


def test_that_a_damaged_log_is_restored_with_what_it_lacks_told(folder, capsys):
    damage(database_of(folder))

    assert run(folder, "restore", "--yes") == 0

    told = capsys.readouterr().out
    assert "damaged in 1 place" in told
    assert (
        "The backup of 2026-05-01 08:30 UTC is whole, has 3 measurements and lacks 1 measurement "
        "of this machine." in told
    )
    assert "Nothing was deleted. What lay in its place is kept as" in told
    assert count_of(folder) == 3


@pytest.mark.parametrize(
    ("answer", "status", "count"), [("y", 0, 3), ("", 1, None), ("n", 1, None)]
)
def test_that_nothing_is_restored_without_a_yes(folder, monkeypatch, answer, status, count):
    damage(database_of(folder))
    before = contents(folder)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{answer}\n"))

    assert run(folder, "restore") == status
    if count is None:
        assert contents(folder) == before
    else:
        assert count_of(folder) == count


def test_that_a_whole_log_is_replaced_by_a_named_backup_only(folder, capsys):
    assert run(folder, "restore", "--yes") == 2
    assert "the log is whole" in capsys.readouterr().err

    assert run(folder, "restore", backups_of(folder)[0].path.name, "--yes") == 0
    assert count_of(folder) == 3


def test_that_a_log_without_a_sound_copy_says_so(tmp_path, capsys):
    filled_log(tmp_path, 1)
    damage(database_of(tmp_path))

    assert run(tmp_path, "restore", "--yes") == 1
    assert "there is no sound copy" in capsys.readouterr().err


def test_that_the_log_is_exported_as_a_table(folder, tmp_path):
    assert run(folder, "export", "--out", tmp_path / "log.csv") == 0

    with (tmp_path / "log.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["sequence"] for row in csv.DictReader(file)] == ["1", "2", "3", "4"]


def test_that_an_empty_log_is_begun_after_a_yes(folder, capsys):
    assert run(folder, "begin", "--yes") == 0
    assert "An empty log was begun." in capsys.readouterr().out
    assert count_of(folder) == 0
