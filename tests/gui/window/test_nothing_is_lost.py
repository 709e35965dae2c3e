"""Leaving never asks, coming back finds everything: in the run, and after whatever ended it."""

from datetime import date

import numpy as np
import pydicom
import pytest
from pydicom.encaps import encapsulate
from pydicom.uid import JPEGBaseline8Bit
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDialogButtonBox, QListWidget

from fhc_desktop.domain.dating.gestation import Dating, DatingMethod
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.image.geometry import Handle
from fhc_desktop.domain.patient import Patient
from tests.gui.hand import (
    PATIENCE_MS,
    button,
    choose_method,
    do,
    drag_handle,
    drop_files,
    enter,
    exam,
    open_and_fail,
    open_and_wait,
    open_dialogs,
    outline,
    proposal_awaited,
    visible_words,
)
from tests.heads import small_phantom, write_dicom, write_pixel_size_table, write_png
from tests.wrapping import jpeg_at_quality_90

pytestmark = pytest.mark.gui
LEFT = Qt.MouseButton.LeftButton


def come_back(qtbot, window, act):
    """Do what opens an image that was looked at before: nobody is asked for a proposal."""
    with qtbot.waitSignal(window.controller.opened, timeout=PATIENCE_MS):
        act()
    assert window.controller.screen.activity == ""


def state(window):
    """Everything about the image on the screen but the picture and what its file says of it."""
    editing = window.controller.screen
    shown = exam(window)
    panel = window.side_panel.patient
    return (
        shown.outline_px,
        shown.facts,
        shown.manual_calibration,
        shown.acceptance,
        shown.is_second_reading,
        editing.can_undo,
        editing.can_redo,
        panel.name.line.text(),
        panel.dating.line.text(),
        window.side_panel.measurement.hc_text,
        window.side_panel.measurement.state_text,
    )


def fill(qtbot, window):
    """Do something of each kind to the image."""
    drag_handle(window.image_view, Handle.A_END, 20, 5)
    panel = window.side_panel.patient
    enter(qtbot, panel.identifier, "17")
    enter(qtbot, panel.name, "Erika")
    enter(qtbot, panel.exam_date, "2026-05-20")
    enter(qtbot, panel.dating, "2026-01-01")
    window.controller.set_fetus(Fetus("B", "left"))
    window.scales.set_pixel_size(0.5, 0.5)
    do(window, "undo")


# In the run ---------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "scans"
    place.mkdir()
    for seed in (1, 2, 3):
        write_png(small_phantom(seed=seed), place / f"{seed}.png")
    write_pixel_size_table(place, {f"{seed}.png": 0.56 for seed in (1, 2, 3)})
    return place


@pytest.fixture
def listed(qtbot, window, folder):
    """A list of three images, the first of them open."""
    with qtbot.waitSignal(window.browsing.listed, timeout=PATIENCE_MS):
        window.open(folder)
    with proposal_awaited(qtbot, window):
        qtbot.keyClick(window.browsing.tree, Qt.Key.Key_Return)
    return window


