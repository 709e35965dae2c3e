"""A draft holds what was done to a picture, and gives it back on whatever its file says then."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.examination.draft import (
    Draft,
    PictureKey,
    Progress,
    progress_of,
    with_taken_over,
)
from fhc_desktop.domain.examination.editing import Editing
from fhc_desktop.domain.examination.examination import Acceptance
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST
from fhc_desktop.domain.image.calibration import (
    Calibration,
    CalibrationCandidate,
    CalibrationSource,
    FileCalibration,
)
from fhc_desktop.domain.image.display import Display
from fhc_desktop.domain.patient import Patient
from tests.local_charts import NARROW
from tests.reporting.examinations import accepted, image, proposed

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
REGION = CalibrationCandidate(Calibration(0.4, 0.4, CalibrationSource.ULTRASOUND_REGION))
USUAL = StandardChoice()


def fresh():
    """The picture as its file has it, when it is opened."""
    return replace(
        proposed(), proposal=None, outline_px=None, dating=None, patient=Patient("4711", "")
    )


def begun():
    return Editing.of(fresh(), supersedes=None).proposed(proposed().proposal)


def named(name):
    return lambda exam: exam.with_patient(Patient("4711", name))


def dated(exam):
    return exam.with_dating(Dating.from_lmp(date(2026, 6, 25)))


def draft_of(editing):
    return Draft.of(editing, PictureKey.of(editing.exam.image), at=AT)


def resumed(editing, opened=None, choice=USUAL):
    return draft_of(editing).resumed(opened or fresh(), choice)


def worked_on():
    """One change undone, and two that hold."""
    editing = begun().recorded(named("Ada")).recorded(dated)
    return editing.recorded(lambda exam: exam.with_fetus(Fetus("B"))).undone()


def test_that_state_undo_and_redo_come_back():
    editing = worked_on()

    back = resumed(editing, opened=editing.begun.with_outline(None))

    assert back == editing
    assert back.undone() == editing.undone()
    assert back.redone().exam.fetus == Fetus("B")


def test_that_the_display_comes_back_and_makes_no_work():
    shown = begun().displayed(Display(is_inverted=True))

    assert resumed(shown).display == Display(is_inverted=True)
    assert draft_of(shown).progress is Progress.UNTOUCHED
    assert not draft_of(shown).holds_work


def test_that_an_acceptance_comes_back_with_the_row_it_would_supersede():
    exam = accepted()
    editing = Editing.of(exam, supersedes="row").recorded(named("Ada"))

    back = resumed(editing, opened=exam)

    assert (back.acceptance, back.supersedes) == (exam.acceptance, "row")
    assert not back.exam.is_accepted
    assert back.undone().exam.is_accepted


def test_that_what_the_file_says_is_taken_as_it_says_it_now():
    elsewhere = replace(
        fresh(),
        image=image(source=replace(fresh().image.source, path=Path("/other/copy.dcm"))),
        file_calibration=FileCalibration((REGION,)),
    )

    back = resumed(worked_on(), elsewhere)

    assert back.exam.image is elsewhere.image
    assert back.exam.calibration == REGION.calibration
    assert back.exam.patient.name == "Ada"


def test_that_a_scale_that_was_chosen_comes_back_where_it_is_still_offered():
    chosen = REGION.chosen_by("Dr A")
    editing = begun().recorded(lambda exam: exam.with_chosen_scale(chosen))
    offering = replace(fresh(), file_calibration=FileCalibration(alternatives=(REGION,)))

    assert resumed(editing, offering).exam.chosen_scale == chosen
    assert resumed(editing, fresh()).exam.chosen_scale is None


def test_that_a_local_chart_comes_back_where_it_is_still_known():
    editing = begun().recorded(lambda exam: exam.with_standard(NARROW))

    assert resumed(editing, choice=StandardChoice(local=(NARROW,))).exam.standard is NARROW
    assert resumed(editing).exam.standard is INTERGROWTH_21ST


def test_that_the_picture_is_known_by_file_frame_and_pixels_and_not_by_its_path():
    here = image()
    key = PictureKey.of(here)
    moved = image(source=replace(here.source, path=Path("/other/name.dcm")))
    next_frame = image(source=replace(here.source, frame=4))
    other_file = image(source=replace(here.source, sha256="cd" * 32))
    other_pixels = replace(here, gray=255 - here.gray)

    assert PictureKey.of(moved) == key
    for other in (next_frame, other_file, other_pixels):
        assert PictureKey.of(other) != key


# How far it has come ----------------------------------------------------------------------------


def vouched(editing, entry_id):
    return editing.accepted(Acceptance(editing.exam.facts, "Dr A", AT, entry_id))


PROGRESS = {
    "a proposal alone": (begun(), Progress.UNTOUCHED, False),
    "a change": (begun().recorded(named("Ada")), Progress.UNFINISHED, True),
    "a change taken back": (begun().recorded(named("Ada")).undone(), Progress.UNTOUCHED, False),
    "accepted and logged": (vouched(begun(), "row"), Progress.LOGGED, False),
    "accepted without a log": (vouched(begun(), None), Progress.NOT_LOGGED, True),
    "changed since it was logged": (
        vouched(begun(), "row").recorded(named("Ada")),
        Progress.UNFINISHED,
        True,
    ),
    "opened from the log": (Editing.of(accepted(), supersedes="row"), Progress.LOGGED, False),
}


@pytest.mark.parametrize(("editing", "progress", "holds_work"), PROGRESS.values(), ids=PROGRESS)
def test_that_its_progress_says_whether_it_holds_work(editing, progress, holds_work):
    assert progress_of(editing) is progress
    assert draft_of(editing).progress is progress
    assert draft_of(editing).holds_work is holds_work


def test_that_an_outline_still_held_by_the_hand_is_kept_as_a_step():
    grown = begun().exam.outline_px.grown(3)

    held = begun().previewed(grown)

    assert held.left().exam.outline_px == grown
    assert held.left().undone().exam == held.previewed(None).exam
    assert held.previewed(None).left() == held.previewed(None)


def test_that_it_is_shortened_as_its_history_is():
    editing = begun()
    for name in "abcdefgh":
        editing = editing.recorded(named(name))
    editing = editing.undone().undone().undone()

    assert draft_of(editing).shortened(3) == draft_of(editing.shortened(3)) != draft_of(editing)


# What it takes over when it comes back ------------------------------------------------------------


def test_that_a_frame_takes_over_what_was_not_entered_at_it():
    left = begun().recorded(named("Ada"))
    taken = replace(left.begun, patient=Patient("4711", "Zoë"), fetus=Fetus("A"))

    back = with_taken_over(dated_by(left), dated(taken))

    assert back.exam.patient.name == "Ada"
    assert back.exam.fetus == Fetus("A")
    assert back.exam.dating == Dating.from_lmp(date(2026, 1, 1))
    assert back.undone().exam.dating == dated(fresh()).dating
    assert back.begun.patient.name == "Zoë"


def dated_by(editing):
    return editing.recorded(lambda exam: exam.with_dating(Dating.from_lmp(date(2026, 1, 1))))


def test_that_what_was_accepted_takes_nothing_over():
    editing = vouched(begun(), "row")

    assert with_taken_over(editing, replace(editing.begun, fetus=Fetus("A"))) == editing


def test_that_nothing_of_another_woman_is_taken_over():
    left = begun().recorded(lambda exam: exam.with_patient(Patient("1", "Berta")))

    assert with_taken_over(left, dated(left.begun)) == left


def test_that_taking_over_makes_no_work():
    left = begun()

    back = with_taken_over(left, dated(left.begun))

    assert back.exam.dating is not None
    assert progress_of(back) is Progress.UNTOUCHED
