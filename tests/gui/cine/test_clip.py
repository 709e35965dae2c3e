"""A clip is gone through by keys alone or by mouse alone, and no frame is taken for another."""

import pydicom
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from fhc_desktop.domain.image.geometry import Ellipse
from tests.fakes import FakeSegmenter
from tests.gui.cine.clip_window import (
    frame,
    readings,
    wait_for_frame,
    wait_until_measured,
    write_frame_scales,
)
from tests.gui.hand import PATIENCE_MS, do, exam, open_and_wait, settle, visible_words
from tests.heads import write_cine

pytestmark = pytest.mark.gui
LEFT = Qt.MouseButton.LeftButton
KEY = Qt.Key
FRAMES = 8
SCALES_MM = [0.56] * 5 + [0.40] * 2 + [None]  # of the last frame nothing is said


@pytest.fixture
def cine(tmp_path, phantom):
    """A slow clip, so that a test is quicker."""
    path = write_cine(phantom, tmp_path / "loop.dcm", frames=FRAMES)
    dataset = pydicom.dcmread(path)
    dataset.FrameTime = "40"
    dataset.save_as(path)
    return path


@pytest.fixture
def looped(qtbot, window, cine):
    open_and_wait(qtbot, window, cine)
    return window


def wait_until_it_plays(qtbot, window, *, frames=2):
    shown = set()

    def has_moved():
        picture = window.clip.playback.picture
        shown.add(None if picture is None else picture.source.frame)
        return len(shown - {None}) > frames

    qtbot.waitUntil(has_moved, timeout=PATIENCE_MS)


def stopped(qtbot, window):
    qtbot.waitUntil(lambda: frame(window) is not None, timeout=PATIENCE_MS)
    return frame(window)


def test_that_a_clip_is_played_measured_and_accepted_by_keys_alone(qtbot, looped, logged):
    view = looped.image_view
    qtbot.keyClick(view, KEY.Key_Space)
    wait_until_it_plays(qtbot, looped)
    assert "25 frames/s by FrameTime" in looped.status_line.text
    qtbot.keyClick(view, KEY.Key_Space)
    stopped(qtbot, looped)

    qtbot.keyClick(view, KEY.Key_End)
    wait_for_frame(qtbot, looped, FRAMES)
    qtbot.keyClick(view, KEY.Key_Home)
    wait_for_frame(qtbot, looped, 1)
    qtbot.keyClick(view, KEY.Key_M, Qt.KeyboardModifier.ControlModifier)
    wait_until_measured(qtbot, looped)
    assert logged() == []
    qtbot.keyClick(view, KEY.Key_Period)
    wait_for_frame(qtbot, looped, 2)
    qtbot.keyClick(view, KEY.Key_Return)
    settle(looped)

    assert exam(looped).is_accepted
    assert len(logged()) == 1
    assert "Accepted" in readings(looped)[1].words


def button_of(window, words):
    found = looking_for(window.clip.bar, words)
    assert len(found) == 1, words
    return found[0]


def looking_for(bar, words):
    buttons = [one for one in bar.findChildren(QAbstractButton) if not one.isHidden()]
    return [one for one in buttons if words in f"{one.toolTip()} {one.text()}"]


def test_that_a_clip_is_played_measured_and_gone_through_by_mouse_alone(qtbot, looped):
    qtbot.mouseClick(button_of(looped, "Play: 25 frames/s"), LEFT)
    wait_until_it_plays(qtbot, looped)
    qtbot.mouseClick(button_of(looped, "Stop at this frame"), LEFT)
    stopped(qtbot, looped)

    qtbot.mouseClick(button_of(looped, "Last frame"), LEFT)
    wait_for_frame(qtbot, looped, FRAMES)
    qtbot.mouseClick(button_of(looped, "First frame"), LEFT)
    wait_for_frame(qtbot, looped, 1)
    qtbot.mouseClick(button_of(looped, "Measure all frames"), LEFT)
    wait_until_measured(qtbot, looped)
    strip = looped.clip.bar.strip
    place = strip.rect().center()
    place.setX(round(strip.x_of(5)))
    qtbot.mouseClick(strip, LEFT, pos=place)

    wait_for_frame(qtbot, looped, 5)


def test_that_while_it_plays_nothing_is_measured_shown_or_possible(qtbot, looped):
    looped.controller.set_outline(exam(looped).outline_px.grown(2))
    figure = looped.side_panel.measurement.hc_text
    assert figure.endswith("mm")
    asked = len(readings(looped))

    do(looped, "play")
    wait_until_it_plays(qtbot, looped)

    panel = looped.side_panel.measurement
    assert figure not in visible_words(looped)
    assert panel.hc_text == "–"
    assert "Numbers come" in panel.state_text
    assert looped.image_view.ellipse_item.ellipse is None
    for name in ("accept", "ruler", "draw", "delete", "left", "export", "undo", "redo"):
        assert not looped.actions_by_name[name].isEnabled(), name
    assert len(readings(looped)) == asked

    do(looped, "play")
    at = stopped(qtbot, looped)
    wait_for_frame(qtbot, looped, at)
    assert panel.hc_text.endswith("mm")


def test_that_steps_go_on_after_the_frame_on_the_screen_was_asked_for(qtbot, looped):
    strip = looped.clip.bar.strip
    place = strip.rect().center()
    place.setX(round(strip.x_of(1)))
    qtbot.mouseClick(strip, LEFT, pos=place)
    do(looped, "play")
    do(looped, "play")
    at = stopped(qtbot, looped)
    wait_for_frame(qtbot, looped, at)

    do(looped, "next_frame" if at < FRAMES else "previous_frame")

    wait_for_frame(qtbot, looped, at + 1 if at < FRAMES else at - 1)


