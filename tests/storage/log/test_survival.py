import random
import time

import pytest

from fhc_desktop.storage.log.measurement_log import MeasurementLog
from fhc_desktop.storage.log.migrations import MIGRATIONS
from fhc_desktop.storage.log.opening import begin
from tests.children import received
from tests.storage.log_examples import an_entry
from tests.storage.log_writer import write_for_ever


def acknowledged_before_the_kill(children, folder, seconds):
    with children.running(write_for_ever, folder) as (child, pipe):
        pipe.recv()
        time.sleep(seconds)
        child.kill()
        return received(pipe)


def lose_nothing(children, folder, kills):
    rng = random.Random(7)
    acknowledged = set()
    for _ in range(kills):
        acknowledged.update(
            acknowledged_before_the_kill(children, folder, rng.uniform(0.020, 0.120))
        )

    log = MeasurementLog.open(folder)
    recorded = {entry.entry_id for entry in log.entries()}
    log.close()
    # How many there are is the machine's speed; there must be some to lose.
    assert len(acknowledged) > kills // 4
    assert acknowledged <= recorded
    # The one entry that was recorded but not yet acknowledged when the process died.
    assert len(recorded) <= len(acknowledged) + kills


def test_that_sixty_kills_lose_no_acknowledged_entry(children, tmp_path):
    lose_nothing(children, tmp_path, kills=60)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_that_a_thousand_kills_lose_no_acknowledged_entry(children, tmp_path):
    lose_nothing(children, tmp_path, kills=1000)


def test_that_a_kill_while_the_log_is_begun_leaves_none_or_a_whole_one(children, tmp_path):
    rng = random.Random(7)
    for attempt in range(20):
        folder = tmp_path / str(attempt)
        with children.running(write_for_ever, folder) as (child, pipe):
            time.sleep(rng.uniform(0.0, 0.080))
            child.kill()
            acknowledged = received(pipe)

        log = MeasurementLog.open(folder)
        assert set(acknowledged) <= {entry.entry_id for entry in log.entries()}
        log.close()


def test_that_two_processes_may_begin_the_same_log(children, tmp_path):
    with (
        children.running(write_for_ever, tmp_path) as (first, pipe),
        children.running(write_for_ever, tmp_path) as (second, other),
    ):
        assert pipe.recv() == other.recv() == ""
        time.sleep(0.2)
        first.kill()
        second.kill()
        acknowledged = received(pipe) + received(other)

    log = MeasurementLog.open(tmp_path)
    assert set(acknowledged) <= {entry.entry_id for entry in log.entries()}
    assert not list(tmp_path.glob(".new-log-*"))
    log.close()


def test_that_the_slower_of_two_beginners_leaves_the_others_log_alone(tmp_path):
    entry = an_entry()
    log = MeasurementLog.open(tmp_path)
    log.append(entry)

    begin(tmp_path, MIGRATIONS)

    assert log.entries() == [entry]
    assert sorted(place.name for place in tmp_path.iterdir()) == ["log", "log.anchor"]
    log.close()
