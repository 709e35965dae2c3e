"""How an image is shown is the hand's own matter: kept with the image, and nothing measured."""

import numpy as np
import pydicom
import pytest
from PySide6.QtCore import QPoint, Qt

from fhc_desktop.domain.image.display import Display, GreyWindow
from fhc_desktop.domain.image.geometry import Handle
from tests.fakes import FakeSegmenter
from tests.gui.hand import (
    PATIENCE_MS,
    Drag,
    do,
    exam,
    has_proposal,
    in_view,
    open_and_wait,
    open_dialogs,
    outline,
    place_of,
    proposal_awaited,
)
from tests.heads import write_cine, write_dicom

pytestmark = pytest.mark.gui
KEYS, NONE = Qt.Key, Qt.KeyboardModifier.NoModifier
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
RIGHT = Qt.MouseButton.RightButton
EVERYTHING = Display(GreyWindow(124, 188), 1.1, is_inverted=True, is_smooth=True)


def display(window):
    return window.controller.screen.display


def seen_grey(window, column=15, row=10):
    """The grey that the screen has where a pixel of the picture is."""
    view = window.image_view
    picture = view.grab().toImage()
    return picture.pixelColor(in_view(view, column, row)).red()


def press(qtbot, window, key, modifiers=NONE):
    qtbot.keyClick(window.image_view, key, modifiers)


def drag_right(window, dx, dy):
    view = window.image_view
    Drag(view, in_view(view, 100, 65), button=RIGHT).by(dx, dy).drop()


def come_back(qtbot, window, path):
    with qtbot.waitSignal(window.controller.opened, timeout=PATIENCE_MS):
        window.open(path)


# The walks ----------------------------------------------------------------------------------------


def change_everything_by_keys(qtbot, window):
    press(qtbot, window, KEYS.Key_W)
    press(qtbot, window, KEYS.Key_Up, ALT)
    press(qtbot, window, KEYS.Key_Down, ALT)
    press(qtbot, window, KEYS.Key_Left, ALT)
    press(qtbot, window, KEYS.Key_G)
    press(qtbot, window, KEYS.Key_I)
    press(qtbot, window, KEYS.Key_S)


def test_that_by_keys_alone_everything_is_changed_and_one_key_takes_it_back(qtbot, opened):
    before = opened.image_view.grab().toImage()
    assert not opened.image_view.is_smooth  # a small picture is enlarged

    change_everything_by_keys(qtbot, opened)

    assert display(opened) == Display(GreyWindow(96, 188), 1.1, is_inverted=True, is_smooth=True)
    assert opened.image_view.grab().toImage() != before
    press(qtbot, opened, KEYS.Key_O)
    assert display(opened) == Display()
    assert opened.image_view.grab().toImage() == before
    assert open_dialogs(opened) == []


def test_that_the_presets_come_one_after_the_other_by_key(qtbot, opened):
    seen = []
    for _ in range(5):
        press(qtbot, opened, KEYS.Key_W)
        seen.append(display(opened).window)
    assert len(set(seen)) == 5
    assert seen[-1] == GreyWindow()

    press(qtbot, opened, KEYS.Key_W, SHIFT)
    assert display(opened).window == seen[-2]


def test_that_by_mouse_level_and_width_follow_the_right_button(opened):
    drag_right(opened, -40, -12)

    assert display(opened) == Display(GreyWindow(116, 216))
    readout = opened.display.readout.text().replace("\u2007", "")
    assert "L 116  W 216" in readout


def test_that_the_picture_and_the_figures_follow_while_the_button_is_held(qtbot, opened):
    view = opened.image_view
    bright = np.unravel_index(np.argmin(abs(exam(opened).image.gray.astype(int) - 90)), (135, 200))
    row, column = (int(place) for place in bright)
    before = seen_grey(opened, column, row)

    drag = Drag(view, in_view(view, 100, 65), button=RIGHT).by(-140, 0)

    qtbot.waitUntil(lambda: "W 116" in opened.display.readout.text())
    assert seen_grey(opened, column, row) != before
    assert display(opened) == Display()
    drag.drop()
    assert display(opened) == Display(GreyWindow(128, 116))


