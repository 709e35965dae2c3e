"""Pixels keep their grey and their colours on the way to the screen."""

import numpy as np
import pytest
from PySide6.QtGui import QColor

from fhc_desktop.gui.widgets.pixmap import pixmap_of

pytestmark = pytest.mark.gui


def test_that_grey_pixels_of_any_width_stay_where_they_are(qapp):
    image = pixmap_of(np.arange(15, dtype=np.uint8).reshape(3, 5)).toImage()

    assert (image.width(), image.height()) == (5, 3)
    assert QColor(image.pixel(4, 2)) == QColor(14, 14, 14)


def test_that_colours_come_as_red_green_and_blue(qapp):
    image = pixmap_of(np.full((3, 5, 3), (9, 80, 200), np.uint8)).toImage()

    assert QColor(image.pixel(4, 2)) == QColor(9, 80, 200)
