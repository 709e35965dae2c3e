"""A window in which everything has been entered."""

from datetime import date

import pytest

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.patient import Patient
from tests.gui.hand import do, open_and_wait

ERIKA = Patient("17", "Erika")


@pytest.fixture
def filled(qtbot, window, calibrated):
    """A window in which everything has been typed and accepted."""
    open_and_wait(qtbot, window, calibrated)
    controller = window.controller
    controller.set_patient(ERIKA)
    controller.set_exam_date(date(2026, 5, 20))
    controller.set_dating(Dating.from_lmp(date(2026, 1, 1)))
    window.scales.set_pixel_size(0.3, 0.3)
    do(window, "accept")
    return window
