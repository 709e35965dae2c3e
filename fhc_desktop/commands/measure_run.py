"""The run of ``measure`` or ``report`` over an archive, in a folder of its own."""

import argparse
import hashlib
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tqdm import tqdm

from fhc_desktop import __version__
from fhc_desktop.commands.interruption import Interruption
from fhc_desktop.commands.measure_options import (
    ALL_MEASURED,
    INTERRUPTED,
    SOME_FAILED,
    WRONG_USE,
    device_of,
    verb_of,
)
from fhc_desktop.commands.measurers import Measurers
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.ordinary_file import read_ordinary_file
from fhc_desktop.reporting.batch.batch import FailedFile
from fhc_desktop.reporting.pdf.paper import Paper
from fhc_desktop.segmentation.networks.loading import cpu_runtime, device_words
from fhc_desktop.storage.preferences.folders import default_folders
from fhc_desktop.storage.runs.file_list import FileList
from fhc_desktop.storage.runs.run_description import RunDescription, RunOption
from fhc_desktop.storage.signing_key import NoSigningKey, signing_key
from fhc_desktop.workflow.archive_run import AnotherRun, ArchiveRun, begun_at, open_run
from fhc_desktop.workflow.batch import MeasureOptions, UnclearDating, agreed, expand
from fhc_desktop.workflow.file_reports import FileReports
from fhc_desktop.workflow.proposing import LazySegmenter
from fhc_desktop.workflow.run_table import RunTable, write_run_table

# Where nobody looks on, the lines go to a file that somebody reads later.
_SECONDS_BETWEEN_LINES = 30.0
_SECONDS_BETWEEN_LOOKS = 0.1


def measure_archive(options: argparse.Namespace, given: MeasureOptions, readers: Readers) -> int:
    """Begin a run or go on with it; return the exit status, which ``--help`` explains."""
    try:
        return _measure(options, given, readers)
    except (AnotherRun, UnclearDating) as problem:
        print(f"{verb_of(options)}: {problem}", file=sys.stderr)
        return WRONG_USE
    except FhcError as problem:
        print(problem, file=sys.stderr)
        return SOME_FAILED


def _measure(options: argparse.Namespace, given: MeasureOptions, readers: Readers) -> int:
    form = RunTable(options.format or RunTable.CSV)
    form.check()
    begun = begun_at(options.run) or datetime.now().astimezone().replace(microsecond=0)
    # Rows of one run are judged by one day, however long it takes.
    call = _Call(options, replace(given, today=begun.date()), readers, begun)
    with open_run(options.run, call.items(), call.describe) as run:
        if run.torn_bytes:
            print(
                f"The journal was torn: what its last {run.torn_bytes:,} bytes told of is measured "
                "again.",
                file=sys.stderr,
            )
        if not _is_gone_through(call, run):
            print(f"Interrupted: {_standing(run)}. The same call goes on.", file=sys.stderr)
            return INTERRUPTED
        table = write_run_table(run, form)
        failed = run.failed
        print(f"{_standing(run)}, {failed:,} of them failed or lack a number.", file=sys.stderr)
        print(f"The table is {table}", file=sys.stderr)
    return SOME_FAILED if failed else ALL_MEASURED


def _standing(run: ArchiveRun) -> str:
    return f"{run.done:,} of {run.count:,} files are done"


def _is_gone_through(call: "_Call", run: ArchiveRun) -> bool:
    """Measure what is due; say whether all of it was, or Ctrl+C came first."""
    numbers, interruption = run.due_numbers(), Interruption()
    measurers = call.measurers(run)
    measurers.warn()
    rows = run.measure(numbers, lambda files: measurers.rows(files, len(numbers)))
    with (
        interruption,
        closing(rows),
        _bar("measuring", total=run.count, initial=run.count - len(numbers)) as bar,
    ):
        for _ in interruption.until(rows):
            bar.update()
    return not interruption.has_cut


class _Call:
    """What was called for, with what follows from the files once they are listed."""

    def __init__(
        self,
        options: argparse.Namespace,
        given: MeasureOptions,
        readers: Readers,
        begun: datetime,
    ) -> None:
        self._options = options
        self._given = given
        self._readers = readers
        self._begun = begun
        self._proposer = LazySegmenter(options.model, device_of(options))
        self._segmenter = self._proposer.load()

    def items(self) -> Iterator[Path | FailedFile]:
        with _bar("listing") as bar:
            for item in expand(self._options.paths, self._readers):
                bar.update()
                yield item

    def describe(self, files: FileList, paths: Iterable[Path]) -> RunDescription:
        """Return what is called for; the dating given must fit the files.

        Raises:
            UnclearDating: it does not, and nobody said whose word holds.
        """
        self._given = agreed(paths, self._given, self._readers)
        on_cpu = self._segmenter.is_on_cpu
        return RunDescription(
            job="report" if self._options.is_report else "measure",
            program=f"FHC Desktop {__version__}",
            model=self._segmenter.identity,
            device=cpu_runtime() if on_cpu else device_words(self._options.device),
            options=tuple(self._told_options()),
            files=files,
            begun=self._begun,
        )

    def measurers(self, run: ArchiveRun) -> Measurers:
        reports = self._reports(run) if self._options.is_report else None
        return Measurers.of(self._options, self._given, self._readers, self._proposer, reports)

    def _reports(self, run: ArchiveRun) -> FileReports:
        data = default_folders(self._options.data_dir).data.absolute()
        try:
            signing_key(data)
        except NoSigningKey as problem:
            print(problem, file=sys.stderr)
        return FileReports(
            run.reports_folder(), data, self._begun.astimezone(UTC), Paper(self._options.paper)
        )

    def _told_options(self) -> Iterator[RunOption]:
        given, together = self._given, self._given.given
        dating = together.dating
        said = {
            "frame": given.frame,
            "head": given.head,
            "pixel size in mm": given.mm_per_pixel,
            "dating": None if dating is None else dating.text,
            "CRL in mm": None if dating is None else dating.crl_mm,
            "examination date": together.exam_date,
            "word that holds": together.holds,
            "reason against the dating": together.held_back,
            "note on the dating": together.note,
            "fetus": given.fetus.label,
            "comment": given.comment,
            "standard": given.standard.key,
            "chart": _digest(self._options.chart),
            "paper": self._options.paper if self._options.is_report else None,
        }
        for name, value in said.items():
            if value not in {None, ""}:
                yield RunOption(name, str(value))


def _digest(chart: Path | None) -> str | None:
    return None if chart is None else hashlib.sha256(read_ordinary_file(chart)).hexdigest()


def _bar(words: str, *, total: int | None = None, initial: int = 0) -> "tqdm[Any]":
    """Return what tells of how many files how many are done, how fast, and what time is left."""
    seconds = _SECONDS_BETWEEN_LOOKS if sys.stderr.isatty() else _SECONDS_BETWEEN_LINES
    return tqdm(
        None,
        desc=words,
        total=total,
        initial=initial,
        unit=" files",
        mininterval=seconds,
        maxinterval=seconds,
        file=sys.stderr,
    )
