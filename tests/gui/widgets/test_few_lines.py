"""A sentence takes the lines that there are, and none of them is wider than the room."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFontMetrics

from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.few_lines import lines_within

pytestmark = [pytest.mark.gui, pytest.mark.usefixtures("qapp")]


def test_that_what_fits_stands_in_one_line():
    assert lines_within("Saved.", style.font(), width_px=400, most=2) == ["Saved."]


def test_that_lines_break_between_words_and_nothing_is_lost_that_fits():
    text = "The model found no head in this image."

    lines = lines_within(text, style.font(), width_px=200, most=9)

    assert len(lines) > 1
    assert " ".join(lines) == text


@given(st.text(st.characters(codec="ascii", exclude_categories=["C"]), max_size=200))
def test_that_no_line_is_wider_than_the_room_and_none_too_many(text):
    lines = lines_within(text, style.font(), width_px=120, most=2)

    assert len(lines) <= 2
    metrics = QFontMetrics(style.font())
    assert all(metrics.horizontalAdvance(line) <= 121 for line in lines)


def test_that_what_is_left_over_is_seen_to_be_left_over():
    lines = lines_within("word " * 100, style.font(), width_px=200, most=2)

    assert not lines[0].endswith("…")
    assert lines[1].endswith("…")


def test_that_nothing_takes_no_line():
    assert lines_within("", style.font(), width_px=100, most=2) in ([], [""])
