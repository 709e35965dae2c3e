"""A log of its own, and a head that was outlined, for each test."""

import pytest

from fhc_desktop.storage.log.measurement_log import MeasurementLog
from fhc_desktop.workflow.batch import MeasureOptions, measured
from tests.fakes import FakeSegmenter
from tests.heads import SMALL_OUTLINE_PX, small_phantom, write_dicom
from tests.reading import READERS


@pytest.fixture
def log(tmp_path):
    opened = MeasurementLog.open(tmp_path / "data")
    yield opened
    opened.close()


@pytest.fixture
def exam(tmp_path):
    path = write_dicom(small_phantom(), tmp_path / "head.dcm")
    return measured(path, FakeSegmenter(SMALL_OUTLINE_PX), MeasureOptions(), readers=READERS)
