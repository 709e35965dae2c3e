"""Each action is possible in exactly the states in which it means something."""

from dataclasses import replace

import pytest

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.domain.image.calibration import CalibrationSource, typed_calibration
from fhc_desktop.domain.patient import Patient
from fhc_desktop.gui.examination import availability as when
from fhc_desktop.gui.examination.log_standing import LogStanding
from fhc_desktop.gui.examination.screen import Screen
from tests.domain.recorded_examples import on_day
from tests.reporting.examinations import accepted, edited, graded, headless, proposed, uncalibrated
from tests.several_heads import TWO_HEADS

SCALE = typed_calibration(0.2, 0.2, source=CalibrationSource.TYPED, detail="")
STATES = {
    "nothing": None,
    "proposed": proposed(),
    "edited": edited(),
    "accepted": accepted(),
    "headless": headless(),
    "two heads": headless().with_proposal(TWO_HEADS),
    "refused": graded(Grade.NOT_MEASURABLE),
    "typed scale": uncalibrated().with_manual_calibration(SCALE),
}


def frame(number):
    exam = proposed()
    source = replace(exam.image.source, frame=number)
    return replace(exam, image=replace(exam.image, source=source))


@pytest.mark.parametrize(
    ("condition", "states"),
    [
        (when.always, set(STATES)),
        (when.has_image, set(STATES) - {"nothing"}),
        (when.has_outline, {"proposed", "edited", "accepted", "typed scale"}),
        (when.has_no_outline, {"headless", "two heads", "refused"}),
        (when.has_several_heads, {"two heads"}),
        (when.can_reset, {"edited"}),
        (when.can_accept, {"proposed", "edited", "typed scale"}),
        (when.is_accepted, {"accepted"}),
        (when.has_manual_scale, {"typed scale"}),
        (when.has_offered_marks, set()),
    ],
)
def test_that_an_action_is_possible_in_its_states_only(condition, states):
    assert {name for name, exam in STATES.items() if condition(Screen(exam=exam))} == states


def test_that_a_head_that_is_accepted_beside_this_one_is_a_next_one_unless_a_row_is_written():
    screen = Screen(exam=proposed(), heads_beside=(on_day(140),))

    assert when.has_several_heads(screen)
    assert not when.has_several_heads(replace(screen, is_being_written=True))


@pytest.mark.parametrize(
    ("number", "before", "after"), [(1, False, True), (5, True, True), (9, True, False)]
)
def test_that_a_loop_ends_with_its_first_and_last_frame(number, before, after):
    screen = Screen(exam=frame(number))

    assert when.has_frame_before(screen) is before
    assert when.has_frame_after(screen) is after
    assert not when.has_frame_after(Screen())


def test_that_a_course_needs_a_log_and_an_identifier():
    nameless = replace(proposed(), patient=Patient("", "Ada Example"))

    assert when.has_logged_patient(Screen(exam=proposed(), log=LogStanding(is_open=True)))
    assert not when.has_logged_patient(Screen(exam=proposed()))
    assert not when.has_logged_patient(Screen(exam=nameless, log=LogStanding(is_open=True)))