def test_that_the_space_bar_plays_from_the_slider_too(qtbot, looped):
    looped.frame_bar.slider.setFocus()

    qtbot.keyClick(looped.frame_bar.slider, KEY.Key_Space)

    wait_until_it_plays(qtbot, looped)


def test_that_the_slider_stops_a_clip_that_plays_and_goes_there(qtbot, looped):
    do(looped, "play")
    wait_until_it_plays(qtbot, looped)

    looped.frame_bar.slider.setValue(1 if looped.frame_bar.slider.value() > 4 else 8)
    wanted = looped.frame_bar.slider.value()

    assert looped.clip.playback.picture is None
    wait_for_frame(qtbot, looped, wanted)


def test_that_another_file_ends_the_play(qtbot, looped, calibrated):
    do(looped, "play")
    wait_until_it_plays(qtbot, looped)

    open_and_wait(qtbot, looped, calibrated)

    assert looped.clip.playback.picture is None
    assert exam(looped).image.source.path == calibrated


def test_that_it_ends_at_the_last_frame_where_it_does_not_begin_again(qtbot, looped):
    do(looped, "loop")
    assert not looped.actions_by_name["loop"].isChecked()

    do(looped, "play")

    wait_for_frame(qtbot, looped, FRAMES)
    assert looped.clip.playback.picture is None


def test_that_a_still_has_nothing_to_play(opened):
    assert not opened.clip.bar.isVisible()
    for name in ("play", "loop", "measure_frames", "first_frame", "last_frame"):
        assert not opened.actions_by_name[name].isEnabled()


def test_that_each_frame_has_its_own_scale(qtbot, window, tmp_path, phantom):
    path = write_cine(phantom, tmp_path / "loop.dcm", frames=FRAMES)
    write_frame_scales(path, SCALES_MM)
    open_and_wait(qtbot, window, path)

    do(window, "measure_frames")
    wait_until_measured(qtbot, window)

    found = readings(window)
    for one, mm_per_pixel in zip(found[:-1], SCALES_MM[:-1], strict=True):
        assert one.hc_mm == pytest.approx(phantom.outline_px.perimeter * mm_per_pixel, rel=1e-3)
    assert found[-1].hc_mm is None
    assert found[-1].hc_px == pytest.approx(phantom.outline_px.perimeter, rel=1e-3)
    assert f"from 5 of {FRAMES} frames" in window.clip.bar.words
    assert f"Consensus {found[0].hc_mm:.1f} mm" in window.clip.bar.words


def test_that_a_long_uneven_clip_is_played_and_measured(qtbot, window, tmp_path, phantom):
    path = write_cine(phantom, tmp_path / "long.dcm", frames=130)
    lengthen(path, count=300)
    open_and_wait(qtbot, window, path)

    do(window, "play")
    wait_until_it_plays(qtbot, window, frames=4)
    assert "about" in window.status_line.text
    assert "by FrameTimeVector" in window.status_line.text
    do(window, "play")
    stopped(qtbot, window)
    do(window, "measure_frames")
    wait_until_measured(qtbot, window)

    assert "from 300 of 300 frames" in window.clip.bar.words


def lengthen(path, *, count):
    """Repeat a clip's frames until there are so many, and give them uneven times."""
    dataset = pydicom.dcmread(path)
    pixels = dataset.pixel_array
    dataset.NumberOfFrames = count
    dataset.PixelData = b"".join(pixels[at % len(pixels)].tobytes() for at in range(count))
    dataset.FrameTimeVector = [0, *([20, 60] * count)[: count - 1]]
    dataset.FrameIncrementPointer = 0x00181065
    dataset.save_as(path)


def test_that_a_real_clip_is_played_and_measured(qtbot, start, shared):
    window = start(segmenter=FakeSegmenter(Ellipse(480.0, 380.0, 200.0, 150.0, 0.1)))
    open_and_wait(qtbot, window, shared / "dicom" / "us" / "orthanc-tests_Issue164.dcm")

    do(window, "play")
    wait_until_it_plays(qtbot, window)
    assert "28.6 frames/s by FrameTime" in window.status_line.text
    do(window, "play")
    stopped(qtbot, window)
    do(window, "measure_frames")
    qtbot.waitUntil(lambda: len(readings(window)) >= 6, timeout=PATIENCE_MS)
    do(window, "measure_frames")

    assert {one.hc_mm is None for one in readings(window)} == {False}
    assert "of 87 frames" in window.clip.bar.words


@pytest.mark.parametrize(
    "name",
    [
        "pylibjpeg-data_JPEGLosslessP14SV1_3s_2f_u_08_08.dcm",
        "orthanc-tests_2023-04-21-RLEPlanarConfigurationYBR_FULL.dcm",
    ],
)
def test_that_every_frame_of_a_short_real_clip_is_measured(qtbot, window, shared, name):
    open_and_wait(qtbot, window, shared / "dicom" / "us" / name)
    if exam(window).image.source.frame_count == 1:
        assert not window.clip.bar.isVisible()
        return

    do(window, "measure_frames")
    wait_until_measured(qtbot, window)

    assert all(one.hc_px is not None for one in readings(window))


def test_that_the_deidentified_view_blanks_a_clip_that_plays(qtbot, looped):
    do(looped, "deidentified_view")
    do(looped, "play")
    wait_until_it_plays(qtbot, looped)

    words = visible_words(looped) + looped.status_line.text + looped.clip.bar.words
    for secret in ("Demonstration", "DEMO-001", "loop.dcm"):
        assert secret not in words
