"""Marks in the picture propose its scale; one click, and no less, puts it in force."""

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt

from fhc_desktop.domain.image.calibration import CalibrationSource
from tests.gui.hand import do, open_and_wait
from tests.heads import write_pixel_size_table
from tests.imaging.drawn_texts import write_words

pytestmark = pytest.mark.gui
STEP_PX = 30
MM_PER_PIXEL = 5 / STEP_PX


@pytest.fixture
def marked(tmp_path):
    """A picture with nothing but a scale of short, middle and long marks, 5 mm apart."""
    gray = np.zeros((480, 640), np.uint8)
    for number in range(15):
        length = 9 if number % 10 == 2 else 4 if number % 2 == 0 else 2
        gray[12 + STEP_PX * number, 28 : 28 + length] = 255
    folder = tmp_path / "marked"
    folder.mkdir()
    Image.fromarray(gray).save(folder / "marked.png")
    return folder / "marked.png"


@pytest.fixture
def opened(qtbot, window, marked):
    open_and_wait(qtbot, window, marked)
    return window


def test_that_a_proposed_scale_is_said_and_framed_but_gives_no_millimetres(opened):
    panel = opened.side_panel.calibration

    assert "15 marks, 5 mm apart" in panel.depth_marks.text
    assert f"{MM_PER_PIXEL:.4f} mm/px" in panel.depth_marks.text
    assert "pixels only" in panel.text
    assert "px" in opened.side_panel.measurement.hc_text
    assert len(opened.image_view.depth_marks_item.frames) == 15
    assert opened.image_view.depth_marks_item.isVisible()


def test_that_a_depth_text_that_agrees_is_part_of_the_proposal(qtbot, window, marked):
    with Image.open(marked) as picture:
        gray = np.asarray(picture)
    # The marks reach 70 mm; 10 mm apart they would reach 140.
    Image.fromarray(write_words(gray, "22Hz/7.6cm", left=400, top=20)).save(marked)

    open_and_wait(qtbot, window, marked)

    assert (
        "; depth text 7.6 cm agrees. Not in force" in window.side_panel.calibration.depth_marks.text
    )


def test_that_each_mark_lies_within_its_frame(opened):
    frames = opened.image_view.depth_marks_item.frames

    for number, frame in enumerate(frames):
        assert frame.contains(29, 12 + STEP_PX * number)


def test_that_one_click_puts_the_scale_in_force_and_undo_takes_it_back(qtbot, opened):
    panel = opened.side_panel.calibration

    qtbot.mouseClick(panel.depth_marks.use, Qt.MouseButton.LeftButton)

    found = opened.controller.exam.manual_calibration
    assert found.source is CalibrationSource.DEPTH_MARKS
    assert found.mm_per_row == pytest.approx(MM_PER_PIXEL, rel=0.001)
    assert "from the depth marks, confirmed by the user" in panel.text
    assert panel.depth_marks.text == ""
    assert not opened.image_view.depth_marks_item.isVisible()
    shown = opened.side_panel.measurement.hc_text
    assert shown == f"{opened.controller.exam.measurement.hc_mm:.1f} mm"

    do(opened, "undo")

    assert "px" in opened.side_panel.measurement.hc_text
    assert panel.depth_marks.text
    do(opened, "redo")
    assert "mm" in opened.side_panel.measurement.hc_text


def test_that_the_scale_is_confirmed_by_key_and_given_up_for_the_files(qtbot, opened):
    qtbot.keyClick(opened.image_view, Qt.Key.Key_M)
    assert opened.controller.exam.manual_calibration is not None

    do(opened, "file_scale")

    assert opened.controller.exam.manual_calibration is None
    assert opened.side_panel.calibration.depth_marks.text


def test_that_a_picture_without_marks_offers_nothing(qtbot, window, uncalibrated):
    open_and_wait(qtbot, window, uncalibrated)

    assert window.side_panel.calibration.depth_marks.text == ""
    assert not window.actions_by_name["depth_marks"].isEnabled()
    assert not window.image_view.depth_marks_item.isVisible()


def test_that_a_files_own_scale_is_not_offered_another_but_held_against_the_marks(
    qtbot, window, marked
):
    write_pixel_size_table(marked.parent, {"marked.png": 2 * MM_PER_PIXEL})

    open_and_wait(qtbot, window, marked)

    assert window.side_panel.calibration.depth_marks.text == ""
    assert "check the calibration" in " ".join(window.side_panel.remarks.texts)


def test_that_an_accepted_scale_from_marks_comes_back_from_the_log(qtbot, opened, logged):
    do(opened, "depth_marks")
    do(opened, "accept")
    (entry,) = logged()

    with qtbot.waitSignal(opened.controller.opened):
        opened.controller.open_entry(entry)

    exam = opened.controller.exam
    assert exam.is_accepted
    assert exam.manual_calibration.source is CalibrationSource.DEPTH_MARKS
