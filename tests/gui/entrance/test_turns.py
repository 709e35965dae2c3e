"""Modules come beside the event loop or one in each turn of it, and the window goes on."""

import sys
import threading

import pytest
from PySide6.QtCore import QObject, QTimer

from fhc_desktop.gui.entrance.turns import InTurns

pytestmark = pytest.mark.gui
PATIENCE_MS = 20_000
NAMES = ("first_of_two", "second_of_two")


@pytest.fixture
def owner(qtbot):
    return QObject()


@pytest.fixture
def modules(tmp_path, monkeypatch):
    for name in (*NAMES, "broken_one"):
        text = "raise LookupError" if name == "broken_one" else ""
        (tmp_path / f"{name}.py").write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    yield
    for name in NAMES:
        sys.modules.pop(name, None)


def test_that_what_is_beside_ends_before_the_first_turn(qtbot, owner, modules):
    seen = []
    turns = InTurns(lambda: seen.append(NAMES[0] in sys.modules), NAMES, owner)
    with qtbot.waitSignal(turns.done, timeout=PATIENCE_MS):
        turns.begin()

    assert seen == [False]
    assert all(name in sys.modules for name in NAMES)


def test_that_the_loop_has_its_turn_between_two_modules(qtbot, owner, modules):
    seen = []
    turns = InTurns(None, NAMES, owner)
    timer = QTimer()
    timer.timeout.connect(lambda: seen.append(sum(name in sys.modules for name in NAMES)))
    timer.start(0)
    with qtbot.waitSignal(turns.done, timeout=PATIENCE_MS):
        turns.begin()

    assert {0, 1, 2} <= set(seen)


def test_that_the_window_goes_on_beside(qtbot, owner):
    may_end, rung = threading.Event(), []
    turns = InTurns(lambda: may_end.wait(20), (), owner)
    timer = QTimer()
    timer.timeout.connect(lambda: rung.append(1))
    timer.start(1)
    turns.begin()
    qtbot.waitUntil(lambda: len(rung) > 3)
    with qtbot.waitSignal(turns.done, timeout=PATIENCE_MS):
        may_end.set()


def broken():
    raise LookupError


@pytest.mark.parametrize(("beside", "names"), [(broken, NAMES), (None, ("broken_one", *NAMES))])
def test_that_a_fault_is_told_and_nothing_more_imported(qtbot, owner, modules, beside, names):
    turns, done = InTurns(beside, names, owner), []
    turns.done.connect(lambda: done.append(1))
    with qtbot.waitSignal(turns.failed, timeout=PATIENCE_MS) as told:
        turns.begin()
    qtbot.wait(20)

    assert isinstance(told.args[0], LookupError)
    assert not done
    assert NAMES[1] not in sys.modules


def test_that_an_end_waits_for_what_is_beside_and_begins_no_turn(qtbot, owner, modules):
    ended = []
    turns = InTurns(lambda: ended.append(1), NAMES, owner)
    turns.begin()
    turns.end()
    qtbot.wait(20)

    assert ended == [1]
    assert NAMES[0] not in sys.modules
