"""fhc-desktop study: a folder becomes a blinded reading list, is read, and comes to results."""

import argparse
import secrets
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from tqdm import tqdm

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.reader_study.estimate import Estimate, NotReckoned
from fhc_desktop.domain.reader_study.reader_study import Plan
from fhc_desktop.domain.reader_study.reliability import Reliability
from fhc_desktop.domain.reader_study.repeatability import Repeatability
from fhc_desktop.domain.reader_study.results import Comparison, Results
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.reporting.reader_study.quantiles import ScipyQuantiles
from fhc_desktop.segmentation.networks.loading import DEVICES
from fhc_desktop.storage.preferences.folders import default_folders
from fhc_desktop.storage.reader_study.study_folder import open_study
from fhc_desktop.workflow.batch import expand
from fhc_desktop.workflow.making_study import MadeStudy, make_study, read_key
from fhc_desktop.workflow.proposing import LazySegmenter
from fhc_desktop.workflow.study_results import StudyResults, by_model, write_results

DONE, SOME_LEFT_OUT, WRONG_USE = 0, 1, 2
_SHOWN, _HIDDEN = "shown", "hidden"
_LARGEST_SEED = 2**32
_STATUS = (
    "Exit status: 0 done; 1 done, and something is left out or missing; 2 nothing was done, for "
    "the reason that is told."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``study make``, ``study read`` and ``study results`` take."""
    parser.epilog = _STATUS
    verbs = parser.add_subparsers(dest="step", required=True, metavar="make|read|results")
    _add_make(verbs.add_parser("make", help="a folder becomes a blinded, randomised list"))
    _add_read(verbs.add_parser("read", help="open the window in which a reader reads"))
    _add_results(verbs.add_parser("results", help="reads become tables, statistics and plots"))


def run(options: argparse.Namespace, readers: Readers) -> int:
    """Do one step of a study; return the exit status, which ``--help`` explains."""
    steps: dict[str, Callable[[argparse.Namespace, Readers], int]] = {
        "make": _make,
        "read": _read,
        "results": _results,
    }
    try:
        return steps[options.step](options, readers)
    except FhcError as problem:
        print(f"fhc-desktop study {options.step}: {problem}", file=sys.stderr)
        return WRONG_USE


def _add_make(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="as measure takes them")
    parser.add_argument("--out", required=True, type=Path, metavar="STUDY", help="a new folder")
    parser.add_argument(
        "--key",
        type=Path,
        metavar="FILE",
        help="which picture is which file: not for readers; default: STUDY-key.csv",
    )
    parser.add_argument("--readers", default="A,B", metavar="A,B", help="names; default: A,B")
    parser.add_argument(
        "--repeats",
        type=float,
        default=0.2,
        metavar="SHARE",
        help="of the pictures, to be read twice; default: 0.2",
    )
    parser.add_argument("--seed", type=_seed, metavar="N", help="makes the same lists again")
    parser.add_argument(
        "--proposal",
        choices=(_HIDDEN, _SHOWN),
        default=_HIDDEN,
        help="whether readers begin with the model's outline; default: hidden",
    )
    parser.add_argument(
        "--numbers",
        choices=(_HIDDEN, _SHOWN),
        default=_HIDDEN,
        help="whether readers see the HC of their outline; default: hidden",
    )


def _add_read(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("study", type=Path, metavar="STUDY")
    parser.add_argument("--reader", required=True, metavar="NAME", help="who reads")
    parser.add_argument("--data-dir", type=Path, metavar="FOLDER", help="whose settings hold")
    parser.add_argument("--model", type=Path, metavar="FILE", help="propose with another bundle")


def _add_results(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("study", type=Path, metavar="STUDY")
    parser.add_argument("--out", required=True, type=Path, metavar="FOLDER", help="for all files")
    parser.add_argument("--key", type=Path, metavar="FILE", help="names the files in the tables")
    parser.add_argument("--model", type=Path, metavar="FILE", help="compare with another bundle")
    parser.add_argument("--device", choices=DEVICES, default="auto", help="what computes")


def _make(options: argparse.Namespace, readers: Readers) -> int:
    plan = Plan(
        readers=tuple(options.readers.split(",")),
        repeats=options.repeats,
        seed=secrets.randbelow(_LARGEST_SEED) if options.seed is None else options.seed,
        is_proposal_shown=options.proposal == _SHOWN,
        are_numbers_shown=options.numbers == _SHOWN,
    )
    folder: Path = options.out
    key = options.key or folder.with_name(f"{folder.name}-key.csv")
    files = tqdm(list(expand(options.paths, readers)), unit="image", file=sys.stderr, disable=None)
    made = make_study(files, folder, key, plan, readers, now=datetime.now(UTC))
    for failed in made.left_out:
        print(failed.sentence, file=sys.stderr)
    print("\n".join(_said_of(made, folder, key)))
    return SOME_LEFT_OUT if made.left_out else DONE


def _said_of(made: MadeStudy, folder: Path, key: Path) -> list[str]:
    study = made.study
    count, places = len(study.pictures), len(study.lists[0].codes)
    said = [
        (
            f"{count} pictures, {places - count} of them to be read twice, by "
            f"{', '.join(one.reader for one in study.lists)}. Seed {study.plan.seed}."
        ),
        f"The study is {folder}. The key is {key}: keep it from the readers.",
        f"Read with: fhc-desktop study read {folder} --reader {study.lists[0].reader}",
    ]
    if made.unscaled:
        codes = ", ".join(made.unscaled)
        said.append(f"Without a scale of its own, and so in no statistic: {codes}.")
    if made.clips:
        said.append(f"Clips, of which the first frame is read: {made.clips}.")
    if made.naming:
        said.append(
            f"Files that name a patient, as their copies do: {made.naming}. The readers' window "
            "shows no name; before the study leaves the house make it of de-identified copies "
            "(fhc-desktop deidentify)."
        )
    return said


def _read(options: argparse.Namespace, readers: Readers) -> int:
    readers.close()  # the window has its own
    study = open_study(options.study)
    study.study.codes_of(options.reader)
    from fhc_desktop.gui.application import run_reading  # noqa: PLC0415 - Qt only for the window

    return run_reading(study, options.reader, default_folders(options.data_dir), options.model)


def _results(options: argparse.Namespace, readers: Readers) -> int:
    quantiles = ScipyQuantiles()
    study = open_study(options.study)
    files = {} if options.key is None else read_key(options.key)
    try:
        options.out.mkdir(parents=True, exist_ok=True)
    except OSError as cause:
        raise FhcError(
            f"{options.out} is no folder: {cause.strerror or cause}.", "Name another one."
        ) from cause
    rows = by_model(study, LazySegmenter(options.model, options.device), readers)
    total = len(study.study.pictures)
    said = dict(tqdm(rows, total=total, unit="image", file=sys.stderr, disable=None))
    written = write_results(study, said, options.out, quantiles, files)
    print("\n".join(_told(written)))
    for remark in written.remarks:
        print(remark, file=sys.stderr)
    return SOME_LEFT_OUT if written.remarks else DONE


def _told(written: StudyResults) -> list[str]:
    found: Results = written.found
    lines = [line for one in found.comparisons for line in _comparison_lines(one)]
    if isinstance(found.of_all, Reliability):
        lines.append(
            f"All readers, {found.of_all.pictures} pictures: {_coefficients(found.of_all)}"
        )
    return [*lines, f"{len(written.written)} files are in {written.written[0].parent}."]


def _comparison_lines(one: Comparison) -> list[str]:
    agreed, reliable, own = one.agreement_mm, one.reliability, one.repeatability_mm
    head = f"{one.compared.name} ({one.compared.kind.value})"
    if isinstance(agreed, NotReckoned):
        return [f"{head}: {agreed.reason}"]
    lines = [
        (
            f"{head}, {agreed.pairs} pictures: bias {_text(agreed.bias)} mm, limits of agreement "
            f"{_text(agreed.lower_limit)} to {_text(agreed.upper_limit)} mm"
        )
    ]
    if isinstance(reliable, Reliability):
        lines.append(f"  {_coefficients(reliable)}")
    if isinstance(own, Repeatability):
        lines.append(
            f"  within-subject SD {_text(own.within_subject_sd)} mm, repeatability coefficient "
            f"{_text(own.coefficient)} mm"
        )
    return lines


def _coefficients(found: Reliability) -> str:
    return f"ICC(2,1) {_text(found.absolute, 3)}, ICC(3,1) {_text(found.consistency, 3)}"


def _text(found: Estimate, digits: int = 2) -> str:
    value = f"{found.value:.{digits}f}"
    if found.low is None or found.high is None:
        return value
    return f"{value} ({found.low:.{digits}f} to {found.high:.{digits}f})"


def _seed(text: str) -> int:
    if not text.isdecimal() or not text.isascii() or int(text) >= _LARGEST_SEED:
        raise argparse.ArgumentTypeError(f"{text} is no seed: 0 to {_LARGEST_SEED - 1}")
    return int(text)
