"""The picture shows the outline in its state, and marks only while their scale waits."""

from dataclasses import replace

import pytest

from fhc_desktop.domain.examination.outline_state import OutlineState
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.image.display import Display, GreyWindow, Preset
from fhc_desktop.gui.image.picture_content import PictureContent
from tests.domain.recorded_examples import on_day
from tests.reporting.examinations import accepted, edited, headless, image, proposed, uncalibrated


@pytest.mark.parametrize(
    ("exam", "state"),
    [
        (proposed(), OutlineState.PROPOSED),
        (edited(), OutlineState.EDITED),
        (accepted(), OutlineState.ACCEPTED),
    ],
)
def test_that_an_outline_is_shown_in_its_state(exam, state):
    content = PictureContent.of(exam)

    assert content.state is state
    assert content.outline_px == exam.outline_px
    assert content.image is exam.image


def test_that_heads_beside_have_their_letter_and_none_for_whoever_looks_on():
    rows = [on_day(140, fetus=Fetus("A", "left")), on_day(140)]
    content = PictureContent.of(proposed(), beside=rows)

    assert [head.words for head in content.beside] == ["Fetus A", "Accepted"]
    assert content.beside[0].outline_px == rows[0].facts.outline_px
    assert [head.words for head in content.deidentified.beside] == ["", ""]


def test_that_without_a_head_there_is_no_outline():
    content = PictureContent.of(headless())

    assert (content.outline_px, content.state) == (None, OutlineState.NONE)


def test_that_a_scale_is_there_for_both_sides_of_a_pixel_or_not_at_all():
    scale = proposed().calibration

    assert PictureContent.of(proposed()).mm_per_px == (scale.mm_per_column, scale.mm_per_row)
    assert PictureContent.of(uncalibrated()).mm_per_px is None


def test_that_the_presets_are_ours_and_the_files():
    of_file = Preset("Vera’s skull", GreyWindow(90, 120), 1)
    exam = replace(proposed(), image=image(windows=(of_file,)))

    content = PictureContent.of(exam, Display(gamma=1.5))

    assert content.presets[-1] == of_file
    assert content.presets[:-1] == PictureContent.of(proposed()).presets
    assert content.display == Display(gamma=1.5)


def test_that_the_deidentified_picture_is_shown_alike_and_names_nobody():
    of_file = Preset("Vera’s skull", GreyWindow(90, 120), 1)
    exam = replace(proposed(), image=image(windows=(of_file,)))
    content = PictureContent.of(exam, Display(is_inverted=True))

    seen = content.deidentified

    assert seen.is_blanked
    assert seen.display == content.display
    assert [one.window for one in seen.presets] == [one.window for one in content.presets]
    assert seen.presets[-1].name == "Window 1 of the file"
    assert seen.deidentified == seen
