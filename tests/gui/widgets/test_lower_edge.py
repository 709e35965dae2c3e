"""What lies over the lower edge moves nothing below it and stands in nobody's way."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from fhc_desktop.gui.widgets.lower_edge import LowerEdge
from fhc_desktop.gui.widgets.message_bar import MessageBar

pytestmark = pytest.mark.gui
LEFT = Qt.MouseButton.LeftButton


class Pad(QWidget):
    """Notes what the mouse does to it."""

    def __init__(self):
        super().__init__()
        self.seen = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def mousePressEvent(self, event):
        self.seen.append(("press", event.position().toPoint()))

    def mouseMoveEvent(self, event):
        self.seen.append(("move", event.position().toPoint()))

    def mouseReleaseEvent(self, event):
        self.seen.append(("release", event.position().toPoint()))

    def wheelEvent(self, event):
        self.seen.append(("wheel", event.position().toPoint()))


@pytest.fixture
def pad():
    return Pad()


@pytest.fixture
def bar():
    return MessageBar()


@pytest.fixture
def edge(qtbot, pad, bar):
    made = LowerEdge(pad, bar)
    qtbot.addWidget(made)
    made.resize(600, 300)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def test_that_what_is_below_keeps_its_place_and_what_lies_over_it_its_edge(qtbot, edge, pad, bar):
    before = pad.geometry()
    bar.show_hint("Drag a box round the head.")

    qtbot.waitUntil(lambda: bar.geometry().bottom() == edge.rect().bottom())
    assert pad.geometry() == before
    assert bar.width() == edge.width()

    edge.resize(400, 200)
    assert bar.geometry().bottomRight() == edge.rect().bottomRight()


def test_that_it_grows_upwards_for_a_second_line(qtbot, edge, bar):
    bar.show_hint("Short.")
    one = bar.heightForWidth(600)

    bar.show_hint("A long sentence. " * 10)

    qtbot.waitUntil(lambda: bar.height() > one)
    assert bar.geometry().bottom() == edge.rect().bottom()


def test_that_the_mouse_goes_through_it_where_it_has_no_button(qtbot, edge, pad, bar):
    bar.show_hint("Drag a box round the head.")
    at = QPoint(bar.width() // 2, bar.height() // 2)
    below = bar.mapTo(edge, at)

    qtbot.mousePress(bar, LEFT, pos=at)
    assert pad.hasFocus()
    qtbot.mouseMove(bar, at + QPoint(5, -60))
    qtbot.mouseRelease(bar, LEFT, pos=at + QPoint(5, -60))

    moved = below + QPoint(5, -60)
    assert pad.seen == [("press", below), ("move", moved), ("release", moved)]


def test_that_the_wheel_goes_through_it(edge, pad, bar):
    bar.show_hint("Drag a box round the head.")
    at = QPointF(300, bar.height() / 2)
    none = Qt.MouseButton.NoButton

    QApplication.sendEvent(
        bar,
        QWheelEvent(
            at,
            bar.mapToGlobal(at),
            QPoint(),
            QPoint(0, 120),
            none,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,  # noqa: FBT003 - Qt's signature
        ),
    )

    assert pad.seen == [("wheel", bar.mapTo(edge, at.toPoint()))]


def test_that_its_own_button_is_pressed_and_nothing_below(qtbot, edge, pad, bar):
    bar.show_hint("Drag a box round the head.")
    (close,) = [one for one in bar.findChildren(QWidget) if "Close" in one.accessibleName()]

    qtbot.mouseClick(close, LEFT)

    assert pad.seen == []
    assert not bar.isVisible()
