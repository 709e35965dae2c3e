"""The same walk by keys alone and by mouse alone, and nothing moves on its way."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QToolButton

from fhc_desktop.gui.window.sections import Section
from tests.gui.hand import (
    PATIENCE_MS,
    Drag,
    choose_path,
    exam,
    has_proposal,
    in_view,
    manual,
    settle,
)
from tests.heads import write_cine

pytestmark = pytest.mark.gui
LEFT = Qt.MouseButton.LeftButton
FRAMES = 8


@pytest.fixture
def cine(tmp_path, phantom):
    return write_cine(phantom, tmp_path / "loop.dcm", frames=FRAMES)


def frame_is(window, wanted):
    present = exam(window)
    return has_proposal(present) and present.image.source.frame == wanted


class Stillness:
    """Sees that window and picture stay where they were at the beginning."""

    def __init__(self, window):
        self._window = window
        self._before = self._places()

    def check(self):
        assert self._places() == self._before

    def _places(self):
        window, view = self._window, self._window.image_view
        QApplication.sendPostedEvents()
        QApplication.processEvents()
        parts = (
            window.top_row,
            window.busy_bar,
            window.stage,
            view,
            window.frame_bar,
            window.frame_bar.slider,
            window.side_panel,
            window.side_panel.measurement,
            window.side_panel.chart,
            window.side_panel.remarks,
            *window.side_panel.summaries.values(),
            window.status_line,
        )
        corners = [view.mapFromScene(corner) for corner in (QPoint(0, 0), QPoint(200, 135))]
        across = [(part.mapTo(window, QPoint(0, 0)).x(), part.width()) for part in parts]
        down = [(part.mapTo(window, QPoint(0, 0)).y(), part.height()) for part in parts]
        return across, down, corners, view.transform()


def test_that_a_cine_is_measured_by_keys_alone_and_nothing_moves(qtbot, window, cine, logged):
    choose_path(cine)
    qtbot.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: frame_is(window, 1), timeout=PATIENCE_MS)
    with qtbot.waitActive(window):
        window.activateWindow()  # a desktop does so when the dialog has closed
    still, view, field = Stillness(window), window.image_view, window.scales.ruler.field

    for _ in range(5):
        qtbot.keyClick(view, Qt.Key.Key_Period)
        still.check()
    qtbot.waitUntil(lambda: frame_is(window, 6), timeout=PATIENCE_MS)
    still.check()
    qtbot.keyPress(view, Qt.Key.Key_H)
    qtbot.keyRelease(view, Qt.Key.Key_H)

    qtbot.keyClick(view, Qt.Key.Key_R)
    still.check()
    qtbot.keyClick(view, Qt.Key.Key_R)
    qtbot.keyClick(field.line, Qt.Key.Key_Left)
    qtbot.keyClicks(field.line, "9000")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert "No scan" in field.refusal
    still.check()
    qtbot.keyClicks(field.line, "40")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert manual(window) is not None

    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert window.message_bar.text == ""
    qtbot.keyClick(view, Qt.Key.Key_Return)
    settle(window)
    assert exam(window).is_accepted
    assert len(logged()) == 1
    still.check()
    qtbot.keyClick(view, Qt.Key.Key_F9)
    assert window.header_number.text().startswith("▲ HC ")  # the file says another scale


def tool_button(widget, hint):
    return next(one for one in widget.findChildren(QToolButton) if hint in one.toolTip())


def test_that_a_cine_is_measured_by_mouse_and_nothing_moves(qtbot, window, cine, logged):
    choose_path(cine)
    qtbot.mouseClick(tool_button(window.top_row, "Open an image"), LEFT)
    qtbot.waitUntil(lambda: frame_is(window, 1), timeout=PATIENCE_MS)
    with qtbot.waitActive(window):
        window.activateWindow()  # a desktop does so when the dialog has closed
    still, view, field = Stillness(window), window.image_view, window.scales.ruler.field

    forward = tool_button(window.frame_bar, "Next")
    for _ in range(5):
        qtbot.mouseClick(forward, LEFT)
        still.check()
    qtbot.waitUntil(lambda: frame_is(window, 6), timeout=PATIENCE_MS)
    still.check()

    qtbot.mouseClick(window.side_panel.summaries[Section.CALIBRATION], LEFT)
    qtbot.mouseClick(window.side_panel.calibration.draw_ruler, LEFT)
    still.check()
    Drag(view, in_view(view, 20, 30)).to(in_view(view, 100, 30)).drop()
    Drag(view, in_view(view, 100, 30)).to(in_view(view, 120, 30)).drop()
    qtbot.keyClicks(field.line, "50")  # a length has to be typed
    qtbot.mouseClick(tool_button(field, "Use this length"), LEFT)
    assert manual(window).mm_per_column == pytest.approx(0.5, rel=0.01)
    still.check()

    qtbot.mouseClick(tool_button(window.message_bar, "Close"), LEFT)
    qtbot.mouseClick(tool_button(window.top_row, "Accept"), LEFT)
    settle(window)
    assert exam(window).is_accepted
    assert len(logged()) == 1
    still.check()
