"""What was accepted without a log gets its row later, with the time and operator of then."""

from datetime import UTC, date, datetime

import pytest

from fhc_desktop.domain.examination.draft import Draft, PictureKey
from fhc_desktop.domain.examination.editing import Editing
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.patient import Patient
from fhc_desktop.workflow.accepting import accept
from fhc_desktop.workflow.keeping import Desk
from fhc_desktop.workflow.logging_again import NotAcceptedNow, reread, word_of_then
from fhc_desktop.workflow.resuming import DraftWithoutPicture
from fhc_desktop.workflow.waiting import WaitingRows
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


@pytest.fixture
def rows(tmp_path):
    made = WaitingRows(tmp_path / "data")
    yield made
    made.close()


def test_that_the_row_has_the_time_and_the_operator_of_then(exam, log, rows):
    taken = rows.accept(word_of_then(accepted(exam)), log)

    (entry,) = log.entries()
    assert (entry.created_at, entry.operator) == (THEN, "Dr A")
    assert taken.acceptance.entry_id == entry.entry_id
    assert accepted(exam).accepted(taken.acceptance).exam.is_accepted


def test_that_asking_twice_writes_one_row(exam, log, rows):
    rows.accept(word_of_then(accepted(exam)), log)
    rows.accept(word_of_then(accepted(exam)), log)

    assert len(log.entries()) == 1


def test_that_what_has_changed_since_is_not_logged(exam):
    changed = accepted(exam).recorded(lambda one: one.with_patient(ANNA))

    with pytest.raises(NotAcceptedNow):
        word_of_then(changed)


def test_that_one_that_is_not_on_the_screen_is_read_with_its_picture(exam, log, rows, desk):
    draft = waiting(exam, desk)

    (one,) = reread(desk.waiting, READERS, today=TODAY)
    rows.accept(word_of_then(draft.resumed(one.found, StandardChoice())), log)

    (entry,) = log.entries()
    assert entry.image.sha256 == exam.image.source.sha256
    assert entry.facts == exam.facts


def test_that_one_without_its_picture_says_why(exam, desk):
    waiting(exam, desk)
    exam.image.source.path.unlink()

    (one,) = reread(desk.waiting, READERS, today=TODAY)

    assert isinstance(one.found, DraftWithoutPicture)
