"""What the log answered of patient and picture counts for these, until it is asked again."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from fhc_desktop.domain.image.ultrasound_image import UltrasoundImage
from fhc_desktop.domain.patient import Patient
from fhc_desktop.storage.log.measurement_log import LogEntry
from fhc_desktop.workflow.known_pregnancies import KnownPregnancies, rows_found
from fhc_desktop.workflow.records import Records
from tests.storage.log_examples import EXAM, an_entry


@pytest.fixture
def known(log):
    """What a window knows whose log has an entry of the patient 4711."""
    log.append(an_entry())
    return KnownPregnancies()


def of(identifier):
    return replace(EXAM, patient=Patient(identifier, "Zoë Müller"))


def another_of(patient):
    exam = replace(EXAM, patient=patient)
    return LogEntry.of(exam, operator="Dr B", now=datetime(2026, 7, 1, tzinfo=UTC))


def ask(known, log, exam):
    """Ask the log as the window does; return whether there was anything to ask."""
    is_asked = known.seeks(exam)
    if is_asked:
        known.take(rows_found(exam, Records(log)))
    known.look_up(exam)
    return is_asked


def test_that_a_patients_pregnancies_are_found_by_her_identifier(log, known):
    ask(known, log, of("4711"))
    assert len(known.found) == 1

    ask(known, log, of("4712"))
    assert known.found == ()
    ask(known, log, of("4711"))
    assert len(known.found) == 1
    known.look_up(None)
    assert known.found == ()


def test_that_until_the_log_answers_nothing_of_another_patient_is_known(log, known):
    ask(known, log, of("4711"))

    known.look_up(of("4712"))

    assert known.found == ()


def test_that_the_log_is_asked_once_and_again_only_for_another_or_when_it_may_know_more(log, known):
    ask(known, log, of("4712"))
    log.append(another_of(Patient("4712", "Zoë Müller")))

    assert not ask(known, log, of("4712"))
    assert known.found == ()
    known.forget()
    assert ask(known, log, of("4712"))

    assert len(known.found) == 1


def test_that_while_it_is_asked_again_what_was_found_stays_known(log, known):
    ask(known, log, of("4711"))
    known.forget()

    known.look_up(of("4711"))

    assert len(known.found) == 1


def test_that_the_rows_of_a_picture_are_not_those_of_another(log, known):
    ask(known, log, EXAM)
    pixels = EXAM.image.gray.copy()
    other = replace(EXAM, image=UltrasoundImage(pixels, EXAM.image.source))

    assert len(known.readings(EXAM)) == 1
    assert known.readings(other) == ()


def test_that_a_log_that_cannot_be_read_says_so_and_what_waits_is_known_all_the_same(log):
    (database,) = log.folder.rglob("*.sqlite3")
    database.rename(database.with_suffix(".away"))
    waiting = an_entry()

    found = rows_found(EXAM, Records(log, (waiting,)))

    assert "was renamed or moved while it was open" in found.problem.problem
    assert [row.entry_id for row in found.rows] == [waiting.entry_id]