def test_that_by_keys_alone_page_down_and_up_lose_nothing(qtbot, listed):
    view, keys = listed.image_view, Qt.Key
    for key in (keys.Key_Right, keys.Key_Down, keys.Key_Plus, keys.Key_BracketLeft):
        qtbot.keyClick(view, key)
    qtbot.keyClick(view, keys.Key_Z, Qt.KeyboardModifier.ControlModifier)
    enter(qtbot, listed.side_panel.patient.name, "Erika")
    before = state(listed)
    with proposal_awaited(qtbot, listed):
        qtbot.keyClick(view, keys.Key_PageDown)
    assert exam(listed).patient == Patient()
    assert listed.side_panel.patient.name.line.text() == ""

    come_back(qtbot, listed, lambda: qtbot.keyClick(view, keys.Key_PageUp))

    assert state(listed) == before
    qtbot.keyClick(view, keys.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert exam(listed).patient == Patient()
    assert open_dialogs(listed) == []


def test_that_by_mouse_another_file_and_the_way_back_lose_nothing(
    qtbot, window, calibrated, uncalibrated
):
    open_and_wait(qtbot, window, calibrated)
    fill(qtbot, window)
    before = state(window)
    with proposal_awaited(qtbot, window):
        assert drop_files(window, [uncalibrated])
    drag_handle(window.image_view, Handle.CENTER, 9, 9)
    other = state(window)

    come_back(qtbot, window, lambda: drop_files(window, [calibrated]))
    assert state(window) == before
    come_back(qtbot, window, lambda: drop_files(window, [uncalibrated]))

    assert state(window) == other


def test_that_every_step_of_a_long_history_can_be_undone_after_coming_back(
    qtbot, window, calibrated, uncalibrated
):
    open_and_wait(qtbot, window, calibrated)
    for day in range(1, 41):
        window.controller.set_dating_reason(f"letter {day}")
    open_and_wait(qtbot, window, uncalibrated)

    come_back(qtbot, window, lambda: window.open(calibrated))

    for _ in range(40):
        do(window, "undo")
    assert exam(window).dating_reason == ""
    assert not window.controller.screen.can_undo


def test_that_what_was_deleted_and_redone_comes_back_too(qtbot, window, calibrated, uncalibrated):
    open_and_wait(qtbot, window, calibrated)
    proposed = outline(window)
    drag_handle(window.image_view, Handle.CENTER, 9, 9)
    do(window, "delete")
    open_and_wait(qtbot, window, uncalibrated)

    come_back(qtbot, window, lambda: window.open(calibrated))

    assert outline(window) is None
    do(window, "undo")
    do(window, "undo")
    assert outline(window) == proposed


def test_that_a_text_that_was_not_ended_is_kept(qtbot, window, calibrated, uncalibrated):
    open_and_wait(qtbot, window, calibrated)
    line = window.side_panel.patient.name.line
    line.setFocus()
    qtbot.keyClicks(line, "Erika")

    with qtbot.waitSignal(window.controller.opened, timeout=PATIENCE_MS):
        window.open(uncalibrated)
    assert exam(window).patient == Patient()
    come_back(qtbot, window, lambda: window.open(calibrated))

    assert exam(window).patient == Patient(name="Erika")


def test_that_what_is_no_entry_yet_is_kept_with_what_is_wrong_with_it(
    qtbot, window, calibrated, uncalibrated, start
):
    open_and_wait(qtbot, window, calibrated)
    panel = window.side_panel.patient
    enter(qtbot, panel.exam_date, "31.2.2026")
    choose_method(panel, "CRL, Robinson")
    enter(qtbot, panel.dating, "2026-01-20")
    said = panel.complaint
    with qtbot.waitSignal(window.controller.opened, timeout=PATIENCE_MS):
        window.open(uncalibrated)
    assert panel.exam_date.line.text() == panel.dating.line.text() == panel.complaint == ""

    come_back(qtbot, window, lambda: window.open(calibrated))
    window.close()
    later = start()
    come_back(qtbot, later, lambda: later.open(calibrated))

    for panel in (window.side_panel.patient, later.side_panel.patient):
        assert panel.exam_date.line.text() == "31.2.2026"
        assert panel.complaint == said != ""
        assert panel.dating.line.text() == "2026-01-20"
        assert panel.method.chosen is DatingMethod.CRL_ROBINSON
    assert not later.controller.screen.can_undo
    enter(qtbot, panel.dating_entry.extra, "55")
    assert exam(later).dating.crl_mm == 55


def test_that_a_wrong_text_that_was_mended_does_not_come_back(
    qtbot, window, calibrated, uncalibrated, start
):
    open_and_wait(qtbot, window, calibrated)
    panel = window.side_panel.patient
    enter(qtbot, panel.exam_date, "31.2.2026")
    enter(qtbot, panel.dating, "soon")
    with qtbot.waitSignal(window.controller.opened, timeout=PATIENCE_MS):
        window.open(uncalibrated)
    come_back(qtbot, window, lambda: window.open(calibrated))
    enter(qtbot, panel.exam_date, "2026-05-20")
    enter(qtbot, panel.dating, "2026-01-01")
    assert window.controller.desk.flush()

    later = start()
    come_back(qtbot, later, lambda: later.open(calibrated))

    panel = later.side_panel.patient
    assert (panel.exam_date.line.text(), panel.complaint) == ("2026-05-20", "")
    assert panel.dating.line.text() == "2026-01-01"


def test_that_an_outline_in_the_hand_is_kept(qtbot, window, calibrated, uncalibrated):
    open_and_wait(qtbot, window, calibrated)
    held = outline(window).grown(4)
    window.controller.preview_outline(held)

    open_and_wait(qtbot, window, uncalibrated)
    come_back(qtbot, window, lambda: window.open(calibrated))

    assert outline(window) == held
    assert window.controller.screen.can_undo


def test_that_the_same_picture_elsewhere_is_the_same_picture(qtbot, window, calibrated, tmp_path):
    open_and_wait(qtbot, window, calibrated)
    enter(qtbot, window.side_panel.patient.name, "Erika")
    drag_handle(window.image_view, Handle.CENTER, 9, 9)
    before = outline(window)
    copy = tmp_path / "elsewhere.png"
    copy.write_bytes(calibrated.read_bytes())

    come_back(qtbot, window, lambda: window.open(copy))

    assert (outline(window), exam(window).patient.name) == (before, "Erika")
    assert exam(window).image.source.path == copy
    assert "elsewhere.png" in window.status_line.text


def test_that_another_picture_in_the_same_place_is_another_picture(qtbot, window, calibrated):
    open_and_wait(qtbot, window, calibrated)
    fill(qtbot, window)
    write_png(small_phantom(seed=5), calibrated)

    open_and_wait(qtbot, window, calibrated)

    assert exam(window).patient == Patient()
    assert not window.controller.screen.can_undo


def test_that_a_proposal_that_was_left_before_it_came_is_asked_for_again(
    qtbot, window, calibrated, uncalibrated
):
    with qtbot.waitSignal(window.controller.opened, timeout=PATIENCE_MS):
        window.open(calibrated)
    window.open(uncalibrated)
    qtbot.waitUntil(lambda: window.controller.screen.exam is not None, timeout=PATIENCE_MS)

    with proposal_awaited(qtbot, window):
        window.open(calibrated)

    assert outline(window) is not None


def test_that_opened_for_the_same_patient_what_was_entered_at_the_image_stays(
    qtbot, window, calibrated, uncalibrated
):
    open_and_wait(qtbot, window, uncalibrated)
    enter(qtbot, window.side_panel.patient.exam_date, "2026-05-20")
    open_and_wait(qtbot, window, calibrated)
    enter(qtbot, window.side_panel.patient.name, "Erika")
    enter(qtbot, window.side_panel.patient.exam_date, "2026-06-01")

    come_back(qtbot, window, lambda: window.controller.open_for_same_patient(uncalibrated))

    assert exam(window).patient.name == "Erika"
    assert exam(window).exam_date == date(2026, 5, 20)


# A loop ---------------------------------------------------------------------------------------


@pytest.fixture
def loop(tmp_path):
    """Four frames, of which the third cannot be decoded."""
    path = write_dicom(small_phantom(), tmp_path / "loop.dcm")
    frames = [jpeg_at_quality_90(small_phantom(seed=seed).gray) for seed in (1, 2, 3, 4)]
    frames[2] = bytes(np.random.default_rng(1).integers(0, 255, 500, dtype=np.uint8))
    dataset = pydicom.dcmread(path)
    dataset.NumberOfFrames = len(frames)
    dataset.PixelData = encapsulate(frames)
    dataset["PixelData"].is_undefined_length = True
    dataset.file_meta.TransferSyntaxUID = JPEGBaseline8Bit
    dataset.save_as(path)
    return path


@pytest.fixture
def looped(qtbot, window, loop):
    open_and_wait(qtbot, window, loop)
    return window


def step(qtbot, window, key):
    window.image_view.setFocus()
    with qtbot.waitSignal(window.controller.opened, timeout=PATIENCE_MS):
        qtbot.keyClick(window.image_view, key)
    qtbot.waitUntil(lambda: exam(window).proposal is not None, timeout=PATIENCE_MS)


def test_that_each_frame_keeps_its_own_outline_and_what_was_typed_holds_for_all(qtbot, looped):
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Plus):
        qtbot.keyClick(looped.image_view, key)
    first = outline(looped)
    step(qtbot, looped, Qt.Key.Key_Period)
    assert outline(looped) != first
    qtbot.keyClick(looped.image_view, Qt.Key.Key_Up)
    second = outline(looped)
    enter(qtbot, looped.side_panel.patient.dating, "2026-01-01")
    looped.controller.set_fetus(Fetus("B"))

    step(qtbot, looped, Qt.Key.Key_Comma)

    assert outline(looped) == first
    assert exam(looped).dating == Dating.from_lmp(date(2026, 1, 1))
    assert exam(looped).fetus == Fetus("B")
    do(looped, "undo")
    do(looped, "redo")
    step(qtbot, looped, Qt.Key.Key_Period)
    assert outline(looped) == second


