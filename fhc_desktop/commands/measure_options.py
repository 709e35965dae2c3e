"""What ``measure`` and ``report`` are told on the command line, and what does not go together."""

import argparse
from datetime import date
from pathlib import Path

from fhc_desktop.commands.pregnancy_options import (
    add_dating_arguments,
    add_standard_arguments,
    dating_misuse,
    dating_of,
    standards_of,
)
from fhc_desktop.commands.report_files import (
    add_form_arguments,
    forms_misuse,
    is_folder,
    named,
    wanted,
)
from fhc_desktop.domain.examination.batch_dating import DatingFrom, GivenDating
from fhc_desktop.domain.examination.comment import fault_of, tidied
from fhc_desktop.domain.fetus import FETUS_LABELS, Fetus
from fhc_desktop.domain.image.calibration import is_plausible_pixel_side
from fhc_desktop.reporting.pdf.paper import Paper
from fhc_desktop.segmentation.networks.loading import DEVICES
from fhc_desktop.workflow.batch import MeasureOptions
from fhc_desktop.workflow.run_table import RunTable

ALL_MEASURED, SOME_FAILED, WRONG_USE, INTERRUPTED = 0, 1, 2, 130
FORMATS = ("table", "json", "csv", "hc18")  # the first is the usual one
_MOST_JOBS = 256

_STATUS = (
    "Exit status: 0 all was measured; 1 a file failed, or one of its numbers is withheld (no "
    "millimetres, or no age because its dates lie apart); 2 wrong use, or a dating that does not "
    "fit the files: nothing was measured; 130 interrupted by Ctrl+C, with the rows until then."
)


def add_arguments(parser: argparse.ArgumentParser, *, is_report: bool = False) -> None:
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
    parser.add_argument(
        "--comment",
        type=_comment,
        default="",
        metavar="TEXT",
        help="in your words, for rows and reports",
    )
    parser.add_argument("--frame", type=_frame, metavar="N", help="frame of a cine, from 1")
    parser.add_argument(
        "--head", type=_head, metavar="N", help="which one, of several in a picture, from the left"
    )
    parser.add_argument(
        "--format", choices=(*FORMATS, RunTable.PARQUET), help="default: table; with --run: csv"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="instead of standard output")
    add_form_arguments(parser, is_report=is_report)
    parser.add_argument(
        "--run",
        type=Path,
        metavar="FOLDER",
        help="measure an archive into a folder; interrupted, the same call goes on where it was",
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
    parser.add_argument(
        "--cluster",
        type=_address,
        metavar="ADDRESS",
        help="measure on a Dask cluster whose workers see the same files: tcp:// or tls://",
    )
    parser.add_argument(
        "--cluster-tls",
        type=Path,
        nargs=3,
        metavar=("CA", "CERTIFICATE", "KEY"),
        help="by which both sides know each other, as PEM files; with tls://",
    )


def verb_of(options: argparse.Namespace) -> str:
    """Return what was called, as its faults begin."""
    return f"fhc-desktop {'report' if options.is_report else 'measure'}"


def given_options(options: argparse.Namespace, today: date) -> MeasureOptions:
    """Return what was given for all files, before it is seen whether it fits them.

    Raises:
        FhcError: there is no such standard, or the chart does not hold.
    """
    standards, standard = standards_of(options)
    return MeasureOptions(
        frame=options.frame,
        head=options.head,
        mm_per_pixel=options.pixel_size,
        given=GivenDating(
            dating_of(options),
            options.exam_date,
            None if options.dating_from is None else DatingFrom(options.dating_from),
        ),
        today=today,
        fetus=Fetus(options.fetus or ""),
        standard=standard,
        standards=standards,
        comment=options.comment,
    )


def device_of(options: argparse.Namespace) -> str:
    """Return what computes; a cluster's workers do on their CPUs."""
    return options.device if options.cluster is None else "cpu"


def misuse(options: argparse.Namespace) -> str | None:
    wrong = dating_misuse(options)
    if wrong is not None:
        return wrong
    if options.dating_from is not None and dating_of(options) is None and not options.exam_date:
        return "--dating-from goes with --lmp, --edd or another dating, or with --exam-date."
    return _misuse_of_cluster(options) or _misuse_of_targets(options)


def _misuse_of_cluster(options: argparse.Namespace) -> str | None:
    if options.cluster is None:
        return None if options.cluster_tls is None else "--cluster-tls goes with --cluster."
    if options.jobs or options.device not in {"auto", "cpu"} or options.pdf is not None:
        return "a cluster's workers compute, each on its CPU: leave --jobs, --device and --pdf out."
    if options.cluster.startswith("tls://") != (options.cluster_tls is not None):
        return "--cluster tls://... goes with --cluster-tls, and that with it."
    return None


def _misuse_of_targets(options: argparse.Namespace) -> str | None:
    """Return what does not go together of where the result is to go."""
    misuse = _misuse_without_run if options.run is None else _misuse_of_run
    fault = misuse(options)
    if fault is not None:
        return fault
    for target in (options.out, options.run, *wanted(options).values()):
        if target is not None and not is_folder(target.absolute().parent):
            return f"the folder of {target} does not exist."
    return None


def _misuse_of_run(options: argparse.Namespace) -> str | None:
    if options.out is not None:
        return "--run has its own files: leave --out out."
    if wanted(options):
        return f"--run has its own files: leave {named(wanted(options))} out."
    if options.format not in {None, *RunTable}:
        return f"--run writes {' or '.join(RunTable)}."
    return None


def _misuse_without_run(options: argparse.Namespace) -> str | None:
    if options.format == RunTable.PARQUET:
        return "--format parquet goes with --run."
    return forms_misuse(options)


def _pixel_size(text: str) -> float:
    try:
        mm = float(text)
    except ValueError:
        mm = 0.0
    if not is_plausible_pixel_side(mm):
        raise argparse.ArgumentTypeError(f"{text} is no pixel size: 0.02 to 1.5 mm")
    return mm


def _comment(text: str) -> str:
    comment = tidied(text)
    fault = fault_of(comment)
    if fault:
        raise argparse.ArgumentTypeError(fault)
    return comment


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


def _address(text: str) -> str:
    if not text.startswith(("tcp://", "tls://")):
        raise argparse.ArgumentTypeError(f"{text} is no address: tcp://HOST:PORT or tls://...")
    return text
