"""The log is asked once for a patient, and again only when it may know more."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from fhc_desktop.domain.patient import Patient
from fhc_desktop.storage.log.measurement_log import LogEntry
from fhc_desktop.workflow.known_pregnancies import KnownPregnancies
from tests.storage.log_examples import EXAM, an_entry


@pytest.fixture
def known(log):
    log.append(an_entry())
    return KnownPregnancies(log)


def of(identifier):
    return replace(EXAM, patient=Patient(identifier, "Zoë Müller"))


def another_of(patient):
    exam = replace(EXAM, patient=patient)
    return LogEntry.of(exam, operator="Dr B", now=datetime(2026, 7, 1, tzinfo=UTC))


def test_that_a_patients_pregnancies_are_found_by_her_identifier(known):
    assert known.look_up(of("4711")) is None
    assert len(known.found) == 1

    known.look_up(of("4712"))
    assert known.found == ()
    known.look_up(of("4711"))
    assert len(known.found) == 1
    known.look_up(None)
    assert known.found == ()


def test_that_what_was_logged_meanwhile_is_found_after_forgetting_only(log, known):
    known.look_up(of("4712"))
    log.append(another_of(Patient("4712", "Zoë Müller")))

    known.look_up(of("4712"))
    assert known.found == ()
    known.forget()
    known.look_up(of("4712"))

    assert len(known.found) == 1


def test_that_a_log_that_cannot_be_read_is_told_once(log, known):
    (database,) = log.folder.rglob("*.sqlite3")
    database.rename(database.with_suffix(".away"))

    problem = known.look_up(of("4711"))
    again = known.look_up(of("4711"))

    assert "was renamed or moved while it was open" in problem.problem
    assert again is None
    assert known.found == ()


def test_that_without_a_log_nothing_is_known():
    known = KnownPregnancies(None)

    assert known.look_up(of("4711")) is None
    assert known.found == ()