def test_that_a_fetus_named_at_one_frame_is_not_that_of_another(qtbot, looped):
    looped.controller.set_fetus(Fetus("A"))
    step(qtbot, looped, Qt.Key.Key_Period)
    looped.controller.set_fetus(Fetus("B"))

    step(qtbot, looped, Qt.Key.Key_Comma)

    assert exam(looped).fetus == Fetus("A")


def test_that_a_frame_that_cannot_be_decoded_leaves_the_one_that_is_shown(qtbot, looped):
    step(qtbot, looped, Qt.Key.Key_Period)
    drag_handle(looped.image_view, Handle.CENTER, 9, 9)
    before = state(looped)

    with qtbot.waitSignal(looped.controller.failed, timeout=PATIENCE_MS):
        qtbot.keyClick(looped.image_view, Qt.Key.Key_Period)

    assert state(looped) == before
    assert exam(looped).image.source.frame == 2
    qtbot.waitUntil(lambda: looped.frame_bar.slider.value() == 2)
    assert "loop.dcm" in looped.message_bar.text


# What cannot be opened ------------------------------------------------------------------------


def test_that_paging_goes_on_past_an_image_that_cannot_be_opened(qtbot, listed, folder):
    drag_handle(listed.image_view, Handle.CENTER, 9, 9)
    before = state(listed)
    (folder / "2.png").write_bytes(b"no picture")

    with qtbot.waitSignal(listed.controller.failed, timeout=PATIENCE_MS):
        qtbot.keyClick(listed.image_view, Qt.Key.Key_PageDown)
    assert state(listed) == before
    assert listed.stage.currentWidget() is listed.image_view
    assert "2.png" in listed.message_bar.text

    with proposal_awaited(qtbot, listed):
        qtbot.keyClick(listed.image_view, Qt.Key.Key_PageDown)
    assert exam(listed).image.source.path.name == "3.png"


