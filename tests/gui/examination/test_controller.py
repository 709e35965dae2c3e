"""Nothing is filed before it is accepted, and each change to the examination is one step."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.image.calibration import Calibration
from fhc_desktop.domain.image.geometry import Handle
from tests.gui.hand import Drag, do, drag_handle, enter, exam, outline, place_of, settle

pytestmark = pytest.mark.gui


def test_that_nothing_is_logged_before_accepting(qtbot, dated, logged):
    drag_handle(dated.image_view, Handle.A_END, 20, 0)
    do(dated, "undo")
    do(dated, "redo")
    enter(qtbot, dated.side_panel.patient.name, "Erika")

    assert logged() == []
    assert not dated.actions_by_name["export"].isEnabled()
    assert "not accepted" in dated.side_panel.measurement.state_text


def test_that_the_usual_way_is_one_key(qtbot, dated, logged):
    qtbot.keyClick(dated.image_view, Qt.Key.Key_Return)
    settle(dated)

    assert len(logged()) == 1
    assert dated.side_panel.measurement.state_text == "✓ Accepted, logged"
    qtbot.keyClick(dated.image_view, Qt.Key.Key_Return)
    settle(dated)
    assert len(logged()) == 1


def test_that_the_log_keeps_how_it_came_to_the_acceptance(named, logged):
    do(named, "accept")

    (entry,) = logged()
    known = entry.circumstances
    assert known.seconds_to_accept >= 0
    assert known.scanner_model == exam(named).study.device
    assert known.numbers_hidden is False
    assert known.utc_offset_seconds is not None


CHANGES = {
    "outline": lambda w: drag_handle(w.image_view, Handle.B_END, 0, 15),
    "patient": lambda w: w.controller.set_patient(exam(w).patient.__class__("4", "Erika")),
    "dating": lambda w: w.controller.set_dating(Dating.from_edd(date(2026, 10, 1))),
    "scale": lambda w: w.scales.set_pixel_size(0.4, 0.4),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_that_a_change_after_accepting_needs_accepting_again_and_supersedes(dated, change, logged):
    do(dated, "accept")
    change(dated)

    assert not exam(dated).is_accepted
    assert "accept again" in dated.side_panel.measurement.state_text
    assert not dated.actions_by_name["export"].isEnabled()
    assert len(logged()) == 1
    do(dated, "accept")

    newest, first = logged()
    assert newest.supersedes == first.entry_id
    assert first.superseded_by == newest.entry_id
    assert dated.actions_by_name["export"].isEnabled()


def test_that_undoing_the_change_is_what_was_accepted_again(dated, logged):
    do(dated, "accept")
    drag_handle(dated.image_view, Handle.B_END, 0, 15)
    do(dated, "undo")

    assert exam(dated).is_accepted
    assert dated.actions_by_name["export"].isEnabled()
    assert len(logged()) == 1


def test_that_an_outline_under_the_hand_is_already_not_the_accepted_one(dated):
    do(dated, "accept")

    dated.controller.preview_outline(exam(dated).outline_px.grown(2))

    assert not dated.actions_by_name["export"].isEnabled()
    dated.controller.cancel_preview()
    assert dated.actions_by_name["export"].isEnabled()


def test_that_what_a_log_that_fails_cannot_take_waits_for_it_and_is_accepted(
    dated, folders, logged
):
    database = next((folders.data / "log").glob("*.sqlite3"))
    aside = database.with_suffix(".aside")
    database.rename(aside)

    do(dated, "accept")

    assert dated.side_panel.measurement.state_text == "▲ Accepted, waits to be logged"
    assert "was renamed or moved while it was open" in dated.message_bar.text
    assert "1 measurement waits to be logged: " in dated.status_line.log_text
    assert dated.actions_by_name["export"].isEnabled()
    aside.rename(database)
    do(dated, "log_again")
    (entry,) = logged()
    assert entry.entry_id == exam(dated).acceptance.entry_id
    assert dated.side_panel.measurement.state_text == "✓ Accepted, logged"


def test_that_the_numbers_follow_while_the_hand_still_moves(qtbot, opened):
    measured = opened.side_panel.measurement

    def follows():
        return measured.hc_text == f"{opened.controller.exam.measurement.hc_mm:.1f} mm"

    seen = [measured.hc_text]
    view = opened.image_view

    held = Drag(view, place_of(view, Handle.B_END))
    for _ in range(3):
        held.by(0, 9)
        qtbot.waitUntil(follows)  # with the screen's next frame
        seen.append(measured.hc_text)
    assert not opened.controller.screen.can_undo
    assert len(set(seen)) == 4
    held.drop()

    assert measured.hc_text == seen[-1]
    assert opened.controller.screen.can_undo


def test_that_the_numbers_are_those_of_the_outline_that_was_let_go(opened):
    view = opened.image_view
    held = Drag(view, place_of(view, Handle.B_END))
    for _ in range(9):
        held.by(0, 3)

    held.drop()

    measured = opened.side_panel.measurement
    assert measured.hc_text == f"{exam(opened).measurement.hc_mm:.1f} mm"


def test_that_what_was_undone_is_gone_after_another_change(opened):
    drag_handle(opened.image_view, Handle.CENTER, 30, 0)
    do(opened, "undo")
    drag_handle(opened.image_view, Handle.CENTER, 0, 30)

    assert not opened.actions_by_name["redo"].isEnabled()


def test_that_reset_takes_the_models_outline_again_as_one_step(opened):
    proposed = outline(opened)
    assert not opened.actions_by_name["reset"].isEnabled()
    drag_handle(opened.image_view, Handle.A_END, 30, 0)
    drag_handle(opened.image_view, Handle.CENTER, 5, 5)
    edited = outline(opened)
    assert "Edited" in opened.side_panel.measurement.state_text

    do(opened, "reset")

    assert outline(opened) == proposed
    assert "Proposed" in opened.side_panel.measurement.state_text
    do(opened, "undo")
    assert outline(opened) == edited


def test_that_without_an_outline_there_is_no_number_and_nothing_to_accept(opened):
    do(opened, "delete")

    assert opened.side_panel.measurement.hc_text == "–"
    assert not opened.actions_by_name["accept"].isEnabled()


def test_that_the_scale_of_the_file_stays_whatever_is_done_to_the_outline(opened):
    scale = opened.controller.exam.calibration
    assert isinstance(scale, Calibration)

    drag_handle(opened.image_view, Handle.CENTER, 30, 0)

    assert opened.controller.exam.calibration == scale
