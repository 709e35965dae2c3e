"""The log is opened, used and closed on one thread, and nobody waits for it."""

import threading
from contextlib import contextmanager

import pytest

from fhc_desktop.storage.log.measurement_log import LogUnavailable, MeasurementLog
from fhc_desktop.workflow.log_desk import LogDesk
from tests.storage.log_examples import an_entry

PATIENCE_S = 20.0


@contextmanager
def desk_over(open_log):
    desk = LogDesk(open_log)
    try:
        yield desk
    finally:
        assert desk.close(PATIENCE_S)


def here(_log):
    return threading.get_ident()


def test_that_all_of_it_is_done_on_one_other_thread_in_the_order_it_was_asked(tmp_path):
    opened_on, entries = [], [an_entry() for _ in range(5)]

    def open_log():
        opened_on.append(threading.get_ident())
        return MeasurementLog.open(tmp_path)

    with desk_over(open_log) as desk:
        asked_on = desk.ask(here)
        for entry in entries:
            desk.ask(lambda log, entry=entry: log.append(entry))
        found = desk.ask(lambda log: log.entries()).result(PATIENCE_S)

    assert opened_on == [asked_on.result()] != [threading.get_ident()]
    assert [one.entry_id for one in found] == [one.entry_id for one in reversed(entries)]


def test_that_a_log_that_cannot_be_opened_answers_with_the_reason_until_it_is_opened_again(
    tmp_path,
):
    bar = tmp_path / "log"
    bar.write_text("a file where the folder should be")

    with desk_over(lambda: MeasurementLog.open(tmp_path)) as desk:
        with pytest.raises(LogUnavailable):
            desk.ask(here).result(PATIENCE_S)
        bar.unlink()
        with pytest.raises(LogUnavailable):
            desk.ask(here).result(PATIENCE_S)
        desk.open_again().result(PATIENCE_S)
        assert desk.ask(lambda log: log.entries()).result(PATIENCE_S) == []


def test_that_what_fails_is_the_answer_and_stops_nothing(tmp_path):
    with desk_over(lambda: MeasurementLog.open(tmp_path)) as desk:
        failed = desk.ask(lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            failed.result(PATIENCE_S)
        assert desk.ask(here).result(PATIENCE_S)


def test_that_what_was_asked_before_the_end_is_done_and_what_was_cancelled_is_not(tmp_path):
    gate, entry, unwanted = threading.Event(), an_entry(), an_entry()
    with desk_over(lambda: MeasurementLog.open(tmp_path)) as desk:
        desk.ask(lambda _: gate.wait(PATIENCE_S))
        assert desk.ask(lambda log: log.append(unwanted)).cancel()
        desk.ask(lambda log: log.append(entry))
        gate.set()

    log = MeasurementLog.open(tmp_path)
    assert log.entries() == [entry]
    log.close()


def test_that_the_end_is_not_waited_for_longer_than_said(tmp_path):
    gate = threading.Event()
    desk = LogDesk(lambda: MeasurementLog.open(tmp_path))
    desk.ask(lambda _: gate.wait(PATIENCE_S))

    assert not desk.close(0.01)

    gate.set()
    assert desk.close(PATIENCE_S)