def test_that_a_proposal_still_to_come_comes_after_a_file_that_could_not_be_opened(
    qtbot, window, calibrated, tmp_path
):
    with qtbot.waitSignal(window.controller.opened, timeout=PATIENCE_MS):
        window.open(calibrated)
    with proposal_awaited(qtbot, window):
        open_and_fail(qtbot, window, tmp_path / "gone.png")

    assert outline(window) is not None
    assert "gone.png" in window.message_bar.text


# After whatever ended the program -----------------------------------------------------------------


@pytest.fixture
def unfinished(qtbot, window, calibrated):
    """A window that ended without a word, with work at one image in it."""
    open_and_wait(qtbot, window, calibrated)
    fill(qtbot, window)
    assert window.controller.desk.flush()
    return state(window)


@pytest.fixture
def later(unfinished, start):
    """The program begun again."""
    return start()


def rows(window):
    return window.start_page.unfinished


def test_that_the_start_offers_what_was_unfinished(later):
    words = rows(later).text

    assert words.startswith("1 unfinished examination\n")
    assert "Erika  ·  17" in words
    assert "head.png" in words
    assert "not accepted" in words


def test_that_by_keys_it_goes_on_where_it_was(qtbot, later, unfinished):
    assert later.focusWidget() is rows(later).rows

    come_back(qtbot, later, lambda: qtbot.keyClick(later.focusWidget(), Qt.Key.Key_Return))

    assert state(later) == unfinished
    do(later, "redo")
    assert exam(later).manual_calibration is not None


def test_that_by_mouse_it_goes_on_where_it_was(qtbot, later, unfinished):
    found = rows(later).findChild(QListWidget)
    place = found.visualItemRect(found.item(0)).center()
    qtbot.mouseClick(found.viewport(), LEFT, pos=QPoint(place.x(), place.y()))

    come_back(qtbot, later, lambda: qtbot.mouseClick(button(rows(later), "Continue"), LEFT))

    assert state(later) == unfinished


def test_that_the_file_itself_finds_it_too(qtbot, later, unfinished, calibrated):
    come_back(qtbot, later, lambda: later.open(calibrated))

    assert state(later) == unfinished


def test_that_once_accepted_it_is_offered_no_more(qtbot, later, calibrated, start, logged):
    come_back(qtbot, later, lambda: later.open(calibrated))
    do(later, "accept")
    later.close()

    assert rows(start()).text == ""
    assert len(logged()) == 1


def test_that_a_correction_goes_on_as_one(qtbot, later, calibrated, start, logged):
    come_back(qtbot, later, lambda: later.open(calibrated))
    do(later, "accept")
    drag_handle(later.image_view, Handle.B_END, 0, 9)
    assert later.controller.desk.flush()
    again = start()
    assert "changed since it was accepted" in rows(again).text

    come_back(qtbot, again, lambda: again.open(calibrated))
    assert "accept again" in again.side_panel.measurement.state_text
    do(again, "accept")

    newest, first = logged()
    assert newest.supersedes == first.entry_id


