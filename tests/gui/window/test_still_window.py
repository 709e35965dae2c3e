"""Nothing moves that she did not move: neither the picture nor what stands on the panel."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QToolButton

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.image.geometry import Handle
from fhc_desktop.gui.widgets.veil import Veil
from tests.fakes import FakeSegmenter
from tests.gui.hand import (
    PATIENCE_MS,
    Drag,
    do,
    exam,
    open_and_fail,
    open_and_wait,
    outline,
    place_of,
    proposal_awaited,
)
from tests.heads import write_cine

pytestmark = pytest.mark.gui
PROBLEM = FhcError("This cannot be. " * 20, "Do something else.")


def picture_place(window):
    """Where the picture lies in the window: its corners, its scale and the view's own place."""
    view = window.image_view
    rect = view.sceneRect()
    corners = [view.mapFromScene(corner) for corner in (rect.topLeft(), rect.bottomRight())]
    return view.mapTo(window, QPoint(0, 0)), view.size(), view.transform(), corners


def settled(window):
    """Let every layout that was asked for be made."""
    QApplication.sendPostedEvents()
    QApplication.processEvents()
    return window


def places(window):
    """The places of ten things: what is looked at, typed into and pressed."""
    settled(window)
    side = window.side_panel
    things = (
        window.top_row,
        window.busy_bar,
        window.stage,
        window.status_line,
        side,
        side.measurement,
        *side.summaries.values(),
        side.remarks,
    )
    found = [(one.mapTo(window, QPoint(0, 0)), one.size()) for one in things if one.isVisible()]
    assert len(found) == len(things)
    return found


def veil_over(window):
    return window.side_panel.findChild(Veil)


def test_that_no_message_moves_the_picture_or_the_panel(opened):
    before = picture_place(opened), places(opened)
    bar = opened.message_bar

    for tell in (
        lambda: bar.show_problem(PROBLEM),
        lambda: bar.show_hint("Drag a box round the head."),
        lambda: bar.show_step("No head.", opened.actions_by_name["ruler"]),
        lambda: do(opened, "ruler"),
        bar.dismiss,
        bar.hide,
    ):
        tell()
        assert (picture_place(settled(opened)), places(opened)) == before


def test_that_nothing_is_squeezed_while_a_file_is_read(qtbot, opened, calibrated):
    other = calibrated.with_name("other.png")
    other.write_bytes(calibrated.read_bytes())
    calibrated.with_name("pixel_size_and_HC.csv").write_text(
        "filename,pixel size(mm),head circumference (mm)\nhead.png,0.5,1\nother.png,0.5,1\n"
    )
    number = opened.side_panel.measurement.hc_text
    before = picture_place(settled(opened)), places(opened)

    with qtbot.waitSignal(opened.controller.opened, timeout=PATIENCE_MS):
        opened.open(other)
        assert opened.side_panel.measurement.hc_text == number
        assert veil_over(opened).isVisible()
        assert not opened.actions_by_name["accept"].isEnabled()
        assert (picture_place(settled(opened)), places(opened)) == before

    assert not veil_over(opened).isVisible()
    assert exam(opened).image.source.path == other


def test_that_the_outline_of_the_image_before_cannot_be_changed_while_a_file_is_read(
    qtbot, opened, calibrated
):
    view = opened.image_view
    with qtbot.waitSignal(opened.controller.opened, timeout=PATIENCE_MS):
        opened.open(calibrated)
        before = view.ellipse_item.ellipse
        Drag(view, place_of(view, Handle.A_START)).by(20, 0).drop()
        assert view.ellipse_item.ellipse == before


def test_that_a_handle_in_the_hand_is_let_go_when_another_file_is_opened(
    qtbot, opened, uncalibrated
):
    view = opened.image_view
    drag = Drag(view, place_of(view, Handle.A_START)).by(20, 0)

    open_and_wait(qtbot, opened, uncalibrated)
    drag.by(20, 0).drop()

    assert not exam(opened).is_edited


