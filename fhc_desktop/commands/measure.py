"""fhc-desktop measure: files and folders become rows, without a window."""

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from tqdm import tqdm

from fhc_desktop.domain.calibration import is_plausible_pixel_side
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.gestation import Dating, GestationalAge, parse_age
from fhc_desktop.imaging.unreadable import shown_name
from fhc_desktop.reporting.batch import (
    BatchRow,
    FailedFile,
    MeasuredFrame,
    as_csv,
    as_hc18,
    as_json,
)
from fhc_desktop.reporting.batch_table import as_table
from fhc_desktop.reporting.saving import save_text
from fhc_desktop.workflow import (
    LazySegmenter,
    MeasureOptions,
    Proposer,
    expand,
    export_pdf,
    is_catalogue,
    is_folder,
    measure_file,
    measured,
)

ALL_MEASURED, SOME_FAILED, WRONG_USE = 0, 1, 2

_FORMATS: dict[str, Callable[[Sequence[BatchRow]], str]] = {
    "table": as_table,
    "json": as_json,
    "csv": as_csv,
    "hc18": as_hc18,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``measure`` takes; every mistake in it ends with status 2."""
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="image, folder, DICOMDIR or ZIP archive"
    )
    parser.add_argument("--pixel-size", type=_pixel_size, metavar="MM", help="width of a pixel")
    dating = parser.add_mutually_exclusive_group()
    dating.add_argument("--ga", type=_age, metavar="20w3d", help="age on the day of the exam")
    dating.add_argument("--lmp", type=_date, metavar="DATE", help="last menstrual period")
    dating.add_argument("--edd", type=_date, metavar="DATE", help="estimated date of delivery")
    parser.add_argument(
        "--exam-date", type=_date, metavar="DATE", help="with --lmp or --edd; default: the file's"
    )
    parser.add_argument("--frame", type=_frame, metavar="N", help="frame of a cine, from 1")
    parser.add_argument("--format", choices=list(_FORMATS), default="table")
    parser.add_argument("--out", type=Path, metavar="FILE", help="instead of standard output")
    parser.add_argument("--pdf", type=Path, metavar="FILE", help="a draft report of one image")
    parser.add_argument("--model", type=Path, metavar="FILE", help="measure with another bundle")


def run(options: argparse.Namespace) -> int:
    """Measure and print; return 0 all measured, 1 some failed, 2 wrong use."""
    fault = _misuse(options)
    if fault is not None:
        print(f"fhc-desktop measure: {fault}", file=sys.stderr)
        return WRONG_USE
    proposer = LazySegmenter(options.model)
    given = MeasureOptions(
        frame=options.frame,
        mm_per_pixel=options.pixel_size,
        dating=_dating(options),
        exam_date=options.exam_date,
    )
    try:
        proposer.load()
    except FhcError as problem:
        print(problem, file=sys.stderr)
        return SOME_FAILED
    rows, is_reported = _rows(options, proposer, given)
    is_written = _deliver(rows, options)
    is_complete = is_reported and is_written and all(map(_succeeded, rows))
    return ALL_MEASURED if is_complete else SOME_FAILED


def _rows(
    options: argparse.Namespace, proposer: Proposer, given: MeasureOptions
) -> tuple[list[BatchRow], bool]:
    """Return a row for each file, and whether the report that was asked for is there."""
    if options.pdf is not None:
        row, is_reported = _report(options.paths[0], options.pdf, proposer=proposer, given=given)
        return [row], is_reported
    files = list(expand(options.paths))
    # A bar only where somebody looks at it; the rows themselves go to standard output.
    rows = [
        item if isinstance(item, FailedFile) else measure_file(item, proposer, given)
        for item in tqdm(files, unit="image", file=sys.stderr, disable=None)
    ]
    return rows, True


def _report(
    path: Path, target: Path, *, proposer: Proposer, given: MeasureOptions
) -> tuple[BatchRow, bool]:
    """Measure one file and write its report; the numbers stand where the report cannot."""
    try:
        exam = measured(path, proposer, given)
    except FhcError as fault:
        return FailedFile(path, fault.problem, fault.remedy), False
    try:
        export_pdf(exam, target, now=datetime.now(UTC))
    except FhcError as fault:
        print(fault, file=sys.stderr)
        return MeasuredFrame.of(exam), False
    return MeasuredFrame.of(exam), True


def _misuse(options: argparse.Namespace) -> str | None:
    if options.exam_date is not None and options.lmp is None and options.edd is None:
        return "--exam-date goes with --lmp or --edd."
    if options.pdf is not None and (len(options.paths) != 1 or is_catalogue(options.paths[0])):
        return "--pdf makes the report of one image: name one file."
    for target in (options.out, options.pdf):
        if target is not None and not is_folder(target.absolute().parent):
            return f"the folder of {target} does not exist."
    return None


def _dating(options: argparse.Namespace) -> Dating | None:
    if options.ga is not None:
        return Dating.from_age(options.ga)
    if options.lmp is not None:
        return Dating.from_lmp(options.lmp)
    return None if options.edd is None else Dating.from_edd(options.edd)


def _succeeded(row: BatchRow) -> bool:
    return isinstance(row, MeasuredFrame) and row.is_measured


def _deliver(rows: Sequence[BatchRow], options: argparse.Namespace) -> bool:
    """Write the result; what cannot be saved goes to standard output, so that nothing is lost."""
    text, target = _FORMATS[options.format](rows), options.out
    if options.format != "table" or target is not None:
        _tell_failures(rows)
    if target is None:
        return _print(text)
    try:
        save_text(text, target)
    except FhcError as problem:
        print(problem, file=sys.stderr)
        _print(text)
        return False
    return True


def _tell_failures(rows: Sequence[BatchRow]) -> None:
    """Name each failure to whoever reads no table: the submission's rows have no room for it."""
    for row in rows:
        if isinstance(row, FailedFile):
            print(row.sentence, file=sys.stderr)
        elif not row.is_measured:
            print(f"{shown_name(row.path)}: {' '.join(row.warnings)}", file=sys.stderr)


def _print(text: str) -> bool:
    """Write to standard output, whatever it is connected to; return whether all of it went."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A name in a script that the console lacks shows as escapes; line ends stay as they are.
        sys.stdout.reconfigure(errors="backslashreplace", newline="")
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads has seen enough.
        _drop_the_rest()
        return False
    except OSError as cause:
        print(
            f"The result could not be written to standard output ({cause.strerror}). "
            "Make room on the disk, or name another file with --out.",
            file=sys.stderr,
        )
        _drop_the_rest()
        return False
    return True


def _drop_the_rest() -> None:
    """Keep Python from trying the same again, loudly, when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _pixel_size(text: str) -> float:
    try:
        mm = float(text)
    except ValueError:
        mm = 0.0
    if not is_plausible_pixel_side(mm):
        raise argparse.ArgumentTypeError(f"{text} is no pixel size: 0.02 to 1.5 mm")
    return mm


def _age(text: str) -> GestationalAge:
    age = parse_age(text)
    if age is None:
        raise argparse.ArgumentTypeError(f"{text} is no gestational age: write it as 20w3d")
    return age


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as cause:
        raise argparse.ArgumentTypeError(f"{text} is no date: write it as 2026-01-31") from cause


def _frame(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is no frame: they count from 1")
    return int(text)
