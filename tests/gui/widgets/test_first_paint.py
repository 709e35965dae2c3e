"""What is slow waits until its widget has been seen, and is done once."""

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from fhc_desktop.gui.widgets.first_paint import AfterFirstPaint

pytestmark = pytest.mark.gui


def test_that_it_is_done_after_the_first_painting_and_never_again(qtbot):
    widget, done = QWidget(), []
    qtbot.addWidget(widget)
    AfterFirstPaint(widget, lambda: done.append(1))

    QApplication.processEvents()
    assert done == []
    widget.grab()
    assert done == []
    qtbot.waitUntil(lambda: bool(done))
    widget.grab()
    QApplication.processEvents()

    assert done == [1]
