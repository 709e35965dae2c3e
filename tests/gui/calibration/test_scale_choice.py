"""A file that contradicts itself gives no millimetres before the user has chosen."""

import pydicom
import pytest
from PySide6.QtCore import Qt

from tests.gui.hand import do, open_and_wait
from tests.heads import write_dicom

pytestmark = pytest.mark.gui


@pytest.fixture
def contradicting(tmp_path, phantom):
    path = tmp_path / "torn.dcm"
    write_dicom(phantom, path)
    dataset = pydicom.dcmread(path)
    dataset.PixelSpacing = [0.5, 0.5]
    dataset.save_as(path)
    return path


def test_that_the_user_says_which_scale_of_a_contradictory_file_is_right(
    qtbot, window, contradicting, phantom
):
    open_and_wait(qtbot, window, contradicting)
    panel = window.side_panel.calibration
    assert "contradicts itself" in panel.text
    assert "px" in window.side_panel.measurement.hc_text
    region, spacing = panel.choice.buttons
    assert f"{phantom.mm_per_pixel:.4f}" in region.text()
    assert "0.5000" in spacing.text()

    qtbot.mouseClick(region, Qt.MouseButton.LeftButton)

    assert "mm" in window.side_panel.measurement.hc_text
    assert "chosen by the user" in panel.text
    assert f"confirmed by {window.controller.operator}" in panel.text
    assert panel.choice.isHidden()
    do(window, "file_scale")
    assert "contradicts itself" in panel.text
    assert panel.choice.isVisible()


def test_that_the_choice_comes_back_with_the_log_entry(qtbot, window, contradicting, logged):
    open_and_wait(qtbot, window, contradicting)
    qtbot.mouseClick(window.side_panel.calibration.choice.buttons[1], Qt.MouseButton.LeftButton)
    do(window, "accept")
    (entry,) = logged()

    with qtbot.waitSignal(window.controller.opened):
        window.controller.open_entry(entry)

    assert window.controller.exam.is_accepted
    assert "PixelSpacing, chosen by the user" in window.side_panel.calibration.text
