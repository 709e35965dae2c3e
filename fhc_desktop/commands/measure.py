"""fhc-desktop measure: files and folders become rows, without a window."""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from tqdm import tqdm

from fhc_desktop.commands.interruption import Interruption
from fhc_desktop.commands.measure_options import (
    ALL_MEASURED,
    FORMATS,
    INTERRUPTED,
    SOME_FAILED,
    WRONG_USE,
    add_arguments,
    device_of,
    given_options,
    misuse,
    verb_of,
)
from fhc_desktop.commands.measure_run import measure_archive
from fhc_desktop.commands.measurers import Measurers
from fhc_desktop.commands.report_files import wanted
from fhc_desktop.commands.report_writing import measured_for_report, write_report
from fhc_desktop.commands.standard_output import print_text
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.imaging.unreadable import shown_name
from fhc_desktop.reporting.batch.batch import BatchRow, FailedFile
from fhc_desktop.reporting.batch.batch_csv import csv_pieces
from fhc_desktop.reporting.batch.batch_hc18 import hc18_pieces
from fhc_desktop.reporting.batch.batch_objects import json_pieces
from fhc_desktop.reporting.batch.batch_table import as_table
from fhc_desktop.reporting.content.dossier_content import MOST_EXAMINATIONS, NoDossier, too_many
from fhc_desktop.reporting.saving import save_text
from fhc_desktop.workflow.batch import (
    MeasureOptions,
    UnclearDating,
    agreed,
    expand,
)
from fhc_desktop.workflow.proposing import LazySegmenter

__all__ = ["add_arguments", "run"]


def _table_pieces(rows: Iterable[BatchRow]) -> Iterator[str]:
    # How wide its columns are the last row may decide.
    yield as_table(list(rows))


_PIECES: dict[str, Callable[[Iterable[BatchRow]], Iterator[str]]] = dict(
    zip(FORMATS, (_table_pieces, json_pieces, csv_pieces, hc18_pieces), strict=True)
)


@dataclass(slots=True)
class _Outcome:
    """What became of the rows so far."""

    is_complete: bool = True
    interruption: Interruption = field(default_factory=Interruption)

    @property
    def status(self) -> int:
        if self.interruption.has_cut:
            return INTERRUPTED
        return ALL_MEASURED if self.is_complete else SOME_FAILED


def run(options: argparse.Namespace, readers: Readers) -> int:
    """Measure and print; return the exit status, which ``--help`` explains."""
    try:
        return _run(options, readers)
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(options: argparse.Namespace, readers: Readers) -> int:
    fault = misuse(options)
    if fault is not None:
        print(f"{verb_of(options)}: {fault}", file=sys.stderr)
        return WRONG_USE
    try:
        given = given_options(options, datetime.now().astimezone().date())
    except FhcError as problem:
        print(f"{verb_of(options)}: {problem}", file=sys.stderr)
        return WRONG_USE
    if options.run is not None:
        return measure_archive(options, given, readers)
    files = _files(options, readers)
    try:
        if wanted(options) and len(files) > MOST_EXAMINATIONS:
            raise too_many(len(files))
        given = agreed([file for file in files if isinstance(file, Path)], given, readers)
    except (NoDossier, UnclearDating) as problem:
        print(f"{verb_of(options)}: {problem}", file=sys.stderr)
        return WRONG_USE
    try:
        return _measure(options, files, given, readers)
    except FhcError as problem:
        print(problem, file=sys.stderr)
        return SOME_FAILED


def _measure(
    options: argparse.Namespace,
    files: Sequence[Path | FailedFile],
    given: MeasureOptions,
    readers: Readers,
) -> int:
    proposer = LazySegmenter(options.model, device_of(options))
    proposer.load()
    outcome = _Outcome()
    if wanted(options):
        found = measured_for_report(files, proposer, given, readers)
        reported, outcome.is_complete = write_report(options, found, given)
        _deliver(iter(reported), options, outcome)
        return outcome.status
    measurers = Measurers.of(options, given, readers, proposer)
    measurers.warn()
    rows = measurers.rows(files, len(files))
    # A bar only where somebody looks at it; the rows themselves go to standard output.
    with (
        outcome.interruption,
        closing(rows),
        tqdm(rows, total=len(files), unit="image", file=sys.stderr, disable=None) as shown,
    ):
        _deliver(iter(shown), options, outcome)
    return outcome.status


def _files(options: argparse.Namespace, readers: Readers) -> list[Path | FailedFile]:
    found = expand(options.paths, readers)
    # In a report no examination stands twice.
    return list(dict.fromkeys(found) if wanted(options) else found)


def _deliver(rows: Iterator[BatchRow], options: argparse.Namespace, outcome: _Outcome) -> None:
    """Write the rows as they come, or a file when all have; what cannot be saved is printed.

    A file is whole or not there: where Ctrl+C came first, standard output gets the rows too.
    """
    pieces = _PIECES[_form(options)](_told(outcome.interruption.until(rows), options, outcome))
    if options.out is None:
        is_printed = all(map(_print_piece, pieces))
        outcome.is_complete &= is_printed
        return
    text = "".join(pieces)
    if outcome.interruption.has_cut:
        print(f"{options.out.name} was not written: interrupted.", file=sys.stderr)
        print_text(text)
        return
    try:
        save_text(text, options.out)
    except FhcError as problem:
        print(problem, file=sys.stderr)
        print_text(text)
        outcome.is_complete = False


def _form(options: argparse.Namespace) -> str:
    return options.format or FORMATS[0]


def _print_piece(text: str) -> bool:
    with tqdm.external_write_mode(file=sys.stdout):
        return print_text(text)


def _told(
    rows: Iterable[BatchRow], options: argparse.Namespace, outcome: _Outcome
) -> Iterator[BatchRow]:
    """Pass rows on; name what failed, and what is to be told, to whoever reads no table.

    The submission's rows have no room for a warning; the other forms have it in each row.
    """
    is_silent = _form(options) == FORMATS[0] and options.out is None
    for row in rows:
        is_good = row.has_succeeded
        outcome.is_complete &= is_good
        if isinstance(row, FailedFile):
            said = row.sentence
        else:
            is_told = bool(row.warnings) if _form(options) == "hc18" else not is_good
            said = f"{shown_name(row.path)}: {' '.join(row.warnings)}" if is_told else ""
        if said and not is_silent:
            tqdm.write(said, file=sys.stderr)
        yield row
