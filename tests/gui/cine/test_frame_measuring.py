"""All frames are measured in the background; what a human did to one of them stays."""

import pydicom
import pytest
from pydicom.encaps import encapsulate, generate_frames
from pydicom.uid import RLELossless
from PySide6.QtCore import Qt

from fhc_desktop.domain.examination.outline_state import OutlineState
from fhc_desktop.domain.patient import Patient
from tests.fakes import FakeSegmenter
from tests.gui.cine.clip_window import frame, readings, wait_for_frame, wait_until_measured
from tests.gui.hand import PATIENCE_MS, do, exam, open_and_wait
from tests.heads import write_cine

pytestmark = pytest.mark.gui
FRAMES = 9


@pytest.fixture
def cine(tmp_path, phantom):
    return write_cine(phantom, tmp_path / "loop.dcm", frames=FRAMES)


@pytest.fixture
def looped(qtbot, window, cine):
    open_and_wait(qtbot, window, cine)
    return window


def test_that_every_frame_is_measured_and_none_is_logged(qtbot, looped, logged, phantom):
    do(looped, "measure_frames")
    wait_until_measured(qtbot, looped)

    found = readings(looped)
    assert [one.frame for one in found] == list(range(1, FRAMES + 1))
    assert all(one.hc_mm == pytest.approx(phantom.hc_mm, rel=1e-3) for one in found)
    assert {one.state for one in found} == {OutlineState.PROPOSED}
    assert logged() == []
    assert frame(looped) == 1
    assert f"from {FRAMES} of {FRAMES} frames" in looped.clip.bar.words
    assert looped.controller.screen.unfinished == ()


def test_that_a_click_on_the_strip_goes_to_its_frame_without_asking_the_model_again(
    qtbot, start, cine, phantom
):
    asked = []

    class Counting(FakeSegmenter):
        def propose(self, image):
            asked.append(image.source.frame)
            return super().propose(image)

    window = start(segmenter=Counting(phantom.outline_px))
    open_and_wait(qtbot, window, cine)
    do(window, "measure_frames")
    wait_until_measured(qtbot, window)
    strip = window.clip.bar.strip

    place = strip.rect().center()
    place.setX(round(strip.x_of(6)))
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=place)
    wait_for_frame(qtbot, window, 6)

    assert sorted(asked) == list(range(1, FRAMES + 1))


def test_that_an_edited_and_an_accepted_frame_stay_and_are_shown_as_such(qtbot, looped, logged):
    do(looped, "accept")
    do(looped, "next_frame")
    wait_for_frame(qtbot, looped, 2)
    looped.controller.set_outline(exam(looped).outline_px.grown(3))
    edited_mm = exam(looped).measurement.hc_mm
    do(looped, "next_frame")
    wait_for_frame(qtbot, looped, 3)

    do(looped, "measure_frames")
    wait_until_measured(qtbot, looped)

    first, second, third, *_ = readings(looped)
    assert first.state is OutlineState.ACCEPTED
    assert second.state is OutlineState.EDITED
    assert second.hc_mm == pytest.approx(edited_mm)
    assert third.state is OutlineState.PROPOSED
    assert len(logged()) == 1


def test_that_what_was_begun_before_the_program_ended_is_read_from_its_draft(
    qtbot, looped, cine, start
):
    do(looped, "next_frame")
    wait_for_frame(qtbot, looped, 2)
    looped.controller.set_outline(exam(looped).outline_px.grown(3))
    edited_mm = exam(looped).measurement.hc_mm
    looped.close()

    window = start()
    open_and_wait(qtbot, window, cine)
    do(window, "measure_frames")
    wait_until_measured(qtbot, window)

    assert readings(window)[1].state is OutlineState.EDITED
    assert readings(window)[1].hc_mm == pytest.approx(edited_mm)


def test_that_a_row_of_the_log_is_shown_as_accepted(qtbot, looped, cine, start):
    do(looped, "next_frame")
    wait_for_frame(qtbot, looped, 2)
    do(looped, "accept")
    looped.close()

    window = start()
    open_and_wait(qtbot, window, cine)
    do(window, "measure_frames")
    wait_until_measured(qtbot, window)

    assert [one.state for one in readings(window)][:3] == [
        OutlineState.PROPOSED,
        OutlineState.ACCEPTED,
        OutlineState.PROPOSED,
    ]


def test_that_a_scale_that_is_entered_holds_for_every_frame(qtbot, looped):
    do(looped, "measure_frames")
    wait_until_measured(qtbot, looped)
    before = [one.hc_mm for one in readings(looped)]

    looped.scales.set_pixel_size(0.28, 0.28)

    assert [one.hc_mm for one in readings(looped)] == pytest.approx(
        [mm * 0.28 / 0.56 for mm in before]
    )
    do(looped, "undo")
    assert [one.hc_mm for one in readings(looped)] == before


