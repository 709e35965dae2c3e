"""What the tests of calibration share."""

import pytest

from tests.gui.hand import open_and_wait


@pytest.fixture
def opened_bare(qtbot, window, uncalibrated):
    """A window with a head in it that has no scale."""
    open_and_wait(qtbot, window, uncalibrated)
    return window
