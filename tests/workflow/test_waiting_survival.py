"""What waits for the log is in it once in the end, whoever is killed and whoever else writes."""

import random
import time
from contextlib import ExitStack, closing

import pytest

from fhc_desktop.storage.log.measurement_log import MeasurementLog
from fhc_desktop.workflow.waiting import NOTHING_WAITS, WaitingRows
from tests.children import received
from tests.workflow.waiting_writer import accept_for_ever, accept_ten

WRITERS = 8


def accepted_before_the_kill(children, folder, name, seconds):
    with children.running(accept_for_ever, folder) as (child, pipe):
        pipe.send(name)
        pipe.recv()
        time.sleep(seconds)
        child.kill()
        return received(pipe)


def logged_in_the_end(folder):
    """Write what waits, as the next start does; return the identities in the order of the log."""
    with closing(WaitingRows(folder)) as rows, closing(MeasurementLog.open(folder)) as log:
        assert rows.write(log) == NOTHING_WAITS
        return [entry.entry_id for entry in reversed(log.entries())]


def lose_nothing(children, folder, kills):
    rng = random.Random(11)
    MeasurementLog.open(folder).close()
    accepted = []
    for number in range(kills):
        accepted += accepted_before_the_kill(children, folder, number, rng.uniform(0.020, 0.120))

    logged = logged_in_the_end(folder)

    assert len(accepted) > kills // 4
    assert len(set(logged)) == len(logged)
    # In order, with the one of each child that was kept but not yet acknowledged when it died.
    place = {entry_id: index for index, entry_id in enumerate(logged)}
    assert [place[entry_id] for entry_id in accepted] == sorted(place[one] for one in accepted)
    assert len(logged) <= len(accepted) + kills


def test_that_sixty_kills_while_rows_wait_lose_none_and_write_none_twice(children, tmp_path):
    lose_nothing(children, tmp_path, kills=60)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_that_a_thousand_kills_while_rows_wait_lose_none_and_write_none_twice(children, tmp_path):
    lose_nothing(children, tmp_path, kills=1000)


def test_that_eight_that_write_at_once_are_none_of_them_refused(children, tmp_path):
    MeasurementLog.open(tmp_path).close()
    accepted = []
    with ExitStack() as stack:
        pipes = [
            stack.enter_context(children.running(accept_ten, tmp_path)) for _ in range(WRITERS)
        ]
        for number, (_, pipe) in enumerate(pipes):
            pipe.send(number)
        for _, pipe in pipes:
            accepted += iter(pipe.recv, None)

    assert None not in accepted
    assert len(accepted) == 10 * WRITERS
    assert sorted(logged_in_the_end(tmp_path)) == sorted(accepted)
