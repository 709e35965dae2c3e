"""A frame is measured as it would be shown, and what was done to it before stays."""

from datetime import UTC, date, datetime

import pytest

from fhc_desktop.domain.examination.draft import Draft
from fhc_desktop.domain.examination.editing import Editing
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.image.calibration import Calibration, CalibrationSource
from fhc_desktop.workflow.examining import examine
from fhc_desktop.workflow.keeping import Desk
from fhc_desktop.workflow.measuring_frames import (
    propose_frame,
    put_measured,
    reading_of,
    without_pixels,
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


def put(path, frame, desk, shown=None):
    shown = shown or examine(path, READERS)
    return put_measured(
        proposed(path, frame), shown, desk=desk, log=None, operator="X", choice=CHOICE, now=NOW
    )


def test_that_what_is_measured_is_a_proposal_that_its_frame_is_opened_with(cine, desk):
    frame = proposed(cine, 2)

    editing = put(cine, 2, desk)

    assert editing.exam.outline_px == frame.proposal.outline_px
    assert desk.left_last(frame.picture).proposal == frame.proposal
    assert desk.unfinished == ()


def test_that_what_was_done_to_a_frame_stays(cine, desk):
    frame = proposed(cine, 2)
    drawn = small_phantom().outline_px.grown(5)
    editing = Editing.of(examine(cine, READERS, frame=2), supersedes=None)
    editing = editing.recorded(lambda exam: exam.with_outline(drawn))
    desk.put(Draft.of(editing, frame.picture, at=NOW))

    found = put(cine, 2, desk)

    assert found.exam.outline_px == drawn
    assert [one.present.outline_px for one in desk.unfinished] == [drawn]


def test_that_a_frame_takes_over_what_was_entered_at_the_one_on_the_screen(cine, desk):
    scale = Calibration(0.3, 0.3, CalibrationSource.TYPED)
    shown = examine(cine, READERS).with_manual_calibration(scale)
    bare = put(cine, 2, desk)

    assert put(cine, 3, desk, shown).exam.manual_calibration == scale
    before, after = (
        reading_of(bare, one, is_shown=False) for one in (examine(cine, READERS), shown)
    )
    assert after.hc_mm == pytest.approx(before.hc_mm * 0.3 / 0.56)


def test_that_a_frame_without_its_pixels_measures_the_same(cine, desk):
    shown = examine(cine, READERS)
    editing = put(cine, 2, desk)
    bare = without_pixels(editing)

    assert reading_of(bare, shown, is_shown=False) == reading_of(editing, shown, is_shown=False)
    assert bare.exam.image.gray.strides == (0, 0)