def test_that_by_mouse_a_preset_and_the_inversion_are_taken_from_the_menu(opened):
    menu = opened.display.presets

    menu.actions()[2].trigger()
    do(opened, "invert")

    assert display(opened) == Display(GreyWindow(48, 96), is_inverted=True)
    assert menu.actions()[2].isChecked()


def test_that_escape_leaves_a_window_in_the_hand_as_it_was_before(qtbot, opened):
    view = opened.image_view
    do(opened, "invert")
    before = view.grab().toImage()
    drag = Drag(view, in_view(view, 100, 65), button=RIGHT).by(-140, 30)

    press(qtbot, opened, KEYS.Key_Escape)
    drag.by(-20, 0).drop()

    assert display(opened) == Display(is_inverted=True)
    assert view.grab().toImage() == before
    assert "L 128" in opened.display.readout.text()


def test_that_a_click_with_the_right_button_changes_nothing(opened):
    before = opened.controller.screen

    drag_right(opened, 0, 0)

    assert opened.controller.screen == before


def test_that_the_left_button_takes_nothing_while_the_right_one_holds_the_window(qtbot, opened):
    view, before = opened.image_view, outline(opened)
    held = Drag(view, in_view(view, 100, 65), button=RIGHT).by(10, 0)
    Drag(view, place_of(view, Handle.A_END)).by(30, 0).drop()
    held.by(10, 0).drop()

    assert outline(opened) == before
    assert display(opened).window.width > 256


# What is measured ---------------------------------------------------------------------------------


class Watched(FakeSegmenter):
    """Notes the bytes of each picture that it was shown."""

    def __init__(self, outline_px):
        super().__init__(outline_px)
        self.seen = []

    def propose(self, image):
        self.seen.append((image.gray.tobytes(), image.color))
        return super().propose(image)


def test_that_neither_what_the_model_sees_nor_the_number_changes_with_the_display(
    qtbot, start, phantom, calibrated
):
    watched = Watched(phantom.outline_px)
    window = start(segmenter=watched)
    open_and_wait(qtbot, window, calibrated)
    first, number = exam(window), window.side_panel.measurement.hc_text

    change_everything_by_keys(qtbot, window)
    drag_right(window, 33, 44)
    with qtbot.waitSignal(window.controller.proposed, timeout=PATIENCE_MS):
        window.controller.propose()
    again = exam(window)

    assert watched.seen[0] == watched.seen[1]
    assert watched.seen[0][0] == phantom.gray.tobytes()
    assert again.image is first.image
    assert again.image.pixels_sha256 == first.image.pixels_sha256
    assert (again.outline_px, again.measurement) == (first.outline_px, first.measurement)
    assert window.side_panel.measurement.hc_text == number


def test_that_the_display_is_no_step_of_undo_and_needs_no_new_acceptance(qtbot, dated):
    do(dated, "accept")
    can_undo = dated.controller.screen.can_undo

    change_everything_by_keys(qtbot, dated)

    assert dated.controller.screen.can_undo is can_undo
    assert exam(dated).is_accepted
    assert dated.controller.screen.unfinished == ()


# What is kept -------------------------------------------------------------------------------------


def test_that_the_log_keeps_how_the_picture_was_shown_when_it_was_accepted(qtbot, dated, logged):
    press(qtbot, dated, KEYS.Key_I)
    do(dated, "accept")
    press(qtbot, dated, KEYS.Key_I)

    assert logged()[0].circumstances.display_state == "inverted"


