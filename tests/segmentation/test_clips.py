"""The shipped network and the consensus over drawn clips of known HC, half of them spoilt."""

from pathlib import Path

import numpy as np
import pytest

from fhc_desktop.domain.examination.consensus import consensus
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.frame_reading import FrameReading
from fhc_desktop.domain.image.calibration import Calibration, CalibrationSource
from fhc_desktop.domain.image.ultrasound_image import ImageSource, UltrasoundImage
from fhc_desktop.workflow.proposing import LazySegmenter
from tests.clips import DrawnClip

pytestmark = pytest.mark.model


def read(frame, number, mm_per_pixel, segmenter):
    source = ImageSource(Path("clip.dcm"), "0" * 64, number, 99)
    scale = Calibration(mm_per_pixel, mm_per_pixel, CalibrationSource.TYPED)
    exam = Examination(UltrasoundImage(frame.gray, source), manual_calibration=scale)
    return FrameReading.of(exam.with_proposal(segmenter.propose(exam.image)))


@pytest.mark.parametrize(
    ("clips", "frames"),
    [(2, 8), pytest.param(120, 16, marks=[pytest.mark.slow, pytest.mark.timeout(3600)])],
)
def test_that_half_of_the_frames_may_be_spoilt(clips, frames):
    segmenter, errors = LazySegmenter(), []
    for seed in range(clips):
        clip = DrawnClip.of(1000 + seed, frame_count=frames, spoilt=frames // 2)
        readings = [
            read(frame, number, clip.mm_per_pixel, segmenter)
            for number, frame in enumerate(clip.frames(), start=1)
        ]
        errors.append(abs(consensus(readings).hc_mm / clip.hc_mm - 1))

    assert np.mean(np.array(errors) <= 0.01) >= 0.95
