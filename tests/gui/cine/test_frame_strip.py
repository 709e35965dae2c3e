"""The strip has a place for each frame, and tells what its frame measures."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.domain.examination.frame_reading import FrameReading
from fhc_desktop.domain.examination.outline_state import OutlineState
from fhc_desktop.domain.image.frame_times import FrameTimes
from fhc_desktop.domain.image.ultrasound_image import ImageSource
from fhc_desktop.gui.cine.clip_content import ClipContent
from fhc_desktop.gui.cine.frame_strip import FrameStrip
from fhc_desktop.gui.examination.clip_state import ClipState
from tests.drawn_readings import reading

pytestmark = pytest.mark.gui
EACH_KIND = (
    reading(1, 200.0),
    FrameReading(2, state_words="No head found"),
    FrameReading(3, hc_px=800.0, state=OutlineState.PROPOSED),
    FrameReading(4, hc_mm=201.0, hc_px=800.0, grade=Grade.LOOK_AGAIN, state=OutlineState.PROPOSED),
    FrameReading(5, hc_mm=203.0, hc_px=800.0, state=OutlineState.EDITED),
    FrameReading(6, hc_mm=202.0, hc_px=800.0, state=OutlineState.ACCEPTED),
    FrameReading(7, problem="cannot be read"),
)


def shown(strip, *readings, count=9):
    source = ImageSource(Path("loop.dcm"), "0" * 64, 2, count)
    strip.show_content(ClipContent.of(source, FrameTimes(), ClipState(readings=readings)))
    return strip


@pytest.fixture
def strip(qtbot):
    made = FrameStrip()
    qtbot.addWidget(made)
    made.resize(600, made.height())
    return made


@given(st.integers(2, 300), st.data())
def test_that_each_frame_is_found_at_its_own_place(qapp, count, data):
    strip = FrameStrip()
    strip.resize(640, strip.height())
    shown(strip, count=count)
    frame = data.draw(st.integers(1, count))

    assert strip.frame_at(strip.x_of(frame)) == frame


def test_that_a_click_asks_for_the_frame_under_it(qtbot, strip):
    shown(strip, *EACH_KIND)

    with qtbot.waitSignal(strip.frame_wanted) as asked:
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(round(strip.x_of(5)), 10))

    assert asked.args == [5]


def test_that_it_tells_what_a_frame_measures(strip):
    shown(strip, *EACH_KIND)

    assert strip.words_at(strip.x_of(1)).startswith("Frame 1: HC 200.0 mm")
    assert strip.words_at(strip.x_of(2)) == "Frame 2: No head found"
    assert strip.words_at(strip.x_of(7)) == "Frame 7: cannot be read"
    assert strip.words_at(strip.x_of(8)) == "Frame 8: not measured"


def test_that_each_kind_of_frame_looks_different(strip):
    pictures = set()
    for one in EACH_KIND[:6]:
        shown(strip, one, reading(8, 220.0), reading(9, 180.0))
        x = round(strip.x_of(one.frame))
        around = strip.grab().copy(x - 5, 0, 11, strip.height()).toImage()
        pictures.add(bytes(around.constBits()))

    assert len(pictures) == 6


def test_that_a_larger_head_stands_higher(strip):
    shown(strip, reading(1, 200.0), reading(2, 210.0))

    assert rows_in_ink(strip, 2) < rows_in_ink(strip, 1)


def rows_in_ink(strip, frame):
    """The mean row of what is brighter than the ground, in the column of a frame."""
    image, x = strip.grab().toImage(), round(strip.x_of(frame))
    rows = [y for y in range(4, image.height() - 4) if image.pixelColor(x, y).lightness() > 140]
    return sum(rows) / len(rows)
