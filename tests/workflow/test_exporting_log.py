"""An export reads the log between the questions of others; one that is cancelled leaves nothing."""

import csv
import threading

import pytest

from fhc_desktop.domain.patient import Patient
from fhc_desktop.storage.log.faults import LogUnavailable
from fhc_desktop.storage.log.log_query import LogQuery
from fhc_desktop.storage.log.measurement_log import MeasurementLog
from fhc_desktop.workflow.exporting_log import ExportCancelled, export_log
from fhc_desktop.workflow.log_desk import LogDesk
from tests.storage.log_examples import an_entry

ENTRIES = 300  # more than are read at once


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A data folder whose log has entries of as many patients."""
    made = tmp_path_factory.mktemp("data")
    log = MeasurementLog.open(made)
    for at in range(ENTRIES):
        log.append(an_entry(patient=Patient(f"P{at}")))
    log.close()
    return made


@pytest.fixture
def desk(folder):
    made = LogDesk(lambda: MeasurementLog.open(folder))
    yield made
    assert made.close(10)


def never():
    return False


def test_that_all_that_is_wanted_is_written_and_told(desk, tmp_path):
    told = []

    count = export_log(
        desk,
        LogQuery(descending=False),
        tmp_path / "log.csv",
        told=lambda read, total: told.append((read, total)),
        is_cancelled=never,
    )

    with (tmp_path / "log.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row["patient_id"] for row in csv.DictReader(file)]
    assert rows == [f"P{at}" for at in range(ENTRIES)]
    assert count == ENTRIES
    assert told[0][0] < ENTRIES
    assert told[-1] == (ENTRIES, ENTRIES)


def test_that_others_are_answered_in_between(desk, tmp_path):
    answered = []

    def ask_something(read, total):
        answered.append(desk.ask(lambda log: log.count()).result(10))

    export_log(desk, LogQuery(), tmp_path / "log.xlsx", told=ask_something, is_cancelled=never)

    assert answered == [ENTRIES, ENTRIES]


def test_that_one_that_is_cancelled_on_its_way_leaves_nothing(desk, tmp_path):
    is_cancelled = threading.Event()

    with pytest.raises(ExportCancelled):
        export_log(
            desk,
            LogQuery(),
            tmp_path / "log.csv",
            told=lambda *_: is_cancelled.set(),
            is_cancelled=is_cancelled.is_set,
        )

    assert list(tmp_path.iterdir()) == []


def test_that_one_that_is_cancelled_while_the_log_does_not_answer_ends_too(desk, tmp_path):
    held, is_cancelled = threading.Event(), threading.Event()
    desk.ask(lambda _: held.wait(10))
    threading.Timer(0.05, is_cancelled.set).start()

    with pytest.raises(ExportCancelled):
        export_log(
            desk,
            LogQuery(),
            tmp_path / "log.csv",
            told=lambda *_: None,
            is_cancelled=is_cancelled.is_set,
        )

    held.set()


def test_that_a_log_that_is_not_there_is_told(tmp_path):
    def refuse():
        raise LogUnavailable("The log is damaged.", "Restore it.")

    desk = LogDesk(refuse)
    with pytest.raises(LogUnavailable, match="damaged"):
        export_log(desk, LogQuery(), tmp_path / "a.csv", told=lambda *_: None, is_cancelled=never)
    assert desk.close(10)
    assert list(tmp_path.iterdir()) == []
