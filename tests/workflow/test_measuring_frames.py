"""A frame is measured as it would be shown, and what was done to it before stays."""

from datetime import UTC, date, datetime

import pytest

from fhc_desktop.domain.examination.draft import Draft, PictureKey
from fhc_desktop.domain.examination.editing import Editing
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.image.calibration import Calibration, CalibrationSource
from fhc_desktop.domain.patient import Patient
from fhc_desktop.workflow.examining import examine
from fhc_desktop.workflow.keeping import Desk
from fhc_desktop.workflow.measuring_frames import (
    KnownFrame,
    known_frame,
    propose_frame,
    reading_of,
)
from tests.fakes import FakeSegmenter
from tests.heads import small_phantom, write_cine
from tests.reading import READERS, load_image

NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)
CHOICE = StandardChoice()


@pytest.fixture
def cine(tmp_path):
    return write_cine(small_phantom(), tmp_path / "loop.dcm", frames=4)


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path / "data", lambda _: None)
    yield made
    made.close()


def proposed(path, frame):
    segmenter = FakeSegmenter(small_phantom().outline_px)
    return propose_frame(
        load_image(path, frame=frame), segmenter, today=date(2026, 5, 20), standard=CHOICE.default
    )


def known(path, frame, desk):
    return known_frame(proposed(path, frame), desk=desk, row=None, choice=CHOICE)


def leave(desk, exam, change):
    """Do something to a picture and leave it."""
    editing = Editing.of(exam, supersedes=None).recorded(change)
    desk.put(Draft.of(editing, PictureKey.of(exam.image), at=NOW))
    return editing.exam


def test_that_a_frame_that_nobody_opened_is_as_proposed_and_leaves_no_draft(cine, desk):
    found = known(cine, 2, desk)

    assert found.is_fresh
    assert found.editing.exam.outline_px == proposed(cine, 2).proposal.outline_px
    assert desk.left_last(proposed(cine, 2).picture) is None


def test_that_what_was_done_to_a_frame_stays(cine, desk):
    drawn = small_phantom().outline_px.grown(5)
    leave(desk, examine(cine, READERS, frame=2), lambda exam: exam.with_outline(drawn))

    found = known(cine, 2, desk)

    assert not found.is_fresh
    assert found.editing.exam.outline_px == drawn
    assert [one.present.outline_px for one in desk.unfinished] == [drawn]


def test_that_what_is_entered_at_the_frame_on_the_screen_holds_for_a_fresh_one(cine, desk):
    """Whoever she is by then: a frame that nobody opened names nobody."""
    frame, first = known(cine, 2, desk), examine(cine, READERS)
    scale = Calibration(0.3, 0.3, CalibrationSource.TYPED)
    shown = first.with_patient(Patient("1", "Somebody Else")).with_manual_calibration(scale)

    before, after = (reading_of(frame, one, is_shown=False) for one in (first, shown))

    assert after.hc_mm == pytest.approx(before.hc_mm * 0.3 / 0.56)


def test_that_a_frame_that_was_opened_for_another_woman_takes_nothing_over(cine, desk):
    first, scale = examine(cine, READERS), Calibration(0.3, 0.3, CalibrationSource.TYPED)
    leave(
        desk,
        examine(cine, READERS, frame=2),
        lambda exam: exam.with_outline(small_phantom().outline_px),
    )
    frame = known(cine, 2, desk)
    shown = first.with_patient(Patient("1", "Somebody Else")).with_manual_calibration(scale)

    assert reading_of(frame, shown, is_shown=False) == reading_of(frame, first, is_shown=False)


def test_that_a_frame_is_kept_without_its_pixels(cine, desk):
    exam = proposed(cine, 2).exam.with_proposal(proposed(cine, 2).proposal)
    whole, bare = KnownFrame(Editing.of(exam, supersedes=None)), known(cine, 2, desk)

    assert bare.editing.exam.image.gray.strides == (0, 0)
    assert reading_of(bare, exam, is_shown=True) == reading_of(whole, exam, is_shown=True)