def test_that_each_image_keeps_its_own_display_while_others_are_looked_at(
    qtbot, opened, calibrated, uncalibrated
):
    change_everything_by_keys(qtbot, opened)
    first = display(opened)
    open_and_wait(qtbot, opened, uncalibrated)
    assert display(opened) == Display()
    do(opened, "invert")

    come_back(qtbot, opened, calibrated)
    assert display(opened) == first
    come_back(qtbot, opened, uncalibrated)

    assert display(opened) == Display(is_inverted=True)


def test_that_the_display_is_found_again_after_a_crash(qtbot, start, opened, calibrated):
    change_everything_by_keys(qtbot, opened)
    before = display(opened)
    assert opened.controller.desk.flush()

    later = start()

    assert later.controller.screen.unfinished == ()
    come_back(qtbot, later, calibrated)
    assert display(later) == before


def test_that_an_unfinished_image_is_found_with_its_display_at_the_next_start(
    qtbot, start, opened, calibrated
):
    press(qtbot, opened, KEYS.Key_Right)
    do(opened, "invert")
    opened.close()

    later = start()
    come_back(qtbot, later, calibrated)

    assert display(later) == Display(is_inverted=True)


def test_that_what_was_only_looked_at_is_gone_with_the_run(qtbot, start, opened, calibrated):
    do(opened, "invert")
    opened.close()

    later = start()
    open_and_wait(qtbot, later, calibrated)

    assert display(later) == Display()


def test_that_frames_of_a_loop_are_shown_alike(qtbot, window, phantom, tmp_path):
    loop = write_cine(phantom, tmp_path / "loop.dcm", frames=3)
    open_and_wait(qtbot, window, loop)
    with proposal_awaited(qtbot, window):
        do(window, "next_frame")
    change_everything_by_keys(qtbot, window)
    shown = display(window)

    def go(key, frame):
        press(qtbot, window, key)
        qtbot.waitUntil(
            lambda: has_proposal(exam(window)) and exam(window).image.source.frame == frame,
            timeout=PATIENCE_MS,
        )

    go(KEYS.Key_Comma, 1)
    assert display(window) == shown
    go(KEYS.Key_Period, 2)
    go(KEYS.Key_Period, 3)
    assert display(window) == shown


def test_that_a_second_reading_is_shown_as_the_first_one_was(dated):
    do(dated, "accept")
    do(dated, "invert")

    do(dated, "second_reading")

    assert exam(dated).is_second_reading
    assert display(dated) == Display(is_inverted=True)


# What a file offers -------------------------------------------------------------------------------


@pytest.fixture
def windowed(tmp_path, phantom):
    """A scan whose file has two windows, one of them called after the patient."""
    path = write_dicom(phantom, tmp_path / "windowed.dcm")
    dataset = pydicom.dcmread(path)
    dataset.WindowCenter, dataset.WindowWidth = [128, 100], [256, 101]
    dataset.WindowCenterWidthExplanation = ["ALL", "SKULL of Secret"]
    dataset.save_as(path)
    return path


def menu_texts(window):
    return [action.text() for action in window.display.presets.actions()]


def test_that_the_files_windows_can_be_taken_and_name_nobody_to_who_looks_on(
    qtbot, window, windowed
):
    open_and_wait(qtbot, window, windowed)
    assert menu_texts(window)[-1] == "SKULL of Secret\tlevel 100, width 101"

    window.display.presets.actions()[-1].trigger()
    assert display(window) == Display(GreyWindow(100, 101))
    do(window, "deidentified_view")

    assert menu_texts(window)[-1] == "Window 2 of the file\tlevel 100, width 101"
    assert "Secret" not in "".join(menu_texts(window))
    assert display(window) == Display(GreyWindow(100, 101))


def test_that_nothing_moves_when_the_display_changes(qtbot, opened):
    def places():
        view = opened.image_view
        corners = [in_view(view, 0, 0), in_view(view, 199, 134)]
        parts = (view, opened.side_panel, opened.status_line, opened.top_row)
        return corners, [(part.mapTo(opened, QPoint(0, 0)), part.size()) for part in parts]

    before = places()

    change_everything_by_keys(qtbot, opened)

    assert places() == before
