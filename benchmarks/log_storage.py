"""How long it takes to open, back up and restore a measurement log of many records.

    python benchmarks/log_storage.py [--records N]

Opening verifies every page and every link of the chain; so does a backup, of its copy, and
restoring, of the copy that it puts in the log's place.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from fhc_desktop.storage.log.backups import back_up
from fhc_desktop.storage.log.measurement_log import MeasurementLog
from fhc_desktop.storage.log.open_log import verify_log
from fhc_desktop.storage.log.restoring import offers, restore
from tests.storage.log_examples import an_entry
from tests.storage.log_folders import database_of, long_log


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=50_000)
    records = parser.parse_args().records
    with tempfile.TemporaryDirectory() as made:
        folder, now = Path(made), datetime.now(UTC)
        long_log(folder, records)
        print(f"{records} records, {database_of(folder).stat().st_size / 1e6:.0f} MB")
        timed("verify", lambda: verify_log(folder))
        timed("open", lambda: MeasurementLog.open(folder).close())
        with closing(MeasurementLog.open(folder)) as log:
            timed("one record more", lambda: log.append(an_entry()))
        timed("back up", lambda: back_up(folder, now))
        database_of(folder).write_bytes(b"")
        timed("look for a backup", lambda: next(offers(folder)))
        offer = next(offers(folder))
        timed("restore", lambda: restore(folder, offer, now))


def timed(what: str, work: Callable[[], object]) -> None:
    started, used = time.perf_counter(), time.process_time()
    work()
    took_s, used_s = time.perf_counter() - started, time.process_time() - used
    print(f"{what:<20}{took_s:6.2f} s, {used_s:6.2f} s of the processor's")


if __name__ == "__main__":
    main()
