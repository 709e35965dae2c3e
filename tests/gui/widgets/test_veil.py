"""What is stale can be read through its veil; neither mouse nor keys reach it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

from fhc_desktop.gui.widgets.veil import Veil

pytestmark = pytest.mark.gui


class Covered:
    """A window with a panel that holds a field, its veil, and a line beside the panel."""

    def __init__(self, qtbot):
        self.window, self.panel, self.field, self.heir = (
            QWidget(),
            QWidget(),
            QLineEdit("19w2d"),
            QPushButton(),
        )
        QVBoxLayout(self.panel).addWidget(self.field)
        column = QVBoxLayout(self.window)
        for part in (self.panel, self.heir):
            column.addWidget(part)
        self.veil = Veil(self.panel, heir=self.heir)
        qtbot.addWidget(self.window)
        self.window.resize(300, 200)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()

    def brightest(self):
        picture = self.panel.grab().toImage()
        places = ((x, y) for x in range(picture.width()) for y in range(picture.height()))
        return max(picture.pixelColor(x, y).lightness() for x, y in places)


@pytest.fixture
def covered(qtbot, dressed):
    return Covered(qtbot)


def test_that_it_dims_what_it_covers_and_hides_nothing(covered):
    before, place = covered.brightest(), covered.field.geometry()

    covered.veil.cover(is_stale=True)
    assert 0.2 * before < covered.brightest() < 0.7 * before
    assert covered.field.geometry() == place
    assert covered.veil.geometry() == covered.panel.rect()

    covered.veil.cover(is_stale=False)
    assert covered.brightest() > 0.9 * before


def test_that_neither_mouse_nor_keys_reach_what_it_covers(qtbot, covered):
    covered.field.setFocus()

    covered.veil.cover(is_stale=True)
    under = covered.panel.childAt(covered.field.geometry().center())
    qtbot.keyClicks(QApplication.focusWidget(), "x")

    assert under is covered.veil
    assert covered.heir.hasFocus()
    assert covered.field.text() == "19w2d"


def test_that_the_keys_are_led_away_from_what_it_covers(qtbot, covered):
    covered.veil.cover(is_stale=True)

    covered.field.setFocus()
    assert covered.heir.hasFocus()

    covered.veil.cover(is_stale=False)
    covered.field.setFocus()
    assert covered.field.hasFocus()


def test_that_the_keys_stay_where_they_are_if_that_is_elsewhere(covered):
    covered.heir.setFocus(Qt.FocusReason.OtherFocusReason)

    covered.veil.cover(is_stale=True)
    covered.veil.cover(is_stale=False)

    assert covered.heir.hasFocus()


def test_that_it_follows_what_it_covers(covered):
    covered.veil.cover(is_stale=True)

    covered.window.resize(500, 400)
    QApplication.processEvents()

    assert covered.veil.geometry() == covered.panel.rect()
