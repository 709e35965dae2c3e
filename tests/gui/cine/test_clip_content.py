"""What stands under a clip: how many frames agree on what, and what stands in the way."""

from dataclasses import replace
from pathlib import Path

import pytest

from fhc_desktop.domain.examination.frame_reading import FrameReading
from fhc_desktop.domain.image.frame_times import FrameTimes
from fhc_desktop.domain.image.ultrasound_image import ImageSource
from fhc_desktop.gui.cine.clip_content import ClipContent
from fhc_desktop.gui.examination.clip_state import ClipState
from tests.drawn_readings import reading

TIMES = FrameTimes((40.0,), "FrameTime")


def content(*readings, shown=1, count=9, **state):
    source = ImageSource(Path("/scans/Secret.dcm"), "0" * 64, shown, count)
    return ClipContent.of(source, TIMES, ClipState(readings=readings, **state))


FIVE = tuple(reading(number, 200.0 + number) for number in range(1, 6))


def test_that_a_still_has_none_of_it():
    assert content(count=1) == ClipContent()


def test_that_nothing_is_said_before_anything_is_measured():
    assert content().words == ("Frames not measured", "")
    assert content().rate == "25 frames/s by FrameTime"


def test_that_it_says_what_the_frames_agree_on_and_how_many_they_are():
    first, second = content(*FIVE).words

    assert first == "Consensus 203.0 mm from 5 of 9 frames"
    assert second.startswith("90 %: ")
    assert "spread 1.5 mm" in second
    assert second.endswith("this frame −1.0 %")


def test_that_the_frame_in_the_middle_is_not_below_it():
    assert content(*FIVE, shown=3).words[1].endswith("this frame +0.0 %")


def test_that_a_frame_that_is_not_measured_is_not_compared():
    assert "this frame" not in content(*FIVE, shown=8).words[1]


def test_that_it_says_how_far_it_has_come():
    assert content(measured=(0, 9)).words[0] == "Measuring 0 of 9 …"
    assert content(*FIVE, measured=(5, 9)).words[0].startswith("Measuring 5 of 9: consensus 203.0")


def test_that_pixels_are_no_consensus():
    in_pixels = [replace(one, hc_mm=None, interval_mm=None) for one in FIVE]

    found = content(*in_pixels)

    assert found.agreed is None
    assert found.words == ("5 of 9 frames, in pixels", "no calibration, no consensus")


def test_that_two_frames_are_too_few():
    assert content(*FIVE[:2]).words == ("2 of 9 frames measured", "consensus from 3 frames on")


@pytest.mark.parametrize("problem", ["cannot be read", ""])
def test_that_no_word_of_it_names_the_file(problem):
    found = content(*FIVE, FrameReading(6, problem=problem), measured=(6, 9))
    words = (*found.words, found.rate, *(one.words for one in found.readings))

    assert not any("Secret" in text for text in words)