def test_that_a_picture_that_has_gone_is_told_and_the_draft_stays(
    qtbot, later, calibrated, unfinished
):
    aside = calibrated.with_suffix(".aside")
    calibrated.rename(aside)

    with qtbot.waitSignal(later.controller.failed, timeout=PATIENCE_MS):
        qtbot.keyClick(rows(later).rows, Qt.Key.Key_Return)

    assert "The unfinished examination is kept." in later.message_bar.text
    assert "Erika" in rows(later).text
    come_back(qtbot, later, lambda: later.open(aside))
    assert exam(later).patient.name == "Erika"


def test_that_another_picture_in_its_place_is_told_and_the_draft_stays(qtbot, later, calibrated):
    write_png(small_phantom(seed=5), calibrated)

    with qtbot.waitSignal(later.controller.failed, timeout=PATIENCE_MS):
        qtbot.keyClick(rows(later).rows, Qt.Key.Key_Return)

    assert "is another picture now" in later.message_bar.text
    assert exam(later) is None
    assert "Erika" in rows(later).text


def answer(qtbot, window, standard):
    (asked,) = open_dialogs(window)
    found = asked.findChild(QDialogButtonBox).button(standard)
    qtbot.mouseClick(found, LEFT)


@pytest.mark.parametrize("by_key", [False, True])
def test_that_deleting_asks_and_is_for_good(qtbot, later, start, by_key):
    def ask():
        if by_key:
            qtbot.keyClick(rows(later).rows, Qt.Key.Key_Delete)
        else:
            qtbot.mouseClick(button(rows(later), "Delete …"), LEFT)

    ask()
    answer(qtbot, later, QDialogButtonBox.StandardButton.Cancel)
    assert "Erika" in rows(later).text
    ask()
    answer(qtbot, later, QDialogButtonBox.StandardButton.Ok)

    assert rows(later).text == ""
    later.close()
    assert rows(start()).text == ""


def test_that_unfinished_examinations_are_reached_from_an_image_too(qtbot, later, uncalibrated):
    open_and_wait(qtbot, later, uncalibrated)
    drag_handle(later.image_view, Handle.CENTER, 9, 9)

    qtbot.keyClick(later.image_view, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)

    assert rows(later).text.startswith("2 unfinished examinations\n")
    assert later.stage.currentWidget() is later.start_page
    come_back(qtbot, later, lambda: qtbot.keyClick(rows(later).rows, Qt.Key.Key_Return))
    assert exam(later).image.source.path == uncalibrated


def test_that_the_deidentified_view_offers_them_without_a_name(qtbot, later, unfinished):
    do(later, "deidentified_view")

    told = f"{visible_words(later)}\n{rows(later).text}\n{rows(later).rows.item(0).text()}"
    assert "1 unfinished examination" in told
    assert not any(word in told for word in ("Erika", "17", "head.png", "2026"))
    assert not button(rows(later), "Delete …").isEnabled()
    come_back(qtbot, later, lambda: qtbot.keyClick(rows(later).rows, Qt.Key.Key_Return))
    assert exam(later).patient.name == "Erika"


def test_that_closing_the_window_keeps_what_is_being_typed(qtbot, window, calibrated, start):
    open_and_wait(qtbot, window, calibrated)
    line = window.side_panel.patient.name.line
    line.setFocus()
    qtbot.keyClicks(line, "Erika")
    window.close()

    assert "Erika" in rows(start()).text


def test_that_drafts_that_cannot_be_kept_are_told_and_stop_nothing(
    qtbot, window, folders, calibrated, logged
):
    (folders.data / "drafts").write_text("a file where the folder should be")
    open_and_wait(qtbot, window, calibrated)

    enter(qtbot, window.side_panel.patient.name, "Erika")

    qtbot.waitUntil(window.message_bar.isVisible, timeout=PATIENCE_MS)
    assert "Unfinished work is not kept on the disk" in window.message_bar.text
    do(window, "accept")
    assert len(logged()) == 1


def test_that_drafts_that_cannot_be_read_are_told_at_the_start(folders, unfinished, start):
    (folders.data / "drafts" / "drafts.key").unlink()

    later = start()

    assert "Unfinished work is not kept on the disk" in later.message_bar.text
