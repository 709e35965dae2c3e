"""What the reader's window shows is one value, and no more than the study lets."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.image.calibration import RegionBox
from fhc_desktop.domain.image.display import GreyWindow, Preset
from fhc_desktop.domain.image.ultrasound_image import ImageSource, UltrasoundImage
from fhc_desktop.domain.patient import Patient
from fhc_desktop.domain.reader_study.reader_study import Plan
from fhc_desktop.gui.examination.screen import Screen
from fhc_desktop.gui.reader_study.reading_content import DRAW, HOW_TO, ReadingContent
from tests.heads import SMALL_OUTLINE_PX

PLAN = Plan(("A",), 0.0, 1)
IMAGE = UltrasoundImage(
    np.zeros((135, 200), np.uint8), ImageSource(Path("Miller.png"), "0" * 64), windows=()
)
EXAM = Examination(IMAGE, outline_px=SMALL_OUTLINE_PX, patient=Patient("ID-4711", "Miller"))


def content(screen, plan=PLAN, place=3):
    return ReadingContent.of(screen, plan, reader="A", place=place, count=7)


def test_that_a_place_is_named_by_its_number_alone():
    shown = content(Screen(exam=EXAM))

    assert shown.title == "Picture 3 of 7 · reader A"
    assert (shown.figure, shown.hint) == ("", HOW_TO)


def test_that_without_an_outline_the_next_step_is_to_draw_one():
    assert content(Screen(exam=EXAM.with_outline(None))).hint == DRAW


def test_that_numbers_are_shown_where_the_plan_says_so_in_pixels_without_a_scale():
    plan = replace(PLAN, are_numbers_shown=True)

    assert content(Screen(exam=EXAM), plan).figure == f"HC {SMALL_OUTLINE_PX.perimeter:.1f} px"
    assert content(Screen(exam=EXAM.with_outline(None)), plan).figure == ""


def test_that_nothing_of_patient_or_file_is_in_it():
    exam = EXAM.with_dating(Dating.from_lmp(date(2025, 9, 1))).with_exam_date(date(2026, 1, 15))
    told = repr(replace(content(Screen(exam=exam)), picture=None))

    for secret in ("Miller", "4711", "2025", "2026"):
        assert secret not in told


@pytest.mark.parametrize("boxes", [(), (RegionBox(0, 20, 199, 134),)])
def test_that_only_what_the_file_calls_no_scan_is_covered(boxes):
    exam = replace(EXAM, image=replace(IMAGE, scan_boxes=boxes))

    assert content(Screen(exam=exam)).picture.is_blanked is bool(boxes)


def test_that_a_picture_cannot_be_changed_while_it_is_stored():
    assert content(Screen(exam=EXAM, activity="Storing …")).picture.is_inert


def test_that_between_pictures_it_says_what_runs_and_at_the_end_that_all_is_read():
    assert content(Screen(activity="Opening …"), place=None).title == "Opening …"
    assert content(Screen(), place=None).title == "All 7 pictures are read. Thank you, A."


def test_that_presets_have_no_names_of_the_file():
    preset = Preset("Dr Miller’s window", GreyWindow(), number=1)
    exam = replace(EXAM, image=replace(IMAGE, windows=(preset,)))

    assert "Miller" not in repr(content(Screen(exam=exam)).picture.presets)
