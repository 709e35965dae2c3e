"""The rate of a clip is read from the elements that may say it, the nearest to the truth first."""

import pytest
from pydicom.dataset import Dataset

from fhc_desktop.domain.image.frame_times import FrameTimes
from fhc_desktop.imaging.dicom.frame_times import read_frame_times
from tests.reading import load_image

UNKNOWN = FrameTimes()


def said(frame_count=3, **elements):
    dataset = Dataset()
    for keyword, value in elements.items():
        setattr(dataset, keyword, value)
    return read_frame_times(dataset, frame_count=frame_count)


@pytest.mark.parametrize(
    ("elements", "read"),
    [
        ({}, UNKNOWN),
        ({"FrameTime": "40"}, FrameTimes((40.0,), "FrameTime")),
        ({"FrameTime": "40", "CineRate": 50}, FrameTimes((40.0,), "FrameTime")),
        ({"RecommendedDisplayFrameRate": 50}, FrameTimes((20.0,), "RecommendedDisplayFrameRate")),
        ({"CineRate": 50}, FrameTimes((20.0,), "CineRate")),
        (
            {"CineRate": 50, "RecommendedDisplayFrameRate": 10},
            FrameTimes((100.0,), "RecommendedDisplayFrameRate"),
        ),
        ({"FrameTimeVector": [0, 30, 50]}, FrameTimes((30.0, 50.0, 40.0), "FrameTimeVector")),
        (
            {"FrameTimeVector": [0, 30, 50], "FrameTime": 40, "FrameIncrementPointer": 0x00181065},
            FrameTimes((30.0, 50.0, 40.0), "FrameTimeVector"),
        ),
        ({"FrameTimeVector": [0, 30, 50], "FrameTime": 40}, FrameTimes((40.0,), "FrameTime")),
    ],
)
def test_that_the_nearest_element_says_the_rate(elements, read):
    assert said(**elements) == read


@pytest.mark.parametrize(
    "elements",
    [
        {"FrameTime": "0"},
        {"FrameTime": "-40"},
        {"FrameTime": "0.0001"},
        {"CineRate": 0},
        {"FrameTimeVector": [0, 30]},
        {"FrameTimeVector": [0, 30, -10]},
        {"FrameTimeVector": [0, 0, 0]},
    ],
)
def test_that_a_rate_that_no_clip_has_is_none(elements):
    assert said(**elements) == UNKNOWN
    assert said(**elements, RecommendedDisplayFrameRate=20).source == "RecommendedDisplayFrameRate"


def test_that_a_still_has_no_rate():
    assert said(frame_count=1, FrameTime="40") == UNKNOWN


def test_that_a_real_clip_says_its_rate(shared):
    image = load_image(shared / "dicom" / "us" / "orthanc-tests_Issue164.dcm").image

    assert image.frame_times.intervals_ms == pytest.approx((34.99,), abs=0.01)
