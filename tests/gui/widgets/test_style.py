"""Everything can be read: by contrast, at each scale, in the room there is."""

import re

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from fhc_desktop.domain.examination.outline_state import OutlineState
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.gui.image.ellipse_item import EllipseItem
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.elided_label import ElidedLabel
from fhc_desktop.reporting import colours
from fhc_desktop.reporting.content.numbers import format_z
from fhc_desktop.reporting.rendering import pen_of

SURFACES = (style.CANVAS, style.SURFACE, style.RAISED)


def luminance(color: str) -> float:
    """Relative luminance by WCAG 2."""
    parts = np.array(colours.rgb(color)) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


def contrast(one: str, other: str) -> float:
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def test_that_contrast_is_measured_rightly():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize(
    ("color", "least"),
    [
        (style.TEXT, 7),
        (style.SECONDARY_TEXT, 4.5),
        (style.PROPOSAL, 4.5),
        (style.EDITED, 4.5),
        (style.ACCEPTED, 4.5),
        (style.WARNING, 7),
        (style.ERROR, 4.5),
        *((color, 4.5) for color in style.FETUSES),
    ],
)
def test_that_words_stand_out_from_every_surface(surface, color, least):
    assert contrast(color, surface) >= least


@pytest.mark.parametrize("surface", SURFACES)
def test_that_surfaces_have_no_tint(surface):
    assert len(set(colours.rgb(surface))) == 1


def test_that_the_outline_has_the_same_colour_in_the_window_and_in_the_report():
    for color, state in (
        (style.PROPOSAL, OutlineState.PROPOSED),
        (style.EDITED, OutlineState.EDITED),
        (style.ACCEPTED, OutlineState.ACCEPTED),
    ):
        assert colours.rgb(color) == pen_of(state).colour


@pytest.mark.parametrize(
    ("z", "words"), [(-0.181, "−0.18"), (0.54, "+0.54"), (0.001, "0.00"), (-15.02, "−15.02")]
)
def test_that_a_z_score_is_written_as_in_the_report(z, words):
    assert format_z(z) == words


def test_that_only_overlong_words_may_be_broken():
    usual = "from the pixel-size table (training_set_pixel_size_and_HC.csv)"
    assert style.breakable(usual) == usual

    long = "see " + "x" * 300
    pieces = re.split("[\u200b ]", style.breakable(long))
    assert max(map(len, pieces)) <= 12
    assert style.breakable(long).replace("\u200b", "") == long


def drawn_px(scale: float) -> int:
    """How many pixels an edited outline colours on a screen of a scale."""
    item = EllipseItem()
    item.show_ellipse(Ellipse(100, 80, 60, 40, 0.3), OutlineState.EDITED)
    screen = QImage(round(200 * scale), round(160 * scale), QImage.Format.Format_RGB32)
    screen.setDevicePixelRatio(scale)
    screen.fill(QColor("black"))
    painter = QPainter(screen)
    item.paint(painter, None)
    painter.end()
    wanted = QColor(style.EDITED)
    return sum(
        screen.pixelColor(x, y) == wanted
        for x in range(screen.width())
        for y in range(screen.height())
    )


@pytest.mark.gui
def test_that_the_outline_is_as_thick_on_a_dense_screen(qtbot):
    # Twice as long and twice as thick in the screen's own pixels, and with less fraying.
    assert drawn_px(2.0) >= 4 * drawn_px(1.0)


@pytest.mark.gui
def test_that_a_line_gives_way_and_is_whole_in_its_tooltip(qtbot):
    label = ElidedLabel(style.font())
    qtbot.addWidget(label)
    label.show()
    label.resize(80, 20)
    label.show_text("a line that is much too long for its room", more="and what to do")

    assert label.text().endswith("…")
    assert label.minimumSizeHint().width() == 0
    assert label.toolTip() == "a line that is much too long for its room and what to do"
    label.resize(label.sizeHint().width(), 20)
    assert label.text() == label.full_text
