"""A key counts while it is held, and whatever takes the keys away ends it."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QVBoxLayout, QWidget

from fhc_desktop.gui.widgets.held_key import HeldKey

pytestmark = pytest.mark.gui
PRESS, RELEASE = QEvent.Type.KeyPress, QEvent.Type.KeyRelease


class Held:
    """A window with a widget whose key H is watched, and a line beside it."""

    def __init__(self, qtbot):
        self.window, self.widget, self.line = QWidget(), QWidget(), QLineEdit()
        self.widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self.window)
        for part in (self.widget, self.line):
            column.addWidget(part)
        qtbot.addWidget(self.window)
        self.heard = []
        HeldKey(Qt.Key.Key_H, self.widget).changed.connect(self.heard.append)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        self.widget.setFocus()

    def send(self, kind, *, repeats=False, modifiers=Qt.KeyboardModifier.NoModifier):
        event = QKeyEvent(kind, Qt.Key.Key_H, modifiers, "h", repeats)
        QApplication.sendEvent(QApplication.focusWidget() or self.widget, event)


@pytest.fixture
def held(qtbot):
    return Held(qtbot)


def test_that_it_counts_from_press_to_release(held):
    held.send(PRESS)
    assert held.heard == [True]

    held.send(RELEASE)
    assert held.heard == [True, False]


def test_that_the_repeats_of_a_key_that_is_held_change_nothing(held):
    held.send(PRESS)
    for _ in range(5):
        held.send(RELEASE, repeats=True)
        held.send(PRESS, repeats=True)

    assert held.heard == [True]


def test_that_a_repeat_alone_does_not_begin_it(held):
    held.send(PRESS, repeats=True)

    assert held.heard == []


def test_that_another_shortcut_with_the_key_does_not_begin_it(held):
    held.send(PRESS, modifiers=Qt.KeyboardModifier.ControlModifier)

    assert held.heard == []


def open_dialog(held):
    dialog = QDialog(held.window)
    dialog.setModal(True)
    dialog.show()
    return dialog


def open_menu(held):
    menu = QMenu(held.window)
    menu.addAction("One")
    menu.popup(held.window.mapToGlobal(held.line.pos()))
    return menu


@pytest.mark.parametrize(
    "take_keys",
    [
        lambda held: held.line.setFocus(),
        open_dialog,
        open_menu,
        lambda held: QApplication.sendEvent(held.widget, QEvent(QEvent.Type.WindowDeactivate)),
        lambda held: held.widget.hide(),
        lambda held: held.widget.setEnabled(False),
    ],
)
def test_that_it_ends_when_something_else_takes_the_keys(qtbot, held, take_keys):
    held.send(PRESS)

    taker = take_keys(held)
    qtbot.waitUntil(lambda: held.heard == [True, False])
    held.send(RELEASE)

    assert held.heard == [True, False]
    if taker is not None and hasattr(taker, "close"):
        taker.close()
