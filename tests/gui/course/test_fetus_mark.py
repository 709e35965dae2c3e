"""Fetuses are told from each other by more than a colour."""

from itertools import pairwise

import pytest

from fhc_desktop.gui.course.fetus_mark import fetus_mark

pytestmark = pytest.mark.gui


def test_that_fetuses_differ_in_colour_shape_sign_and_line():
    marks = [fetus_mark(label) for label in "ABCDEF"]

    for part in ("color", "symbol", "sign"):
        assert len({getattr(mark, part) for mark in marks}) == 6
    assert all(a.dash != b.dash for a, b in pairwise(marks))
