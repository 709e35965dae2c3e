"""With the panel folded away the number stays, with its state and its doubts."""

import pytest

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.domain.image.geometry import Handle
from fhc_desktop.gui.examination.measurement_content import MeasurementContent
from fhc_desktop.gui.window.header_number import HeaderContent
from fhc_desktop.gui.window.patient_banner import PatientBanner
from tests.gui.hand import Drag, do, place_of
from tests.reporting.examinations import (
    accepted,
    graded,
    headless,
    proposed,
    uncalibrated,
)


def header(exam, *, is_stale=False):
    return HeaderContent.of(MeasurementContent.of(exam, activity=""), is_stale=is_stale)


@pytest.mark.parametrize(
    ("exam", "text"),
    [
        (proposed(), "HC 176.8 mm · proposed"),
        (accepted(), "HC 176.8 mm · accepted"),
        (accepted(entry_id=None), "HC 176.8 mm · accepted, NOT LOGGED"),
        (headless(), ""),
    ],
)
def test_that_it_says_the_number_and_whose_it_is(exam, text):
    assert header(exam).text == text


def test_that_without_a_scale_it_says_pixels():
    assert header(uncalibrated()).text.replace("▲ ", "").endswith("px · proposed")


def test_that_what_makes_the_number_doubtful_is_seen_without_the_panel():
    content = header(graded(Grade.LOOK_AGAIN))

    assert content.text.startswith("▲ HC")
    assert any("look again" in doubt for doubt in content.doubts)
    assert not header(proposed()).text.startswith("▲")


def number(window):
    shown = window.header_number
    return shown.text() if shown.isVisible() else ""


@pytest.mark.gui
def test_that_it_stands_there_only_while_the_panel_is_folded_away(opened):
    figure = opened.side_panel.measurement.hc_text
    assert number(opened) == ""

    do(opened, "panel")
    assert number(opened) == f"HC {figure} · proposed"

    do(opened, "panel")
    assert number(opened) == ""


@pytest.mark.gui
def test_that_it_goes_when_something_else_brings_the_panel_back(opened):
    do(opened, "panel")

    do(opened, "lens")

    assert number(opened) == ""


@pytest.mark.gui
def test_that_it_follows_the_hand(qtbot, opened):
    do(opened, "panel")
    before = number(opened)

    Drag(opened.image_view, place_of(opened.image_view, Handle.A_END)).by(25, 0).drop()

    assert number(opened) != before
    assert number(opened) == f"HC {opened.side_panel.measurement.hc_text} · edited"


@pytest.mark.gui
def test_that_the_number_stays_and_the_name_goes_in_the_deidentified_view(named):
    do(named, "panel")
    before = number(named)
    assert before

    do(named, "deidentified_view")

    assert number(named) == before


@pytest.mark.gui
def test_that_without_an_image_there_is_none(window):
    do(window, "panel")

    assert number(window) == ""


@pytest.mark.gui
def test_that_a_small_window_has_room_for_patient_and_number(qtbot, named, dressed):
    named.resize(1024, 700)
    do(named, "accept")
    do(named, "panel")

    qtbot.waitUntil(lambda: number(named) != "")
    banner = named.top_row.findChild(PatientBanner)
    qtbot.waitUntil(lambda: banner.width() > 0 and "DEMO-001" in banner.text())
    menus = named.top_row.menus
    assert menus.width() >= menus.sizeHint().width()
