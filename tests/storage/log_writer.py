"""A process that writes to the log until somebody kills it."""

import time
from datetime import UTC, datetime, timedelta
from itertools import count

from fhc_desktop.storage.log.backups import back_up
from fhc_desktop.storage.log.measurement_log import MeasurementLog
from tests.storage.log_examples import an_entry, raw_connection


def write_for_ever(folder, acknowledgements):
    """Send the identity of each entry once it is recorded, an empty one when the log is open."""
    log = MeasurementLog.open(folder)
    acknowledgements.send("")
    while True:
        entry = an_entry()
        log.append(entry)
        acknowledgements.send(entry.entry_id)
        # Like any hand: a lock that is never let go of would keep another process out for good.
        time.sleep(0.002)


def hold_the_lock(folder, acknowledgements):
    """Stay in the middle of a transaction."""
    connection = raw_connection(folder)
    connection.execute("BEGIN IMMEDIATE")
    acknowledgements.send("")
    acknowledgements.poll(timeout=None)
    connection.close()


def back_up_for_ever(folder, acknowledgements):
    """Back up a log that grows, a day later each time."""
    log = MeasurementLog.open(folder)
    acknowledgements.send("")
    for days in count(1):
        log.append(an_entry())
        back_up(folder, datetime.now(UTC) + timedelta(days=days))