def test_that_a_measured_frame_takes_over_whoever_the_patient_is_by_then(qtbot, looped):
    looped.controller.set_patient(Patient("1", "Anna Muster"))
    do(looped, "measure_frames")
    wait_until_measured(qtbot, looped)

    looped.controller.set_patient(Patient("2", "Berta Beispiel"))
    do(looped, "next_frame")
    wait_for_frame(qtbot, looped, 2)

    assert exam(looped).patient.name == "Berta Beispiel"


def test_that_a_draft_that_was_deleted_is_no_longer_in_the_strip(qtbot, looped, cine):
    do(looped, "next_frame")
    wait_for_frame(qtbot, looped, 2)
    looped.controller.set_outline(exam(looped).outline_px.grown(3))
    do(looped, "previous_frame")
    wait_for_frame(qtbot, looped, 1)
    assert readings(looped)[1].state is OutlineState.EDITED

    looped.controller.leave()
    (draft,) = looped.controller.screen.unfinished
    looped.controller.discard(draft)
    open_and_wait(qtbot, looped, cine)
    do(looped, "measure_frames")
    wait_until_measured(qtbot, looped)

    assert readings(looped)[1].state is OutlineState.PROPOSED


def test_that_the_strip_tells_nothing_of_a_frame_that_is_read_a_second_time(
    qtbot, start, cine, phantom
):
    window = start(segmenter=FakeSegmenter(phantom.outline_px))
    open_and_wait(qtbot, window, cine)
    window.controller.set_outline(exam(window).outline_px.grown(3))
    do(window, "accept")
    accepted_mm = exam(window).measurement.hc_mm
    assert readings(window)[0].hc_mm == accepted_mm

    do(window, "second_reading")

    assert accepted_mm not in [one.hc_mm for one in readings(window)]


def test_that_it_is_stopped_and_gone_on_with(qtbot, looped):
    do(looped, "measure_frames")
    do(looped, "measure_frames")
    assert looped.clip.measuring.measured is None
    kept = len(readings(looped))
    assert kept < FRAMES

    do(looped, "measure_frames")
    assert looped.clip.measuring.measured[0] >= kept
    wait_until_measured(qtbot, looped)


def test_that_another_file_ends_it_and_coming_back_finds_what_was_measured(
    qtbot, looped, calibrated, cine
):
    do(looped, "measure_frames")
    wait_until_measured(qtbot, looped)
    open_and_wait(qtbot, looped, calibrated)
    assert not looped.clip.bar.isVisible()

    with qtbot.waitSignal(looped.controller.opened, timeout=PATIENCE_MS):
        looped.open(cine)

    assert len(readings(looped)) == FRAMES


def test_that_it_ends_with_the_file_that_is_left(qtbot, looped, calibrated):
    do(looped, "measure_frames")
    open_and_wait(qtbot, looped, calibrated)

    assert looped.clip.measuring.measured is None


def test_that_frames_without_a_head_are_no_part_of_the_consensus(qtbot, start, cine, phantom):
    class Sometimes(FakeSegmenter):
        def propose(self, image):
            self.outline_px = phantom.outline_px if image.source.frame % 2 else None
            return super().propose(image)

    window = start(segmenter=Sometimes(phantom.outline_px))
    open_and_wait(qtbot, window, cine)
    do(window, "measure_frames")
    wait_until_measured(qtbot, window)

    assert [one.hc_px is None for one in readings(window)] == [False, True] * 4 + [False]
    assert f"from 5 of {FRAMES} frames" in window.clip.bar.words


def test_that_a_file_that_has_gone_ends_it_with_a_sentence(qtbot, looped, cine):
    cine.unlink()

    with qtbot.waitSignal(looped.clip.failed, timeout=PATIENCE_MS):
        do(looped, "measure_frames")

    assert looped.clip.measuring.measured is None
    assert "loop.dcm" in looped.message_bar.text


def test_that_broken_frames_stop_no_other(qtbot, window, cine):
    dataset = pydicom.dcmread(cine)
    dataset.compress(RLELossless, generate_instance_uid=False)
    frames = list(generate_frames(dataset.PixelData, number_of_frames=FRAMES))
    for place in (3, 4, 5, 6):
        frames[place] = frames[place][:80]
    dataset.PixelData = encapsulate(frames)
    dataset.save_as(cine)
    open_and_wait(qtbot, window, cine)

    do(window, "measure_frames")
    wait_until_measured(qtbot, window)

    assert [one.frame for one in readings(window) if one.problem] == [4, 5, 6, 7]
    assert readings(window)[3].words == "Frame 4: cannot be read"
    assert f"from {FRAMES - 4} of {FRAMES} frames" in window.clip.bar.words
