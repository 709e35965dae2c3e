"""The scan is shown through a table of grey levels; its own pixels stay as they are."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from fhc_desktop.domain.image.display import Display, GreyWindow
from fhc_desktop.gui.image.scan_item import ScanItem, is_smooth, shown_pixels
from tests.reporting.examinations import image

RAMP = np.arange(256, dtype=np.uint8).reshape(16, 16)
DARK = Display(GreyWindow(200, 100))


def test_that_every_pixel_is_looked_up_in_the_table():
    assert (shown_pixels(RAMP, DARK.inverted).ravel() == DARK.inverted.table()).all()


def test_that_each_of_three_colours_is_looked_up_alike():
    colours = np.dstack([RAMP, RAMP[::-1], RAMP.T]).copy()

    shown = shown_pixels(colours, DARK)

    assert shown.shape == (16, 16, 3)
    assert (shown == DARK.table()[colours]).all()


def test_that_a_picture_that_comes_as_it_is_is_not_even_copied():
    assert shown_pixels(RAMP, Display(is_smooth=True)) is RAMP


@pytest.mark.parametrize(
    ("wish", "dots", "smooth"),
    [(None, 1.0, True), (None, 3.0, False), (True, 30.0, True), (False, 0.5, False)],
)
def test_that_the_zoom_decides_how_pixels_meet_until_somebody_does(wish, dots, smooth):
    assert is_smooth(Display(is_smooth=wish), dots) is smooth


@pytest.mark.gui
def test_that_what_is_shown_follows_the_display_and_the_picture_does_not(qapp):
    item, scan = ScanItem(), image()
    before = scan.gray.tobytes()

    for display in (Display(), DARK, DARK.inverted, Display(is_inverted=True), Display()):
        item.show_display(display)
        item.show_image(scan, display)
        shown = item.pixmap().toImage()
        expected = display.table()[scan.gray]
        assert shown.pixelColor(7, 5).red() == expected[5, 7]
        assert shown.pixelColor(60, 40).red() == expected[40, 60]

    assert scan.gray.tobytes() == before
    item.show_display(DARK)
    assert item.pixmap().toImage().pixelColor(60, 40).red() == DARK.table()[scan.gray][40, 60]


@pytest.mark.gui
def test_that_squares_are_asked_for_of_qt(qapp):
    item = ScanItem()
    item.show_image(image(), Display())
    mode = Qt.TransformationMode

    assert item.transformationMode() is mode.SmoothTransformation
    item.set_zoom(4.0)
    assert item.transformationMode() is mode.FastTransformation
    item.show_display(Display(is_smooth=True))
    assert item.transformationMode() is mode.SmoothTransformation
    item.show_image(None, Display())
    assert item.pixmap().isNull()
