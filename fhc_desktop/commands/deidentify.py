"""fhc-desktop deidentify: copies without the patient, which nobody has looked at yet."""

import argparse
import sys
from pathlib import Path

from tqdm import tqdm

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.imaging.deidentification import Deidentification
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.imaging.unreadable import shown_name
from fhc_desktop.reporting.batch.batch import FailedFile
from fhc_desktop.workflow.batch import expand
from fhc_desktop.workflow.exporting import export_deidentified

ALL_WRITTEN, SOME_FAILED, WRONG_USE = 0, 1, 2
_NOBODY_LOOKED = (
    "Nobody has looked at these pictures: a name or number may still be written in them. "
    "Look at every frame before they leave the house."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``deidentify`` takes; every mistake in it ends with status 2."""
    parser.add_argument("path", type=Path, metavar="FILE_OR_FOLDER", help="image or folder")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FOLDER", help="where the copies go"
    )


def run(options: argparse.Namespace, readers: Readers) -> int:
    """Write the copies and name each; return 0 all written, 1 some failed, 2 wrong use."""
    try:
        options.out.mkdir(parents=True, exist_ok=True)
    except OSError as cause:
        reason = cause.strerror or cause
        print(f"fhc-desktop deidentify: {options.out} is no folder: {reason}.", file=sys.stderr)
        return WRONG_USE
    written, has_failed = 0, False
    export = Deidentification(readers.copies)
    items = _to_copy(options.path, options.out, readers)
    for item in tqdm(items, unit="image", file=sys.stderr, disable=None):
        if isinstance(item, FailedFile):
            print(item.sentence, file=sys.stderr)
            has_failed = True
            continue
        try:
            target = export_deidentified(item, options.out, export)
        except FhcError as fault:
            print(fault, file=sys.stderr)
            has_failed = True
            continue
        print(f"{shown_name(item)} → {target.name}")
        written += 1
    if written:
        print(_NOBODY_LOOKED)
    return SOME_FAILED if has_failed else ALL_WRITTEN


def _to_copy(path: Path, out: Path, readers: Readers) -> list[Path | FailedFile]:
    """Return what lies in a folder, without the copies of an earlier run in a folder below it."""
    copies = out.resolve()
    is_below = path.resolve() in copies.parents
    return [
        item
        for item in expand([path], readers)
        if isinstance(item, FailedFile) or not (is_below and item.resolve().is_relative_to(copies))
    ]
