from dataclasses import astuple

import pytest

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.segmentation.trust.signals import SIGNAL_NAMES
from model_training.calibration import FLOORS
from model_training.out_of_fold import OutOfFold, read_rows, signal_matrix, signals_in, write_rows
from model_training.scores import HeadScore

CIRCLE = Ellipse(0.0, 0.0, 50.0, 50.0, 0.0)
FOUND = OutOfFold(2, HeadScore("found", 100.0, 101.2346, 0.98, 1.0), CIRCLE, CIRCLE, FLOORS)
MISSED = OutOfFold(
    1, HeadScore("missed", 100.0, 0.0, 0.0, None, "FETAL_PLANES_DB"), CIRCLE, None, None
)


def test_that_rows_read_back_as_they_were_written(tmp_path):
    write_rows(tmp_path / "rows.csv", [FOUND, MISSED])

    assert read_rows(tmp_path / "rows.csv") == [FOUND, MISSED]


def test_that_the_error_is_a_share_of_the_reference():
    assert FOUND.relative_error == pytest.approx(0.012346)
    assert MISSED.relative_error == 1


def test_that_signals_stand_in_rows_and_columns():
    assert signal_matrix([FLOORS, FLOORS]).tolist() == [list(astuple(FLOORS))] * 2
    assert signal_matrix([]).shape == (0, len(SIGNAL_NAMES))


def test_that_a_row_without_signals_has_none():
    assert signals_in(dict.fromkeys(SIGNAL_NAMES, "")) is None
    assert signals_in({name: str(getattr(FLOORS, name)) for name in SIGNAL_NAMES}) == FLOORS
