"""A line of a scanner's text is found where it stands, and read with its spaces."""

import numpy as np
import pytest

from fhc_desktop.imaging.depth_marks.text_lines import text_lines
from tests.imaging.drawn_texts import write_words

EMPTY = np.zeros((300, 400), np.uint8)


def readings(gray):
    return {reading for lines in text_lines(gray) for line in lines for reading in line.readings}


@pytest.mark.parametrize("words", ["7.6cm", "22Hz/7.6cm", "16.0 cm"])
def test_that_a_line_is_read_with_its_points_and_spaces(words):
    assert words in readings(write_words(EMPTY, words, left=100, top=50))


def test_that_a_line_lies_in_its_box():
    gray = write_words(EMPTY, "22Hz/7.6cm", left=100, top=50)
    rows, columns = np.nonzero(gray)

    boxes = [line.box for lines in text_lines(gray) for line in lines]

    assert boxes
    for box in boxes:
        assert box.left == pytest.approx(columns.min(), abs=2)
        assert box.bottom == pytest.approx(rows.max() + 1, abs=2)


@pytest.mark.parametrize(
    "gray", [EMPTY, np.zeros((5, 5), np.uint8), np.full((300, 400), 255, np.uint8)]
)
def test_that_where_nothing_is_written_there_is_no_line(gray):
    assert readings(gray) == set()
