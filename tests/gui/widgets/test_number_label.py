import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.number_label import NumberLabel


class LayoutWatch(QObject):
    """Counts how often a widget is asked to lay its children out."""

    def __init__(self, widget):
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched, event):  # noqa: ARG002 - Qt's signature
        self.count += event.type() is QEvent.Type.LayoutRequest
        return False


@pytest.fixture
def placed(qtbot):
    owner = QWidget()
    qtbot.addWidget(owner)
    label = NumberLabel(style.font())
    QVBoxLayout(owner).addWidget(label)
    label.show_number("174.8")
    owner.show()
    qtbot.waitExposed(owner)
    yield label  # noqa: PT022 - the owner must live as long


@pytest.mark.gui
def test_that_other_digits_ask_for_no_layout(qtbot, placed):
    watch = LayoutWatch(placed.parentWidget())

    placed.show_number("183.2")
    qtbot.wait(1)
    assert (placed.text(), watch.count) == ("183.2", 0)

    placed.show_number("99.9")
    qtbot.wait(1)
    assert watch.count > 0


@pytest.mark.gui
def test_that_it_is_as_wide_as_its_number_and_shrinks_again(placed):
    wide = placed.width()

    placed.show_number("74.8")
    narrow = placed.maximumWidth()
    placed.show_number("")

    assert placed.maximumWidth() < narrow < wide


@pytest.mark.gui
def test_that_a_column_may_give_it_its_width(placed):
    placed.show_number("43rd", width_px=80)

    assert placed.minimumWidth() == placed.maximumWidth() == 80
