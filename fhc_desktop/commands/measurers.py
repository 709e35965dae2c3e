"""Who measures the files of one call: this process, workers of its own, or a cluster's."""

import argparse
import sys
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from urllib.parse import urlsplit

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.reporting.batch.batch import BatchRow, FailedFile
from fhc_desktop.segmentation.networks.loading import usable_cores
from fhc_desktop.workflow.batch import MeasureOptions, measure_file
from fhc_desktop.workflow.file_reports import FileReports
from fhc_desktop.workflow.proposing import LazySegmenter
from fhc_desktop.workflow.worker import Assignment
from fhc_desktop.workflow.workers import jobs_for, measured_by_workers

_THIS_MACHINE = {"127.0.0.1", "::1", "localhost"}


class NoDask(FhcError):  # noqa: N818 - named for what the user meets
    """What reaches a cluster is not installed."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """The address of a cluster's scheduler, with its authority, certificate and key if by TLS."""

    address: str
    tls: tuple[Path, ...] | None = None

    @property
    def caution(self) -> str:
        """What there is to know of the connection; empty where nothing leaves this machine."""
        host = urlsplit(self.address).hostname
        if self.tls is not None or host in _THIS_MACHINE:
            return ""
        return (
            f"What goes to and from {self.address} is not encrypted, and whoever reaches it can "
            "have its workers do anything: use tls:// and --cluster-tls outside a network that you "
            "trust."
        )


@dataclass(frozen=True, slots=True)
class Measurers:
    """What the files of one call are measured with; ``jobs`` is the user's word, 0 without one."""

    given: MeasureOptions
    readers: Readers
    proposer: LazySegmenter
    model: Path | None
    jobs: int
    cluster: Cluster | None = None
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
        """Return them as they were asked for on the command line."""
        cluster = None
        if options.cluster is not None:
            tls = options.cluster_tls
            cluster = Cluster(options.cluster, None if tls is None else tuple(tls))
        return cls(given, readers, proposer, options.model, options.jobs, cluster, reports)

    def warn(self) -> None:
        """Tell what there is to know before anything leaves this machine."""
        if self.cluster is not None and self.cluster.caution:
            print(self.cluster.caution, file=sys.stderr)

    def rows(
        self, files: Iterable[Path | FailedFile], count: int
    ) -> Generator[BatchRow, None, None]:
        """Yield a row for each file, in order; ``count`` is how many there are."""
        if self.cluster is not None:
            return self._rows_of_cluster(files, self.cluster)
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

    def _rows_of_cluster(
        self, files: Iterable[Path | FailedFile], cluster: Cluster
    ) -> Generator[BatchRow, None, None]:
        dask = dask_cluster()
        model = None if self.model is None else self.model.absolute()
        tls = None if cluster.tls is None else dask.TlsFiles(*cluster.tls)
        rows: Generator[BatchRow, None, None] = dask.measured_by_cluster(
            files,
            Assignment(self.given, model, reports=self.reports),
            dask.ClusterPlace(cluster.address, tls),
        )
        return rows


def dask_cluster() -> ModuleType:
    """Return what measures on a cluster; it is imported where one is used.

    Raises:
        NoDask: it cannot be.
    """
    try:
        return import_module("fhc_desktop.workflow.cluster")
    except ModuleNotFoundError as cause:
        raise NoDask(
            "A cluster is reached with Dask, which is not installed.",
            "Install it with pip install 'fhc-desktop[cluster]', or leave --cluster out.",
        ) from cause
