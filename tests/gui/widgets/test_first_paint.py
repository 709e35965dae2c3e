"""What is slow waits until its widget has been seen, and is done once."""

import sys

import pytest
import shiboken6
from PySide6.QtCore import QTimer
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


SLOW = """
import time
from pathlib import Path

ends = time.monotonic() + 20
while not Path(__file__).with_name("go_on").exists() and time.monotonic() < ends:
    time.sleep(0.005)
"""


@pytest.fixture
def slow_module(tmp_path, monkeypatch):
    """A module whose import lasts until it may go on."""
    (tmp_path / "slow_to_import.py").write_text(SLOW)
    monkeypatch.syspath_prepend(tmp_path)
    yield "slow_to_import"
    (tmp_path / "go_on").touch()
    sys.modules.pop("slow_to_import", None)


def test_that_what_it_needs_is_imported_while_the_window_goes_on(qtbot, slow_module, tmp_path):
    widget, done, turns = QWidget(), [], []
    qtbot.addWidget(widget)
    AfterFirstPaint(widget, lambda: done.append(slow_module in sys.modules), needs=slow_module)

    widget.grab()
    for _ in range(5):
        QTimer.singleShot(0, lambda: turns.append(1))
    qtbot.waitUntil(lambda: len(turns) == 5)
    assert done == []

    (tmp_path / "go_on").touch()
    qtbot.waitUntil(lambda: bool(done))
    assert done == [True]


def test_that_a_widget_that_has_gone_meanwhile_is_not_waited_for(qtbot, slow_module, tmp_path):
    widget, done = QWidget(), []
    AfterFirstPaint(widget, lambda: done.append(1), needs=slow_module)
    widget.grab()
    QApplication.processEvents()

    shiboken6.delete(widget)
    (tmp_path / "go_on").touch()
    qtbot.wait(100)

    assert done == []
