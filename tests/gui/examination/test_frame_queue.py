"""Every step in a cine counts, and no frame lands where it was not asked for."""

from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton

from tests.fakes import FakeSegmenter
from tests.gui.hand import PATIENCE_MS, do, exam, has_proposal, open_and_wait
from tests.heads import write_cine

pytestmark = pytest.mark.gui
FRAMES = 12
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def cine(tmp_path, phantom):
    return write_cine(phantom, tmp_path / "loop.dcm", frames=FRAMES)


@pytest.fixture
def looped(qtbot, window, cine):
    open_and_wait(qtbot, window, cine)
    return window


def frame(window):
    return None if exam(window) is None else exam(window).image.source.frame


def wait_for_frame(qtbot, window, wanted):
    qtbot.waitUntil(
        lambda: frame(window) == wanted and has_proposal(exam(window)), timeout=PATIENCE_MS
    )


def test_that_five_quick_steps_by_key_are_five_frames(qtbot, looped):
    for _ in range(5):
        qtbot.keyClick(looped.image_view, Qt.Key.Key_Period)

    wait_for_frame(qtbot, looped, 6)
    for _ in range(3):
        qtbot.keyClick(looped.image_view, Qt.Key.Key_Comma)
    wait_for_frame(qtbot, looped, 3)


def test_that_five_quick_steps_by_mouse_are_five_frames(qtbot, looped):
    (forward,) = [
        one for one in looped.frame_bar.findChildren(QToolButton) if "Next" in one.toolTip()
    ]

    for _ in range(5):
        qtbot.mouseClick(forward, LEFT)

    wait_for_frame(qtbot, looped, 6)


def test_that_steps_beyond_the_last_frame_stop_at_it(qtbot, looped):
    for _ in range(2 * FRAMES):
        do_if_possible(looped, "next_frame")

    wait_for_frame(qtbot, looped, FRAMES)
    assert not looped.actions_by_name["next_frame"].isEnabled()


def do_if_possible(window, name):
    if window.actions_by_name[name].isEnabled():
        do(window, name)


def test_that_the_slider_takes_steps_by_key_and_keeps_the_keys(qtbot, looped):
    slider = looped.frame_bar.slider
    slider.setFocus()

    for _ in range(3):
        qtbot.keyClick(slider, Qt.Key.Key_Right)
    wait_for_frame(qtbot, looped, 4)

    assert slider.hasFocus()


def test_that_frames_are_shown_while_the_slider_is_dragged(qtbot, looped):
    slider, shown = looped.frame_bar.slider, []
    looped.controller.opened.connect(lambda _: shown.append(frame(looped)))
    slider.setSliderDown(True)

    for place in range(2, FRAMES + 1):
        slider.setSliderPosition(place)
        QApplication.processEvents()
    qtbot.waitUntil(lambda: frame(looped) == FRAMES, timeout=PATIENCE_MS)

    assert slider.isSliderDown()
    assert slider.value() == FRAMES
    assert shown == sorted(shown)
    assert shown[-1] == FRAMES
    slider.setSliderDown(False)


def test_that_a_frame_comes_though_the_model_still_looks_at_the_one_before(
    qtbot, start, cine, phantom
):
    gate = Event()
    window = start(segmenter=FakeSegmenter(phantom.outline_px, gate))
    with qtbot.waitSignal(window.controller.opened, timeout=PATIENCE_MS):
        window.open(cine)
    qtbot.waitUntil(lambda: "Looking" in window.controller.screen.activity)

    do(window, "next_frame")
    qtbot.waitUntil(lambda: frame(window) == 2, timeout=PATIENCE_MS)

    assert exam(window).proposal is None
    gate.set()
    wait_for_frame(qtbot, window, 2)


def test_that_a_late_frame_never_lands_on_another_image(qtbot, looped, calibrated):
    for _ in range(5):
        do(looped, "next_frame")
    open_and_wait(qtbot, looped, calibrated)

    assert exam(looped).image.source.path == calibrated
    assert frame(looped) == 1
    assert looped.frames.awaited is None
    assert not looped.frame_bar.isVisible()


def test_that_the_same_file_opened_anew_is_not_led_to_the_frame_that_was_awaited(
    qtbot, looped, cine
):
    do(looped, "next_frame")
    do(looped, "next_frame")
    open_and_wait(qtbot, looped, cine)

    wait_for_frame(qtbot, looped, 1)
    qtbot.waitUntil(lambda: looped.frame_bar.slider.value() == 1)


def test_that_a_file_that_has_gone_ends_the_steps(qtbot, looped, cine):
    cine.unlink()
    with qtbot.waitSignal(looped.controller.failed, timeout=PATIENCE_MS):
        do(looped, "next_frame")
        do(looped, "next_frame")

    qtbot.waitUntil(lambda: looped.frames.awaited is None, timeout=PATIENCE_MS)
    assert "loop.dcm" in looped.message_bar.text


def test_that_the_patient_goes_along_with_every_step(qtbot, looped):
    before = exam(looped).patient

    for _ in range(5):
        qtbot.keyClick(looped.image_view, Qt.Key.Key_Period)
    wait_for_frame(qtbot, looped, 6)

    assert exam(looped).patient == before
