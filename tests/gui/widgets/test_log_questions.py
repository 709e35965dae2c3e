"""The log's answers come to the GUI thread, to whoever is still there and still wants them."""

import threading

import pytest
from PySide6.QtCore import QObject
from shiboken6 import delete

from fhc_desktop.gui.widgets.log_questions import LogQuestions
from fhc_desktop.storage.log.measurement_log import LogUnavailable, MeasurementLog
from fhc_desktop.workflow.log_desk import LogDesk
from tests.gui.hand import PATIENCE_MS

pytestmark = pytest.mark.gui


@pytest.fixture
def asked(qapp, tmp_path):
    made = LogQuestions(LogDesk(lambda: MeasurementLog.open(tmp_path)))
    yield made
    assert made.close(PATIENCE_MS / 1000)


@pytest.fixture
def heard():
    """What was answered, each with whether it came on this thread."""
    return []


def hear(heard):
    here = threading.get_ident()
    return lambda answer: heard.append((answer, threading.get_ident() == here))


def wait_until_all_is_said(qtbot, asked):
    said, last = [], QObject()
    asked.ask(last, lambda _: None, said.append, said.append)
    qtbot.waitUntil(lambda: len(said) == 1, timeout=PATIENCE_MS)


def test_that_an_answer_comes_to_this_thread_from_another(qtbot, asked, heard):
    asker = QObject()
    asked.ask(asker, lambda _: threading.get_ident(), hear(heard), hear(heard))
    wait_until_all_is_said(qtbot, asked)

    ((answer, is_here),) = heard
    assert is_here
    assert answer != threading.get_ident()


def test_that_what_keeps_the_log_from_answering_is_told_here(qtbot, asked, heard):
    asker, problem = QObject(), LogUnavailable("It is gone.", "Look for it.")

    def job(_log):
        raise problem

    asked.ask(asker, job, pytest.fail, hear(heard))
    wait_until_all_is_said(qtbot, asked)

    assert heard == [(problem, True)]


def test_that_whoever_asks_again_hears_the_newest_answer_alone(qtbot, asked, heard):
    asker, gate, done = QObject(), threading.Event(), []
    asked.ask(asker, lambda _: gate.wait(PATIENCE_MS / 1000), hear(heard), hear(heard))
    asked.ask(asker, lambda _: done.append("overtaken"), hear(heard), hear(heard))
    asked.ask(asker, lambda _: "newest", hear(heard), hear(heard))
    asked.ask(asker, lambda _: "of another", hear(heard), hear(heard), subject="another")
    gate.set()
    wait_until_all_is_said(qtbot, asked)

    assert [answer for answer, _ in heard] == ["newest", "of another"]
    assert done == []


def test_that_nobody_hears_what_was_forgotten_or_asked_by_who_has_gone(qtbot, asked, heard):
    gone, forgetful, gate = QObject(), QObject(), threading.Event()
    asked.ask(gone, lambda _: gate.wait(PATIENCE_MS / 1000), hear(heard), hear(heard))
    asked.ask(forgetful, lambda _: "unwanted", hear(heard), hear(heard))
    asked.forget(forgetful)
    delete(gone)
    gate.set()
    wait_until_all_is_said(qtbot, asked)

    assert heard == []
