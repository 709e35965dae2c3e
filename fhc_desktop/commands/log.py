"""fhc-desktop log: look after the measurement log without the window."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from fhc_desktop.commands.standard_output import print_text
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.storage.log.backups import backups_of, sound_backup
from fhc_desktop.storage.log.faults import LogUnavailable, records_text
from fhc_desktop.storage.log.measurement_log import MeasurementLog
from fhc_desktop.storage.log.open_log import verify_log
from fhc_desktop.storage.log.restoring import Offer, begin_anew, offers, restore
from fhc_desktop.storage.preferences.folders import default_folders

DONE, FAILED, WRONG_USE = 0, 1, 2

_KEPT = "Nothing was deleted. What lay in its place is kept as:"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``log`` takes; every mistake in it ends with status 2."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for name, help_ in (
        ("verify", "see whether every record is as it was written, and none is missing"),
        ("backups", "list the backups, and whether each can be restored"),
        ("restore", "put the best copy, or the backup named, in the log's place"),
        ("export", "write the whole log as a table"),
        ("begin", "begin an empty log and set the old one aside"),
    ):
        verb = verbs.add_parser(name, help=help_)
        verb.add_argument("--data-dir", type=Path, metavar="FOLDER", help="where the log is kept")
        if name in {"restore", "begin"}:
            verb.add_argument("--yes", action="store_true", help="do not ask")
        if name == "restore":
            verb.add_argument("backup", nargs="?", metavar="BACKUP", help="as “backups” names it")
        if name == "export":
            verb.add_argument("--out", type=Path, required=True, metavar="FILE.csv")


def run(options: argparse.Namespace) -> int:
    """Do what was asked; return 0 done, 1 not done or not as it should be, 2 wrong use."""
    folder = default_folders(options.data_dir).data
    verbs: dict[str, Callable[[], int]] = {
        "verify": lambda: _verify(folder),
        "backups": lambda: _backups(folder),
        "restore": lambda: _restore(folder, options.backup, asks=not options.yes),
        "export": lambda: _export(folder, options.out),
        "begin": lambda: _begin(folder, asks=not options.yes),
    }
    try:
        return verbs[options.verb]()
    except FhcError as problem:
        print(f"fhc-desktop log {options.verb}: {problem}", file=sys.stderr)
        return FAILED


def _verify(folder: Path) -> int:
    end = verify_log(folder)
    said = f"{records_text(end.count)}, each as it was written; none is missing."
    return DONE if print_text(f"{said}\n") else FAILED


def _backups(folder: Path) -> int:
    lines = [
        f"{'sound  ' if sound_backup(backup) else 'DAMAGED'}  {backup.made_at:%Y-%m-%d %H:%M} UTC  "
        f"{records_text(backup.end.count)}  {backup.path.name}"
        for backup in backups_of(folder)
    ]
    text = "\n".join(lines) if lines else "There is no backup of the measurement log."
    return DONE if print_text(f"{text}\n") else FAILED


def _restore(folder: Path, name: str | None, *, asks: bool) -> int:
    if name is None:
        try:
            verify_log(folder)
        except LogUnavailable as why:
            print(why.problem)
        else:
            print(
                "fhc-desktop log restore: the log is whole. Name a backup to put it in its place "
                "all the same.",
                file=sys.stderr,
            )
            return WRONG_USE
    offer = next(islice(_named(folder, name), 1), None)
    if offer is None:
        print("fhc-desktop log restore: there is no sound copy to restore.", file=sys.stderr)
        return FAILED
    print(offer.sentence)
    if asks and not _agreed("Use it from now on?"):
        return FAILED
    restored = restore(folder, offer, datetime.now(UTC))
    print("The log was restored.", _KEPT, *restored.set_aside, sep="\n")
    return DONE


def _named(folder: Path, name: str | None) -> Iterator[Offer]:
    return (offer for offer in offers(folder) if name in {None, offer.database.name})


def _export(folder: Path, target: Path) -> int:
    with closing(MeasurementLog.open(folder)) as log:
        log.export(target)
    return DONE


def _begin(folder: Path, *, asks: bool) -> int:
    if asks and not _agreed("Begin an empty log, and set the old one aside?"):
        return FAILED
    aside = begin_anew(folder, datetime.now(UTC))
    print("An empty log was begun.", _KEPT, *aside, sep="\n")
    return DONE


def _agreed(question: str) -> bool:
    try:
        return input(f"{question} [y/N] ").strip().casefold() in {"y", "yes"}
    except EOFError:
        return False
