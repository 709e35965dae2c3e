"""One job runs at a time, off the gui's thread, and only the newest one's answer is heard."""

import threading

import pytest

from fhc_desktop.gui.widgets.background import Background
from tests.gui.hand import PATIENCE_MS

pytestmark = pytest.mark.gui


@pytest.fixture
def background(qapp):
    made = Background()
    yield made
    assert made.close(PATIENCE_MS / 1000)


def test_that_the_answer_comes_from_another_thread_to_this_one(qtbot, background):
    heard_on = []
    background.succeeded.connect(lambda _: heard_on.append(threading.get_ident()))

    with qtbot.waitSignal(background.succeeded, timeout=PATIENCE_MS) as answered:
        background.start(threading.get_ident)
        assert background.is_busy

    assert answered.args != [threading.get_ident()]
    assert heard_on == [threading.get_ident()]
    assert not background.is_busy


def test_that_a_fault_of_the_job_is_the_answer(qtbot, background):
    with qtbot.waitSignal(background.failed, timeout=PATIENCE_MS) as answered:
        background.start(lambda: 1 / 0)

    assert isinstance(answered.args[0], ZeroDivisionError)
    assert not background.is_busy


def test_that_only_the_newest_job_answers_and_one_that_was_overtaken_never_runs(qtbot, background):
    gate, ran, heard = threading.Event(), [], []
    background.succeeded.connect(heard.append)

    background.start(lambda: gate.wait(PATIENCE_MS / 1000))
    background.start(lambda: ran.append("overtaken"))
    background.start(lambda: "newest")
    gate.set()
    qtbot.waitUntil(lambda: not background.is_busy, timeout=PATIENCE_MS)

    assert heard == ["newest"]
    assert ran == []


def test_that_nothing_is_heard_of_what_was_forgotten(qtbot, background):
    heard = []
    background.succeeded.connect(heard.append)

    background.start(lambda: "old")
    background.forget()
    assert not background.is_busy
    with qtbot.waitSignal(background.succeeded, timeout=PATIENCE_MS):
        background.start(lambda: "new")

    assert heard == ["new"]


def test_that_what_is_wanted_next_does_not_wait_for_a_job_that_takes_long(qtbot, background):
    gate, heard = threading.Event(), []
    background.succeeded.connect(heard.append)

    background.start_slow(lambda: gate.wait(PATIENCE_MS / 1000))
    with qtbot.waitSignal(background.succeeded, timeout=PATIENCE_MS):
        background.start(lambda: "next")
    background.start_slow(lambda: "slow")
    gate.set()
    qtbot.waitUntil(lambda: not background.is_busy, timeout=PATIENCE_MS)

    assert heard == ["next", "slow"]


def test_that_an_errand_tells_before_it_answers(qtbot, background):
    heard = []
    background.told.connect(heard.append)
    background.succeeded.connect(heard.append)

    def job(errand):
        errand.tell("a beginning")
        return "the end"

    with qtbot.waitSignal(background.succeeded, timeout=PATIENCE_MS):
        background.start_errand(job)

    assert heard == ["a beginning", "the end"]


def test_that_an_errand_learns_that_nobody_waits_for_it_and_is_heard_no_more(qtbot, background):
    begun, may_end, seen, heard = threading.Event(), threading.Event(), [], []
    background.told.connect(heard.append)

    def job(errand):
        seen.append(errand.is_wanted())
        begun.set()
        may_end.wait(PATIENCE_MS / 1000)
        seen.append(errand.is_wanted())
        errand.tell("too late")

    background.start_errand(job)
    assert begun.wait(PATIENCE_MS / 1000)
    with qtbot.waitSignal(background.succeeded, timeout=PATIENCE_MS) as answered:
        background.start(lambda: "newest")
        may_end.set()

    assert answered.args == ["newest"]
    assert seen == [True, False]
    assert heard == []
