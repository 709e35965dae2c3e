"""The file under the log is readable to its owner alone, and only with its key."""

import contextlib
import stat

import pytest

from fhc_desktop.domain.patient import Patient
from fhc_desktop.storage.log.encrypted_database import refuse_old_sqlite
from fhc_desktop.storage.log.faults import LogUnavailable
from fhc_desktop.storage.log.measurement_log import MeasurementLog
from fhc_desktop.storage.log.migrations import MIGRATIONS
from tests.storage.log_examples import an_entry, raw_connection


@pytest.fixture
def log(tmp_path):
    log = MeasurementLog.open(tmp_path)
    yield log
    log.close()


def test_that_the_file_tells_a_reader_without_the_key_nothing(log, tmp_path):
    log.append(an_entry(patient=Patient("", "Findable Name")))

    for file in (tmp_path / "log").iterdir():
        content = file.read_bytes()
        assert b"Findable" not in content
        assert b"SQLite format" not in content


def test_that_only_the_owner_may_read_the_log(tmp_path):
    folder = tmp_path / "new" / "data"
    log = MeasurementLog.open(folder)
    log.append(an_entry())
    place = folder / "log"

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in place.iterdir()} == {0o600}
    log.close()


def test_that_opening_takes_back_what_others_may_do(log, tmp_path):
    key_file = tmp_path / "log" / "measurements.key"
    key_file.chmod(0o644)

    MeasurementLog.open(tmp_path).close()

    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 51, 2)])
def test_that_a_sqlite_with_known_faults_is_refused(version):
    with pytest.raises(LogUnavailable, match=r"has SQLite 3\.\d+\.\d, which may damage"):
        refuse_old_sqlite(version)


def test_that_the_sqlite_of_this_installation_has_none_of_them():
    refuse_old_sqlite()
    refuse_old_sqlite((3, 51, 3))


def test_that_the_connection_is_as_safe_as_it_can_be(log, tmp_path):
    expected = {
        "journal_mode": "delete",
        "synchronous": 3,
        "mmap_size": 0,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "secure_delete": 1,
        "busy_timeout": 3000,
        "application_id": 0x4648434C,
        "user_version": len(MIGRATIONS),
    }
    with contextlib.closing(raw_connection(tmp_path)) as connection:
        found = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in expected}

    assert found == expected
