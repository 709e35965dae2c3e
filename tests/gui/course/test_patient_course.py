"""What the log has of a patient is joined by her identifier alone; otherwise a note says why."""

from dataclasses import replace

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.patient import Patient
from fhc_desktop.gui.course.patient_course import (
    NO_IDENTIFIER,
    NOTHING_LOGGED,
    TRY_AGAIN,
    read_patient_course,
)
from tests.gui.course_examples import FIVE, LMP, PATIENT, fill, seen


def read(log, identifier=PATIENT.identifier):
    return read_patient_course(log, identifier)


def test_that_all_of_an_identifier_is_found_and_nothing_of_anybody_else(log):
    hers = fill(log, FIVE)
    fill(log, [seen(150, patient=Patient("4712", PATIENT.name))])

    found = read(log)

    assert found.entries == {entry.entry_id: entry for entry in hers}


def test_that_the_newest_pregnancy_stands_first(log):
    next_lmp = LMP.replace(year=LMP.year + 2)
    later = replace(seen(140, lmp=next_lmp), patient=PATIENT)
    fill(log, [seen(140), later])

    first, second = read(log).pregnancies

    assert first.record.in_force.edd > second.record.in_force.edd


def test_that_she_is_called_as_the_newest_entry_calls_her(log):
    married = Patient(PATIENT.identifier, "Zoë Meier")
    fill(log, [seen(140), seen(168, patient=married)])

    assert read(log).patient == married


def test_that_without_an_identifier_nothing_is_joined(log):
    fill(log, [seen(140, patient=Patient("", PATIENT.name))])

    assert read(log, identifier="") == NO_IDENTIFIER


def test_that_nothing_logged_yet_is_told(log):
    assert read(log) == NOTHING_LOGGED


def test_that_without_a_log_the_objection_is_told():
    note = read(FhcError("The log is damaged.", "Restore it."))

    assert "The log is damaged." in note.title
    assert note.is_error


def test_that_a_log_that_has_gone_can_be_tried_again(log):
    fill(log, FIVE)
    (database,) = log.folder.rglob("*.sqlite3")
    database.rename(database.with_suffix(".away"))

    note = read(log)

    assert (note.step, note.is_error) == (TRY_AGAIN, True)
