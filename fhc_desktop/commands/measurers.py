"""Who measures the files of one call: this process, or workers of its own."""

import argparse
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from pathlib import Path

from fhc_desktop.imaging.readers import Readers
from fhc_desktop.reporting.batch.batch import BatchRow, FailedFile
from fhc_desktop.segmentation.networks.loading import usable_cores
from fhc_desktop.workflow.batch import MeasureOptions, measure_file
from fhc_desktop.workflow.file_reports import FileReports
from fhc_desktop.workflow.proposing import LazySegmenter
from fhc_desktop.workflow.worker import Assignment
from fhc_desktop.workflow.workers import jobs_for, measured_by_workers


@dataclass(frozen=True, slots=True)
class Measurers:
    """What the files of one call are measured with; ``jobs`` is the user's word, 0 without one."""

    given: MeasureOptions
    readers: Readers
    proposer: LazySegmenter
    model: Path | None
    jobs: int
    reports: FileReports | None = None

    @classmethod
    def of(
        cls,
        options: argparse.Namespace,
        given: MeasureOptions,
        readers: Readers,
        proposer: LazySegmenter,
        reports: FileReports | None = None,
    ) -> "Measurers":
        return cls(given, readers, proposer, options.model, options.jobs, reports)

    def rows(
        self, files: Iterable[Path | FailedFile], count: int
    ) -> Generator[BatchRow, None, None]:
        """Yield a row for each file, in order; ``count`` is how many there are."""
        # A GPU computes for one after the other.
        cores = usable_cores()
        jobs = jobs_for(self.jobs, count, cores) if self.proposer.load().is_on_cpu else 1
        if jobs == 1:
            return self._rows_of_this_process(files)
        threads = max(1, cores // jobs)
        assignment = Assignment(self.given, self.model, threads, self.reports)
        return measured_by_workers(files, assignment, jobs)

    def _rows_of_this_process(
        self, files: Iterable[Path | FailedFile]
    ) -> Generator[BatchRow, None, None]:
        for item in files:
            if isinstance(item, FailedFile):
                yield item
            else:
                yield measure_file(
                    item, self.proposer, self.given, readers=self.readers, reports=self.reports
                )
