"""Rows of a batch: a frame of a file with a name, and a file that failed."""

from dataclasses import replace
from pathlib import Path

from fhc_desktop.domain.image.ultrasound_image import ImageSource
from fhc_desktop.reporting.batch.batch import FailedFile, MeasuredFrame
from tests.reporting.examinations import image, proposed

FAILED = FailedFile(Path("/scans/torn.png"), "torn.png ends too early.", "Copy it again.")


def named(path, exam=None):
    exam = exam or proposed()
    source = ImageSource(Path(path), "ab12" * 16)
    return MeasuredFrame.of(replace(exam, image=image(source=source)))
