"""Export de-identified: no copy before every frame was seen, and the copy is what was seen."""

import numpy as np
import pydicom
import pytest
from pydicom.uid import UltrasoundMultiFrameImageStorage
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel

from fhc_desktop.domain.image.blanking import blank
from fhc_desktop.domain.image.calibration import RegionBox
from fhc_desktop.gui.deidentify.deidentify_dialog import DeidentifyDialog
from fhc_desktop.workflow.examining import examine
from tests.gui.hand import PATIENCE_MS, Drag
from tests.heads import write_dicom
from tests.reading import READERS

pytestmark = pytest.mark.gui
FRAMES = 3


@pytest.fixture
def still(tmp_path, phantom):
    return write_dicom(phantom, tmp_path / "Anna.dcm")


@pytest.fixture
def cine(still, phantom):
    dataset = pydicom.dcmread(still)
    dataset.SOPClassUID = UltrasoundMultiFrameImageStorage
    dataset.NumberOfFrames = FRAMES
    dataset.PixelData = phantom.gray.tobytes() * FRAMES
    path = still.with_name("cine.dcm")
    dataset.save_as(path, enforce_file_format=True)
    return path


@pytest.fixture
def dialog_for(qtbot):
    def make(path, **options):
        dialog = DeidentifyDialog(None, examine(path, READERS), READERS, **options)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitExposed(dialog)
        return dialog

    return make


def place(dialog, x, y):
    return dialog.view.mapFromScene(x, y)


def draw(dialog, corner, opposite):
    Drag(dialog.view, place(dialog, *corner)).to(place(dialog, *opposite)).drop()


def save(qtbot, dialog, folder):
    with qtbot.waitSignal(dialog.accepted, timeout=PATIENCE_MS):
        dialog.save(folder)
    return pydicom.dcmread(dialog.written.path)


def test_that_nothing_is_saved_before_the_promise(dialog_for, still):
    dialog = dialog_for(still)

    assert not dialog.save_button.isEnabled()
    dialog.promise.click()
    assert dialog.save_button.isEnabled()
    dialog.promise.click()
    assert not dialog.save_button.isEnabled()


def test_that_the_promise_waits_until_every_frame_was_seen(qtbot, dialog_for, cine):
    dialog = dialog_for(cine)
    assert not dialog.promise.isEnabled()
    assert dialog.words.text() == "2 of 3 frames not seen"

    dialog.play.click()
    qtbot.waitUntil(dialog.promise.isEnabled, timeout=PATIENCE_MS)

    assert dialog.words.text() == "all frames seen"


def test_that_another_box_asks_for_another_look(qtbot, dialog_for, cine):
    dialog = dialog_for(cine)
    dialog.play.click()
    qtbot.waitUntil(dialog.promise.isEnabled, timeout=PATIENCE_MS)
    dialog.promise.click()

    draw(dialog, (40, 40), (80, 60))

    assert not dialog.promise.isChecked()
    assert not dialog.promise.isEnabled()
    assert not dialog.save_button.isEnabled()


def test_that_the_copy_is_black_where_the_dialog_was(qtbot, dialog_for, still, phantom, tmp_path):
    dialog = dialog_for(still)
    draw(dialog, (40, 40), (80, 60))
    (box,) = dialog.view.boxes
    dialog.promise.click()

    found = save(qtbot, dialog, tmp_path)

    expected = np.array(phantom.gray)
    blank(expected, [box])
    assert abs(box.left - 40) <= 1
    assert abs(box.bottom - 60) <= 1
    assert np.array_equal(found.pixel_array, expected)
    assert found.BurnedInAnnotation == "NO"
    assert dialog.written.path.name.startswith("ANON-")


def test_that_a_box_is_chosen_and_taken_away(qtbot, dialog_for, still):
    dialog = dialog_for(still)
    dialog.view.show_boxes([RegionBox(20, 20, 60, 60), RegionBox(100, 80, 150, 120)])

    qtbot.mouseClick(
        dialog.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place(dialog, 30, 30))
    )
    assert dialog.remove.isEnabled()
    qtbot.keyClick(dialog.view, Qt.Key.Key_Delete)

    assert dialog.view.boxes == (RegionBox(100, 80, 150, 120),)
    dialog.restore.click()
    assert dialog.view.boxes == ()  # the phantom's region is the whole picture


def test_that_a_copy_that_cannot_be_written_is_told_in_the_dialog(
    qtbot, dialog_for, still, tmp_path
):
    dialog = dialog_for(still)
    dialog.promise.click()

    dialog.save(tmp_path / "nowhere")

    qtbot.waitUntil(lambda: "folder does not exist" in dialog.words.text(), timeout=PATIENCE_MS)
    assert dialog.isVisible()
    assert dialog.save_button.isEnabled()


def test_that_in_the_deidentified_view_what_goes_wrong_names_no_file(qtbot, dialog_for, still):
    dialog = dialog_for(still, is_deidentified=True)
    dialog.promise.click()
    still.unlink()

    dialog.save(still.parent)

    qtbot.waitUntil(lambda: "That went wrong" in dialog.words.text(), timeout=PATIENCE_MS)
    assert "Anna" not in dialog.words.text()
    assert dialog.isVisible()


@pytest.fixture
def of_a_practice(still):
    dataset = pydicom.dcmread(still)
    dataset.Manufacturer, dataset.ManufacturerModelName = "GE Healthcare", "Praxis Roe"
    dataset.save_as(still)
    return still


@pytest.mark.parametrize("is_kept", [True, False])
def test_that_a_devices_unknown_name_stays_where_it_was_shown_and_ticked(
    qtbot, dialog_for, of_a_practice, tmp_path, is_kept
):
    dialog = dialog_for(of_a_practice)
    assert "“Praxis Roe”" in dialog.kept_names["Praxis Roe"].text()
    dialog.kept_names["Praxis Roe"].setChecked(is_kept)
    dialog.promise.click()

    found = save(qtbot, dialog, tmp_path)

    assert found.Manufacturer == "GE Healthcare"
    assert found.get("ManufacturerModelName") == ("Praxis Roe" if is_kept else None)


def test_that_the_deidentified_view_names_no_device_of_a_practice(dialog_for, of_a_practice):
    dialog = dialog_for(of_a_practice, is_deidentified=True)

    shown = [label.text() for label in dialog.findChildren(QLabel)]
    assert not dialog.kept_names
    assert any("GE Healthcare" in text for text in shown)
    assert not any("Roe" in text for text in shown)
