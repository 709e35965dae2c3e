"""What was accepted without a log gets its row later, with the time and operator of then."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from fhc_desktop.domain.examination.draft import Draft, PictureKey, Progress
from fhc_desktop.domain.examination.editing import Editing
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.patient import Patient
from fhc_desktop.storage.log.measurement_log import LogEntry
from fhc_desktop.workflow.accepting import UnansweredIdentity, accept
from fhc_desktop.workflow.keeping import Desk
from fhc_desktop.workflow.logging_again import NotAcceptedNow, log_again, log_left, reread
from fhc_desktop.workflow.resuming import DraftWithoutPicture
from tests.reading import READERS

THEN = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = date(2026, 11, 24)
ANNA = Patient("17", "Anna Muster")


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path / "data", lambda _: None)
    yield made
    made.close()


def accepted(exam):
    """The examination, accepted while there was no log."""
    vouched = accept(exam, operator="Dr A", now=THEN, log=None, supersedes=None)
    return Editing.of(vouched, supersedes=None)


def waiting(exam, desk):
    draft = Draft.of(accepted(exam), PictureKey.of(exam.image), at=THEN)
    desk.put(draft)
    return draft


def test_that_the_row_has_the_time_and_the_operator_of_then(exam, log):
    editing = log_again(accepted(exam), log)

    (entry,) = log.entries()
    assert (entry.created_at, entry.operator) == (THEN, "Dr A")
    assert editing.acceptance.entry_id == entry.entry_id
    assert editing.exam.is_accepted


def test_that_asking_twice_writes_one_row(exam, log):
    log_again(accepted(exam), log)
    log_again(accepted(exam), log)

    assert len(log.entries()) == 1


def test_that_what_has_changed_since_is_not_logged(exam, log):
    changed = accepted(exam).recorded(lambda one: one.with_patient(ANNA))

    with pytest.raises(NotAcceptedNow):
        log_again(changed, log)
    assert log.entries() == []


def test_that_a_question_that_could_not_be_asked_without_a_log_keeps_it_waiting(exam, log):
    other_picture = replace(exam.image, gray=255 - exam.image.gray)
    berta = replace(exam, patient=replace(exam.patient, name="Berta Other"), image=other_picture)
    log.append(LogEntry.of(berta, operator="Dr A", now=THEN - timedelta(days=1)))

    with pytest.raises(UnansweredIdentity):
        log_again(accepted(exam), log)
    assert len(log.entries()) == 1


def test_that_one_that_is_not_on_the_screen_is_logged_with_its_picture(exam, log, desk):
    draft = waiting(exam, desk)

    (one,) = reread(desk.waiting, READERS, today=TODAY)
    assert log_left(one, desk=desk, log=log, choice=StandardChoice())

    (entry,) = log.entries()
    assert entry.image.sha256 == exam.image.source.sha256
    assert entry.facts == exam.facts
    assert desk.waiting == ()
    assert desk.left_last(draft.picture).progress is Progress.LOGGED


def test_that_one_without_its_picture_goes_on_waiting(exam, log, desk):
    draft = waiting(exam, desk)
    exam.image.source.path.unlink()

    (one,) = reread(desk.waiting, READERS, today=TODAY)
    with pytest.raises(DraftWithoutPicture):
        log_left(one, desk=desk, log=log, choice=StandardChoice())

    assert desk.waiting == (draft,)
    assert log.entries() == []


def test_that_one_that_was_changed_meanwhile_is_left_to_the_screen(exam, log, desk):
    draft = waiting(exam, desk)
    (one,) = reread(desk.waiting, READERS, today=TODAY)
    desk.put(replace(draft, past=(draft.present,), changed_at=THEN + timedelta(minutes=1)))

    assert not log_left(one, desk=desk, log=log, choice=StandardChoice())
    assert log.entries() == []