def test_that_neither_the_picture_nor_the_panel_moves_by_a_step_to_another_frame(
    qtbot, window, phantom, tmp_path
):
    open_and_wait(qtbot, window, write_cine(phantom, tmp_path / "loop.dcm", frames=3))
    before = picture_place(settled(window))
    kept = window.frame_bar.geometry(), window.frame_bar.slider.geometry()

    for wanted in (2, 3):
        with proposal_awaited(qtbot, window):
            do(window, "next_frame")
            assert window.frame_bar.isVisible()
            assert picture_place(settled(window)) == before
        assert exam(window).image.source.frame == wanted
        assert picture_place(settled(window)) == before

    assert (window.frame_bar.geometry(), window.frame_bar.slider.geometry()) == kept


def test_that_a_frame_without_a_head_leaves_the_picture_where_it_is(
    qtbot, start, calibrated, phantom
):
    segmenter = FakeSegmenter(phantom.outline_px)
    window = start(segmenter=segmenter)
    open_and_wait(qtbot, window, calibrated)
    before = picture_place(settled(window))

    segmenter.outline_px = None
    with qtbot.waitSignal(window.controller.proposed):
        window.controller.delete_outline()
        window.controller.propose()

    assert "found no head" in window.message_bar.text
    assert picture_place(settled(window)) == before


def test_that_a_message_lies_over_the_image_and_not_over_the_bar_of_frames(opened):
    opened.clip.bar.show()
    opened.frame_bar.show()
    opened.message_bar.show_problem(PROBLEM)
    settled(opened)

    bar = opened.message_bar
    lower = bar.mapTo(opened, bar.rect().bottomLeft()).y()
    assert lower < opened.frame_bar.mapTo(opened, QPoint(0, 0)).y()
    assert lower == opened.stage.mapTo(opened, opened.stage.rect().bottomLeft()).y()


def test_that_a_handle_under_a_message_can_be_dragged(opened):
    view, bar = opened.image_view, opened.message_bar
    bar.show_problem(PROBLEM)
    settled(opened)
    handle = place_of(view, Handle.CENTER)
    middle = view.mapFromGlobal(bar.mapToGlobal(bar.rect().center()))
    Drag(view, QPoint(5, 5)).by(0, middle.y() - handle.y()).drop()  # the picture is panned
    at = bar.mapFromGlobal(view.viewport().mapToGlobal(place_of(view, Handle.CENTER)))
    assert bar.rect().contains(at)
    before = outline(opened)

    Drag(SimpleNamespace(viewport=lambda: bar), at).by(30, 0).drop()

    assert outline(opened).center[0] == pytest.approx(before.center[0] + 30 / view.zoom, abs=0.01)


@pytest.mark.parametrize("place", ["image", "field"])
def test_that_a_problem_is_closed_by_escape_wherever_the_keys_are(qtbot, opened, place):
    has_keys = opened.image_view if place == "image" else opened.side_panel.patient.name.line
    has_keys.setFocus()
    opened.message_bar.show_problem(PROBLEM)

    qtbot.keyClick(has_keys, Qt.Key.Key_Escape)

    assert opened.message_bar.text == ""


def test_that_escape_lays_the_tool_down_first_and_closes_the_problem_next(qtbot, opened):
    view = opened.image_view
    opened.message_bar.show_problem(PROBLEM)
    qtbot.keyClick(view, Qt.Key.Key_R)
    assert "Draw a line" in opened.message_bar.text

    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert opened.message_bar.text.startswith("This cannot be.")

    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert opened.message_bar.text == ""


def test_that_a_problem_is_closed_by_its_button(qtbot, opened):
    opened.message_bar.show_problem(PROBLEM)

    qtbot.mouseClick(opened.message_bar.findChild(QToolButton), Qt.MouseButton.LeftButton)

    assert opened.message_bar.text == ""


def test_that_an_image_without_a_scale_offers_the_ruler(qtbot, window, uncalibrated):
    with qtbot.waitSignal(window.controller.opened):
        window.open(uncalibrated)
    assert "no scale" in window.message_bar.text

    qtbot.mouseClick(window.message_bar.step, Qt.MouseButton.LeftButton)

    assert "Draw a line" in window.message_bar.text


def test_that_an_image_with_a_scale_offers_none(opened):
    assert opened.message_bar.text == ""


def test_that_a_file_that_cannot_be_opened_is_told_on_the_first_page_too(qtbot, window, tmp_path):
    broken = tmp_path / "broken.png"
    broken.write_text("no picture")

    open_and_fail(qtbot, window, broken)

    assert window.message_bar.isVisible()
    assert "broken.png" in window.message_bar.text
