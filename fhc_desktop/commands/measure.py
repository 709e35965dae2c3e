"""fhc-desktop measure: files and folders become rows, without a window."""

import argparse
import os
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from tqdm import tqdm

from fhc_desktop.commands.interruption import Interruption
from fhc_desktop.commands.pregnancy_options import (
    add_dating_arguments,
    add_standard_arguments,
    dating_misuse,
    dating_of,
    standards_of,
)
from fhc_desktop.commands.report_writing import measured_for_report, write_report
from fhc_desktop.commands.standard_output import print_text
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.batch_dating import DatingFrom, GivenDating
from fhc_desktop.domain.fetus import FETUS_LABELS, Fetus
from fhc_desktop.domain.image.calibration import is_plausible_pixel_side
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.imaging.unreadable import shown_name
from fhc_desktop.reporting.batch.batch import (
    BatchRow,
    FailedFile,
    MeasuredFrame,
    csv_pieces,
    hc18_pieces,
    json_pieces,
)
from fhc_desktop.reporting.batch.batch_table import as_table
from fhc_desktop.reporting.content.dossier_content import MOST_EXAMINATIONS, too_many
from fhc_desktop.reporting.pdf.paper import Paper
from fhc_desktop.reporting.saving import save_text
from fhc_desktop.segmentation.networks.loading import DEVICES, usable_cores
from fhc_desktop.workflow.batch import (
    MeasureOptions,
    UnclearDating,
    agreed,
    expand,
    measure_file,
)
from fhc_desktop.workflow.proposing import LazySegmenter, Proposer
from fhc_desktop.workflow.worker import Assignment
from fhc_desktop.workflow.workers import jobs_for, measured_by_workers

ALL_MEASURED, SOME_FAILED, WRONG_USE, INTERRUPTED = 0, 1, 2, 130
_MOST_JOBS = 256

_STATUS = (
    "Exit status: 0 all was measured; 1 a file failed, or one of its numbers is withheld (no "
    "millimetres, or no age because its dates lie apart); 2 wrong use, or a dating that does not "
    "fit the files: nothing was measured; 130 interrupted by Ctrl+C, with the rows until then."
)


def _table_pieces(rows: Iterable[BatchRow]) -> Iterator[str]:
    # How wide its columns are the last row may decide.
    yield as_table(list(rows))


_FORMATS: dict[str, Callable[[Iterable[BatchRow]], Iterator[str]]] = {
    "table": _table_pieces,
    "json": json_pieces,
    "csv": csv_pieces,
    "hc18": hc18_pieces,
}


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


def add_arguments(parser: argparse.ArgumentParser, *, needs_pdf: bool = False) -> None:
    """Declare what ``measure`` takes, or ``report``; every mistake in it ends with status 2."""
    parser.epilog = _STATUS
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="image, folder, DICOMDIR or ZIP archive"
    )
    parser.add_argument("--pixel-size", type=_pixel_size, metavar="MM", help="width of a pixel")
    add_dating_arguments(parser, default_exam_date="default: the file's")
    parser.add_argument(
        "--dating-from",
        choices=[source.value for source in DatingFrom],
        help="whose word holds where the dating given and the files do not go together",
    )
    add_standard_arguments(parser)
    parser.add_argument("--fetus", choices=FETUS_LABELS, help="which one, of several")
    parser.add_argument("--frame", type=_frame, metavar="N", help="frame of a cine, from 1")
    parser.add_argument(
        "--head", type=_head, metavar="N", help="which one, of several in a picture, from the left"
    )
    parser.add_argument("--format", choices=list(_FORMATS), default="table")
    parser.add_argument("--out", type=Path, metavar="FILE", help="instead of standard output")
    parser.add_argument(
        "--pdf",
        type=Path,
        metavar="FILE",
        required=needs_pdf,
        help="write one report, not reviewed, of one patient’s images; into a folder under a "
        "name of its own",
    )
    parser.add_argument(
        "--paper", choices=list(Paper), default=Paper.A4, help="of the report; default: a4"
    )
    parser.add_argument(
        "--data-dir", type=Path, metavar="FOLDER", help="whose key signs the report"
    )
    parser.add_argument("--model", type=Path, metavar="FILE", help="measure with another bundle")
    parser.add_argument(
        "--device", choices=DEVICES, default="auto", help="what computes; default: a GPU if any"
    )
    parser.add_argument(
        "--jobs",
        type=_jobs,
        default=0,
        metavar="N",
        help="files measured at once on the CPU; default (or 0): as many as cores, for many files",
    )


