"""fhc-desktop verify: whether a report still says what was measured, without a window."""

import argparse
import re
import sys
from pathlib import Path

from fhc_desktop.commands.standard_output import print_text
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.growth.standards import STANDARDS
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.reporting.proof.verdict import Signers
from fhc_desktop.storage.preferences.chart_file import load_local_chart
from fhc_desktop.storage.preferences.folders import default_folders
from fhc_desktop.storage.signing_key import known_signer
from fhc_desktop.workflow.verifying import verify_report

AGREES, DISAGREES, WRONG_USE = 0, 1, 2

_STATUS = (
    "Exit status: 0 each statement agrees, and nothing was changed; 1 something does not, or the "
    "file is no report; 2 wrong use. A signer who is unknown here is told and is no fault, unless "
    "--signer names another one. A structured report is not signed; where an archive dropped what "
    "it carried, not all of it can be made anew, which is status 1."
)
_SIGNER = re.compile(r"[0-9a-f]{64}")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``verify`` takes; every mistake in it ends with status 2."""
    parser.epilog = _STATUS
    parser.add_argument(
        "report",
        type=Path,
        metavar="REPORT",
        help="as this program wrote it: a PDF, alone or as a DICOM object, or a structured report",
    )
    parser.add_argument(
        "image", type=Path, nargs="?", metavar="IMAGE", help="the file that was measured"
    )
    parser.add_argument(
        "--signer",
        type=_signer,
        action="append",
        default=[],
        metavar="KEY",
        help="a key of 64 digits that may have signed it, and no other; more than once for several",
    )
    parser.add_argument(
        "--chart",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="add a clinic's own chart; more than once for several",
    )
    parser.add_argument("--data-dir", type=Path, metavar="FOLDER", help="whose key is ours")


def run(options: argparse.Namespace, readers: Readers) -> int:
    """Say whether a report agrees; return the exit status, which ``--help`` explains."""
    try:
        local = [load_local_chart(path) for path in options.chart]
    except FhcError as problem:
        print(f"fhc-desktop verify: {problem}", file=sys.stderr)
        return WRONG_USE
    ours = known_signer(default_folders(options.data_dir).data)
    try:
        found = verify_report(
            options.report,
            options.image,
            readers,
            known=(*STANDARDS, *local),
            signers=Signers(ours, tuple(options.signer)),
        )
    except FhcError as problem:
        print(f"fhc-desktop verify: {problem}", file=sys.stderr)
        return DISAGREES
    is_printed = print_text(f"{found.text}\n")
    return AGREES if found.is_good and is_printed else DISAGREES


def _signer(text: str) -> str:
    if _SIGNER.fullmatch(text.lower()) is None:
        raise argparse.ArgumentTypeError(f"{text} is no key: 64 digits, 0 to 9 and a to f")
    return text.lower()
