"""fhc-desktop measure: files and folders become rows, without a window."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tqdm import tqdm

from fhc_desktop.commands.pregnancy_options import (
    add_dating_arguments,
    add_standard_arguments,
    dating_misuse,
    dating_of,
    standards_of,
)
from fhc_desktop.commands.standard_output import print_text
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.batch_dating import DatingFrom, GivenDating
from fhc_desktop.domain.fetus import FETUS_LABELS, Fetus
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.image.calibration import is_plausible_pixel_side
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.imaging.unreadable import shown_name
from fhc_desktop.reporting.batch.batch import (
    BatchRow,
    FailedFile,
    MeasuredFrame,
    as_csv,
    as_hc18,
    as_json,
)
from fhc_desktop.reporting.batch.batch_table import as_table
from fhc_desktop.reporting.saving import save_text
from fhc_desktop.segmentation.networks.loading import DEVICES
from fhc_desktop.workflow.batch import (
    MeasureOptions,
    UnclearDating,
    agreed,
    expand,
    measure_file,
    measured,
)
from fhc_desktop.workflow.browsing import is_catalogue
from fhc_desktop.workflow.exporting import export_pdf
from fhc_desktop.workflow.proposing import LazySegmenter, Proposer

ALL_MEASURED, SOME_FAILED, WRONG_USE = 0, 1, 2

_STATUS = (
    "Exit status: 0 all was measured; 1 a file failed, or one of its numbers is withheld (no "
    "millimetres, or no age because its dates lie apart); 2 wrong use, or a dating that does not "
    "fit the files: nothing was measured."
)

_FORMATS: dict[str, Callable[[Sequence[BatchRow]], str]] = {
    "table": as_table,
    "json": as_json,
    "csv": as_csv,
    "hc18": as_hc18,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``measure`` takes; every mistake in it ends with status 2."""
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
    parser.add_argument("--format", choices=list(_FORMATS), default="table")
    parser.add_argument("--out", type=Path, metavar="FILE", help="instead of standard output")
    parser.add_argument("--pdf", type=Path, metavar="FILE", help="a draft report of one image")
    parser.add_argument("--model", type=Path, metavar="FILE", help="measure with another bundle")
    parser.add_argument(
        "--device", choices=DEVICES, default="auto", help="what computes; default: a GPU if any"
    )


def run(options: argparse.Namespace, readers: Readers) -> int:
    """Measure and print; return 0 all measured, 1 a number is missing, 2 wrong use."""
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
        proposer.load()
    except FhcError as problem:
        print(problem, file=sys.stderr)
        return SOME_FAILED
    if options.pdf is not None:
        row, is_reported = _report(
            options.paths[0], options.pdf, proposer=proposer, given=given, readers=readers
        )
        rows = [row]
    else:
        rows, is_reported = _rows(files, proposer, given, readers), True
    is_written = _deliver(rows, options)
    is_complete = is_reported and is_written and all(map(_succeeded, rows))
    return ALL_MEASURED if is_complete else SOME_FAILED


def _files(options: argparse.Namespace, readers: Readers) -> list[Path | FailedFile]:
    return list(options.paths) if options.pdf is not None else list(expand(options.paths, readers))


def _rows(
    files: Sequence[Path | FailedFile],
    proposer: Proposer,
    given: MeasureOptions,
    readers: Readers,
) -> list[BatchRow]:
    # A bar only where somebody looks at it; the rows themselves go to standard output.
    return [
        item
        if isinstance(item, FailedFile)
        else measure_file(item, proposer, given, readers=readers)
        for item in tqdm(files, unit="image", file=sys.stderr, disable=None)
    ]


def _report(
    path: Path, target: Path, *, proposer: Proposer, given: MeasureOptions, readers: Readers
) -> tuple[BatchRow, bool]:
    """Measure one file and write its report; the numbers stand where the report cannot."""
    try:
        exam = measured(path, proposer, given, readers=readers)
    except FhcError as fault:
        return FailedFile(path, fault.problem, fault.remedy), False
    try:
        local = tuple(standard for standard in given.standards if standard.is_local)
        export_pdf(exam, target, now=datetime.now(UTC), choice=StandardChoice(local=local))
    except FhcError as fault:
        print(fault, file=sys.stderr)
        return MeasuredFrame.of(exam, given.standards), False
    return MeasuredFrame.of(exam, given.standards), True


def _misuse(options: argparse.Namespace) -> str | None:
    misuse = dating_misuse(options)
    if misuse is not None:
        return misuse
    if options.dating_from is not None and dating_of(options) is None and not options.exam_date:
        return "--dating-from goes with --lmp, --edd or another dating, or with --exam-date."
    if options.pdf is not None and (len(options.paths) != 1 or is_catalogue(options.paths[0])):
        return "--pdf makes the report of one image: name one file."
    for target in (options.out, options.pdf):
        if target is not None and not _is_folder(target.absolute().parent):
            return f"the folder of {target} does not exist."
    return None


def _is_folder(path: Path) -> bool:
    # Path.is_dir raises where a name is too long or a folder on the way is closed to us.
    return os.path.isdir(path)  # noqa: PTH112


def _succeeded(row: BatchRow) -> bool:
    return isinstance(row, MeasuredFrame) and row.is_measured and not row.is_age_withheld


def _deliver(rows: Sequence[BatchRow], options: argparse.Namespace) -> bool:
    """Write the result; what cannot be saved goes to standard output, so that nothing is lost."""
    text, target = _FORMATS[options.format](rows), options.out
    if options.format == "hc18":
        _tell(rows, lambda row: bool(row.warnings))
    elif options.format != "table" or target is not None:
        _tell(rows, lambda row: not _succeeded(row))
    if target is None:
        return print_text(text)
    try:
        save_text(text, target)
    except FhcError as problem:
        print(problem, file=sys.stderr)
        print_text(text)
        return False
    return True


def _tell(rows: Sequence[BatchRow], is_told: Callable[[MeasuredFrame], bool]) -> None:
    """Name what failed, and what is to be told, to whoever reads no table.

    The submission's rows have no room for a warning; the other forms have it in each row.
    """
    for row in rows:
        if isinstance(row, FailedFile):
            print(row.sentence, file=sys.stderr)
        elif is_told(row):
            print(f"{shown_name(row.path)}: {' '.join(row.warnings)}", file=sys.stderr)


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
