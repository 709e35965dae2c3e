"""fhc-desktop deidentify: copies without the patient, which nobody has looked at yet."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from tqdm import tqdm

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.imaging.deidentification import Deidentification
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.imaging.unreadable import shown_name
from fhc_desktop.reporting.batch.batch import FailedFile
from fhc_desktop.workflow.batch import expand
from fhc_desktop.workflow.exporting import WrittenCopy, export_deidentified

ALL_WRITTEN, SOME_FAILED, WRONG_USE = 0, 1, 2
_NOBODY_LOOKED = (
    "Nobody has looked at these pictures: a name or number may still be written in them. "
    "Look at every frame before they leave the house."
)

_SCALE_LOST = "\n  Without its scale: that rested on a number that repeats one of the patient's."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``deidentify`` takes; every mistake in it ends with status 2."""
    parser.add_argument("path", type=Path, metavar="FILE_OR_FOLDER", help="image or folder")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FOLDER", help="where the copies go"
    )
    parser.add_argument(
        "--keep-device-name",
        action="append",
        default=[],
        metavar="NAME",
        help="a maker or model that the copies may name: what was left out is listed at the end",
    )


def run(options: argparse.Namespace, readers: Readers) -> int:
    """Write the copies and name each; return 0 all written, 1 some failed, 2 wrong use."""
    try:
        options.out.mkdir(parents=True, exist_ok=True)
    except OSError as cause:
        reason = cause.strerror or cause
        print(f"fhc-desktop deidentify: {options.out} is no folder: {reason}.", file=sys.stderr)
        return WRONG_USE
    written: list[WrittenCopy] = []
    has_failed = False
    export = Deidentification(readers.copies)
    items = _to_copy(options.path, options.out, readers)
    for item in tqdm(items, unit="image", file=sys.stderr, disable=None):
        if isinstance(item, FailedFile):
            print(item.sentence, file=sys.stderr)
            has_failed = True
            continue
        try:
            copy = export_deidentified(item, options.out, export, vouched=options.keep_device_name)
        except FhcError as fault:
            print(fault, file=sys.stderr)
            has_failed = True
            continue
        print(f"{shown_name(item)} → {copy.path.name}{_SCALE_LOST if copy.has_lost_scale else ''}")
        written.append(copy)
    for sentence in _about_devices(written, options.keep_device_name):
        print(sentence)
    if written:
        print(_NOBODY_LOOKED)
    return SOME_FAILED if has_failed else ALL_WRITTEN


def _about_devices(written: list[WrittenCopy], vouched: list[str]) -> Iterator[str]:
    """Yield what the copies name of devices, what they do not, and what a user kept in vain."""
    kept = {name for copy in written for name in copy.devices.kept}
    left_out = {name for copy in written for name in copy.devices.left_out}
    if kept:
        yield f"The copies name the device: {_quoted(kept)}."
    if left_out:
        yield (
            f"Not named, since no list of makers has it or it is somebody's: {_quoted(left_out)}. "
            "If it is neither a person nor a place, write the copies again with --keep-device-name."
        )
    missed = set(vouched) - kept if written else set()
    if missed:
        yield (
            f"In no copy: {_quoted(missed)}. No file has it as a device's name, or it repeats a "
            "name, a number or a day of its file."
        )


def _quoted(names: set[str]) -> str:
    return ", ".join(f"“{name}”" for name in sorted(names))


def _to_copy(path: Path, out: Path, readers: Readers) -> list[Path | FailedFile]:
    """Return what lies in a folder, without the copies of an earlier run in a folder below it."""
    copies = out.resolve()
    is_below = path.resolve() in copies.parents
    return [
        item
        for item in expand([path], readers)
        if isinstance(item, FailedFile) or not (is_below and item.resolve().is_relative_to(copies))
    ]
