"""A program that goes on with a run over a folder of any size, with rows that cost no network.

It measures no more files than it is told, and says the most memory that it held, in MB.
"""

import resource
import sys
from collections import deque
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from fhc_desktop.imaging.readers import Readers
from fhc_desktop.reporting.batch.batch import FailedFile
from fhc_desktop.storage.runs.run_description import RunDescription
from fhc_desktop.workflow.archive_run import open_run
from fhc_desktop.workflow.batch import expand
from fhc_desktop.workflow.run_table import RunTable, write_run_table
from tests.fakes import IDENTITY
from tests.reporting.batch_rows import named


def main(archive, folder, most):
    begun = datetime(2026, 11, 30, tzinfo=UTC)
    canned = named("x")

    def describe(files, _):
        return RunDescription("measure", "1", IDENTITY, "CPU", (), files, begun)

    def rows(items):
        for item in items:
            yield item if isinstance(item, FailedFile) else canned

    with Readers() as readers, open_run(folder, expand([archive], readers), describe) as run:
        deque(islice(run.measure(run.due_numbers(), rows), most), maxlen=0)
        if run.is_complete:
            write_run_table(run, RunTable.CSV)
    sys.stdout.write(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
