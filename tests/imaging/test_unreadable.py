"""A refusal can be read, whatever the file is called."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.imaging.unreadable import (
    UnreadableImage,
    check_frame,
    check_size,
    foreign_decoder,
    shown_name,
)
from tests.reading import refusal


def test_that_a_refusal_stays_printable_whatever_the_name(tmp_path):
    path = tmp_path / os.fsdecode(b"head\xff\n" + b"n" * 150)
    path.touch()

    problem = refusal(path).problem

    assert problem.encode("utf-8")
    assert len(problem) < 120


@given(st.text(min_size=1, max_size=300).filter(lambda name: "/" not in name and "\0" not in name))
def test_that_any_name_is_shown_on_one_line_and_short(name):
    shown = shown_name(Path("/scans") / name)

    assert shown.isprintable()
    assert 0 < len(shown) <= 80


def test_that_of_a_long_name_beginning_and_end_are_shown():
    shown = shown_name(Path("Beginning" + "x" * 300 + "end.png"))

    assert shown.startswith("Beginning")
    assert shown.endswith("end.png")


@pytest.mark.parametrize(
    ("rows", "columns", "word"),
    [(15, 100, "too small"), (100, 15, "too small"), (8193, 16, "too large")],
)
def test_that_a_size_that_no_scan_has_is_refused(rows, columns, word):
    with pytest.raises(UnreadableImage, match=word):
        check_size(Path("head.png"), rows, columns)


def test_that_the_outermost_sizes_are_taken():
    check_size(Path("head.png"), 16, 8192)


@pytest.mark.parametrize(("frame", "count"), [(0, 1), (2, 1), (10, 9)])
def test_that_a_frame_that_there_is_not_is_refused(frame, count):
    with pytest.raises(UnreadableImage, match=f"no frame {frame}"):
        check_frame(Path("loop.dcm"), frame, count)


@pytest.mark.parametrize("raised", [ValueError, SyntaxError, MemoryError, RecursionError])
def test_that_whatever_a_decoder_raises_is_a_sentence_without_its_message(raised):
    with (
        pytest.raises(UnreadableImage) as refused,
        foreign_decoder(Path("head.png"), "PNG"),
    ):
        raise raised("Mrs Jones")

    assert "Jones" not in str(refused.value)
    assert refused.value.remedy
    assert isinstance(refused.value.__cause__, raised)


def test_that_a_refusal_of_our_own_passes_as_it_is():
    own = UnreadableImage("head.png is empty.", "Copy it again.")

    with pytest.raises(UnreadableImage) as refused, foreign_decoder(Path("head.png"), "PNG"):
        raise own

    assert refused.value is own
