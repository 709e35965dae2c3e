"""Everything can be read: by contrast, at each scale, in the room there is."""

import re

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from fhc_desktop.domain.examination.outline_state import OutlineState
from fhc_desktop.gui.widgets import style
from fhc_desktop.reporting import colours
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
        (style.WARNING, OutlineState.NOT_LOGGED),
    ):
        assert colours.rgb(color) == pen_of(state).colour


def test_that_only_overlong_words_may_be_broken():
    usual = "from the pixel-size table (training_set_pixel_size_and_HC.csv)"
    assert style.breakable(usual) == usual

    long = "see " + "x" * 300
    pieces = re.split("[\u200b ]", style.breakable(long))
    assert max(map(len, pieces)) <= 12
    assert style.breakable(long).replace("\u200b", "") == long


def put_together() -> QWidget:
    """A widget as those of the window are: one part in the other."""
    inner, outer = QWidget(), QWidget()
    rows, around = QVBoxLayout(inner), QVBoxLayout(outer)
    for part in (QPushButton("Accept"), QLineEdit("123.4"), style.heading("Patient")):
        rows.addWidget(part)
    around.addWidget(inner)
    return outer


def seen(widget: QWidget) -> QImage:
    widget.resize(240, 160)
    widget.show()
    return widget.grab().toImage()


@pytest.mark.gui
@pytest.mark.usefixtures("dressed")
def test_that_what_is_dressed_at_once_looks_as_what_was_dressed_all_along(qtbot):
    all_along = put_together()
    qtbot.addWidget(all_along)
    with style.dressed_at_once():
        at_once, never = put_together(), put_together()
        qtbot.addWidget(at_once)
        qtbot.addWidget(never)
        bare = seen(never)

    assert seen(at_once) == seen(all_along)
    assert bare != seen(all_along)


@pytest.mark.gui
@pytest.mark.usefixtures("dressed")
def test_that_a_fault_amid_putting_together_leaves_nothing_undressed(qapp):
    sheet = qapp.styleSheet()

    with pytest.raises(LookupError), style.dressed_at_once():
        raise LookupError

    assert sheet
    assert qapp.styleSheet() == sheet
