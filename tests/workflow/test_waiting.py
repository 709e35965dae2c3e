"""What the log cannot take waits on the disk, in order, and is in the log once in the end."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from fhc_desktop.domain.image.ultrasound_image import StudyInfo
from fhc_desktop.domain.patient import Patient
from fhc_desktop.storage.log.measurement_log import LogEntry, LogUnavailable
from fhc_desktop.workflow.accepting import UnansweredConflict, UnansweredIdentity, Word
from fhc_desktop.workflow.waiting import NOTHING_WAITS, WaitingRows

THEN = datetime(2026, 11, 23, 9, tzinfo=UTC)
AWAY = LogUnavailable("The measurement log is in use by another program.", "Try again.")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def rows(folder):
    made = WaitingRows(folder)
    yield made
    made.close()


def word(exam, *, minutes=0, operator="Dr A", supersedes=None):
    return Word(exam, operator, THEN + timedelta(minutes=minutes), supersedes)


def of(exam, identifier, name="", *, shade=0):
    """The head in another picture, as that of somebody."""
    image = replace(exam.image, gray=exam.image.gray ^ shade)
    source = replace(image.source, sha256=f"{shade:064x}")
    return replace(
        exam,
        patient=Patient(identifier, name),
        image=replace(image, source=source),
        study=StudyInfo(),
    )


def ids(log):
    return [entry.entry_id for entry in reversed(log.entries())]


def test_that_with_a_log_nothing_waits(exam, log, rows):
    taken = rows.accept(word(exam), log)

    assert taken.acceptance.is_logged
    assert ids(log) == [taken.acceptance.entry_id]
    assert (taken.waiting, taken.problem) == (NOTHING_WAITS, None)


def test_that_without_a_log_it_waits_with_the_reason_and_is_written_as_it_was_accepted(
    exam, log, rows
):
    taken = rows.accept(word(exam), AWAY)

    assert taken.acceptance.waits
    assert not taken.acceptance.is_logged
    assert (taken.waiting.count, taken.problem.problem) == (1, AWAY.problem)
    assert taken.waiting.problem.problem == AWAY.problem
    assert rows.write(log) == NOTHING_WAITS
    (entry,) = log.entries()
    assert (entry.entry_id, entry.created_at) == (taken.acceptance.entry_id, THEN)
    assert entry.facts == exam.facts


def test_that_what_waits_is_written_in_order_before_what_is_accepted_next(exam, log, rows):
    waited = [
        rows.accept(word(of(exam, f"{shade}", shade=shade), minutes=shade), AWAY)
        for shade in range(1, 4)
    ]

    last = rows.accept(word(of(exam, "9", shade=9), minutes=9), log)

    assert ids(log) == [one.acceptance.entry_id for one in (*waited, last)]
    assert last.waiting == NOTHING_WAITS


def test_that_it_is_found_by_the_next_run_and_by_another_window(exam, log, rows, folder):
    taken = rows.accept(word(exam), AWAY)

    with closing(WaitingRows(folder)) as others:
        assert others.look().entry_ids == {taken.acceptance.entry_id}
        assert others.write(log) == NOTHING_WAITS
    assert rows.look() == NOTHING_WAITS
    assert rows.write(log) == NOTHING_WAITS
    assert ids(log) == [taken.acceptance.entry_id]


def test_that_a_row_that_is_in_the_log_already_is_not_written_again(exam, log, rows):
    rows.accept(word(exam), AWAY)
    (waiting,) = rows.look().rows
    log.append(waiting)  # and there the program ended

    assert rows.write(log) == NOTHING_WAITS
    assert ids(log) == [waiting.entry_id]


def test_that_the_same_accepted_again_while_it_waits_adds_nothing(exam, log, rows):
    first = rows.accept(word(exam), AWAY)
    second = rows.accept(word(exam, minutes=1), AWAY)

    assert second.acceptance == first.acceptance
    rows.write(log)
    assert len(ids(log)) == 1


def test_that_a_correction_of_what_waits_is_written_behind_it(exam, log, rows):
    first = rows.accept(word(exam), AWAY).acceptance
    grown = exam.with_outline(exam.outline_px.grown(2))
    second = rows.accept(word(grown, minutes=1, supersedes=first.entry_id), AWAY).acceptance

    rows.write(log)

    assert ids(log) == [first.entry_id, second.entry_id]
    assert log.entries()[0].supersedes == first.entry_id


def test_that_a_question_that_could_not_be_asked_keeps_its_row_waiting_and_no_other(
    exam, log, rows
):
    log.append(LogEntry.of(of(exam, "17", "Berta", shade=1), operator="Dr B", now=THEN))
    asked = rows.accept(word(of(exam, "17", "Anna", shade=2)), AWAY)
    other = rows.accept(word(of(exam, "18", "Cleo", shade=3)), AWAY)

    left = rows.write(log)

    assert left.entry_ids == {asked.acceptance.entry_id}
    assert "head.dcm waits to be logged: the log has this identifier" in left.problem.problem
    assert ids(log)[1:] == [other.acceptance.entry_id]


def test_that_the_answer_given_with_a_correction_lets_both_rows_go(exam, log, rows):
    log.append(LogEntry.of(of(exam, "17", "Berta", shade=1), operator="Dr B", now=THEN))
    anna = of(exam, "17", "Anna", shade=2)
    first = rows.accept(word(anna), AWAY).acceptance
    rows.write(log)
    berta = anna.with_patient(Patient("17", "Berta"))

    second = rows.accept(word(berta, minutes=1, supersedes=first.entry_id), log)

    assert second.acceptance.is_logged
    assert ids(log)[1:] == [first.entry_id, second.acceptance.entry_id]
    assert second.waiting == NOTHING_WAITS


def test_that_with_a_log_open_questions_are_asked_before_anything_waits(exam, log, rows):
    log.append(LogEntry.of(of(exam, "17", "Berta", shade=1), operator="Dr B", now=THEN))

    with pytest.raises(UnansweredIdentity):
        rows.accept(word(of(exam, "17", "Anna", shade=2)), log)
    with pytest.raises(UnansweredConflict):
        rows.accept(word(exam.with_patient(Patient("18", "Somebody Else"))), AWAY)

    assert rows.look() == NOTHING_WAITS


def test_that_what_waits_is_known_to_whoever_asks_for_patient_and_picture(exam, log, rows):
    taken = rows.accept(word(exam), AWAY)

    records = rows.records(log)

    (of_patient,) = records.entries_of(exam.patient.identifier)
    assert of_patient.entry_id == taken.acceptance.entry_id
    (of_picture,) = records.entries_of_picture(of_patient.image)
    assert of_picture == of_patient
    assert records.entries_of("") == []


def test_that_where_nothing_can_be_kept_either_the_acceptance_has_no_row(exam, folder, rows):
    folder.mkdir()
    (folder / "waiting").write_text("a file where the folder should be")

    taken = rows.accept(word(exam), AWAY)

    assert (taken.acceptance.entry_id, taken.acceptance.waits) == (None, False)
    assert taken.acceptance.facts == exam.facts
    assert "cannot wait on the disk" in taken.waiting.problem.problem


def test_that_a_damaged_store_of_waiting_rows_keeps_nothing_from_the_log(exam, log, rows, folder):
    folder.mkdir(exist_ok=True)
    (folder / "waiting").mkdir()

    assert rows.accept(word(exam), log).acceptance.is_logged
    assert "cannot wait on the disk" in rows.look().problem.problem