def run(options: argparse.Namespace, readers: Readers) -> int:
    """Measure and print; return the exit status, which ``--help`` explains."""
    try:
        return _run(options, readers)
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(options: argparse.Namespace, readers: Readers) -> int:
    fault = _misuse(options)
    if fault is not None:
        print(f"fhc-desktop measure: {fault}", file=sys.stderr)
        return WRONG_USE
    try:
        standards, standard = standards_of(options)
    except FhcError as problem:
        print(f"fhc-desktop measure: {problem}", file=sys.stderr)
        return WRONG_USE
    given = MeasureOptions(
        frame=options.frame,
        head=options.head,
        mm_per_pixel=options.pixel_size,
        given=GivenDating(
            dating_of(options),
            options.exam_date,
            None if options.dating_from is None else DatingFrom(options.dating_from),
        ),
        today=datetime.now().astimezone().date(),
        fetus=Fetus(options.fetus or ""),
        standard=standard,
        standards=standards,
    )
    files = _files(options, readers)
    if options.pdf is not None and len(files) > MOST_EXAMINATIONS:
        print(f"fhc-desktop measure: {too_many(len(files))}", file=sys.stderr)
        return WRONG_USE
    try:
        given = agreed([file for file in files if isinstance(file, Path)], given, readers)
    except UnclearDating as problem:
        print(f"fhc-desktop measure: {problem}", file=sys.stderr)
        return WRONG_USE
    return _measure(options, files, given, readers)


def _measure(
    options: argparse.Namespace,
    files: Sequence[Path | FailedFile],
    given: MeasureOptions,
    readers: Readers,
) -> int:
    proposer = LazySegmenter(options.model, options.device)
    try:
        is_on_cpu = proposer.load().is_on_cpu
    except FhcError as problem:
        print(problem, file=sys.stderr)
        return SOME_FAILED
    outcome = _Outcome()
    if options.pdf is not None:
        found = measured_for_report(files, proposer, given, readers)
        reported, outcome.is_complete = write_report(options, found, given)
        _deliver(iter(reported), options, outcome)
        return outcome.status
    # A GPU computes for one after the other.
    cores = usable_cores()
    jobs = jobs_for(options.jobs, len(files), cores) if is_on_cpu else 1
    if jobs == 1:
        rows = _rows(files, proposer, given, readers)
    else:
        threads = max(1, cores // jobs)
        rows = measured_by_workers(files, Assignment(given, options.model, threads), jobs)
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
    return list(found if options.pdf is None else dict.fromkeys(found))


def _rows(
    files: Iterable[Path | FailedFile],
    proposer: Proposer,
    given: MeasureOptions,
    readers: Readers,
) -> Generator[BatchRow, None, None]:
    for item in files:
        yield (
            item
            if isinstance(item, FailedFile)
            else measure_file(item, proposer, given, readers=readers)
        )


def _misuse(options: argparse.Namespace) -> str | None:
    misuse = dating_misuse(options)
    if misuse is not None:
        return misuse
    if options.dating_from is not None and dating_of(options) is None and not options.exam_date:
        return "--dating-from goes with --lmp, --edd or another dating, or with --exam-date."
    for target in (options.out, options.pdf):
        if target is not None and not _is_folder(target.absolute().parent):
            return f"the folder of {target} does not exist."
    return None


def _is_folder(path: Path) -> bool:
    # Path.is_dir raises where a name is too long or a folder on the way is closed to us.
    return os.path.isdir(path)  # noqa: PTH112


def _succeeded(row: BatchRow) -> bool:
    return isinstance(row, MeasuredFrame) and row.is_measured and not row.is_age_withheld


def _deliver(rows: Iterator[BatchRow], options: argparse.Namespace, outcome: _Outcome) -> None:
    """Write the rows as they come, or a file when all have; what cannot be saved is printed.

    A file is whole or not there: where Ctrl+C came first, standard output gets the rows too.
    """
    pieces = _FORMATS[options.format](_told(outcome.interruption.until(rows), options, outcome))
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


def _print_piece(text: str) -> bool:
    with tqdm.external_write_mode(file=sys.stdout):
        return print_text(text)


def _told(
    rows: Iterable[BatchRow], options: argparse.Namespace, outcome: _Outcome
) -> Iterator[BatchRow]:
    """Pass rows on; name what failed, and what is to be told, to whoever reads no table.

    The submission's rows have no room for a warning; the other forms have it in each row.
    """
    is_silent = options.format == "table" and options.out is None
    for row in rows:
        is_good = _succeeded(row)
        outcome.is_complete &= is_good
        if isinstance(row, FailedFile):
            said = row.sentence
        else:
            is_told = bool(row.warnings) if options.format == "hc18" else not is_good
            said = f"{shown_name(row.path)}: {' '.join(row.warnings)}" if is_told else ""
        if said and not is_silent:
            tqdm.write(said, file=sys.stderr)
        yield row


def _pixel_size(text: str) -> float:
    try:
        mm = float(text)
    except ValueError:
        mm = 0.0
    if not is_plausible_pixel_side(mm):
        raise argparse.ArgumentTypeError(f"{text} is no pixel size: 0.02 to 1.5 mm")
    return mm


def _frame(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is no frame: they count from 1")
    return int(text)


def _head(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is no head: they count from 1")
    return int(text)


def _jobs(text: str) -> int:
    if not text.isdecimal() or not text.isascii() or int(text) > _MOST_JOBS:
        raise argparse.ArgumentTypeError(f"{text} is no number of jobs: 0 to {_MOST_JOBS}")
    return int(text)
