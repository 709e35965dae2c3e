"""fhc-desktop self-check: does this installation measure, log, report and show as it should?"""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from fhc_desktop.commands.standard_output import print_text
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.reporting.content.installation import as_json, as_lines
from fhc_desktop.reporting.pdf.installation_page import installation_pdf
from fhc_desktop.reporting.saving import save_bytes
from fhc_desktop.storage.preferences.folders import default_folders
from fhc_desktop.workflow.checking_installation import checked_installation

SOUND, FAULTY = 0, 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = "Exit status: 0 all of it holds; 1 something does not."
    parser.add_argument("--data-dir", type=Path, metavar="FOLDER", help="where the log is kept")
    parser.add_argument("--json", action="store_true", help="write the findings as JSON")
    parser.add_argument("--pdf", type=Path, metavar="FILE", help="write them as PDF too")


def run(options: argparse.Namespace, readers: Readers) -> int:
    """Say what was found; return the exit status, which ``--help`` explains."""
    folders = default_folders(options.data_dir)
    installation = checked_installation(folders, readers, datetime.now(UTC))
    lines = [as_json(installation)] if options.json else as_lines(installation)
    is_told = print_text("".join(f"{line}\n" for line in lines))
    if options.pdf is not None:
        try:
            save_bytes(installation_pdf(installation), options.pdf)
        except FhcError as problem:
            print(f"fhc-desktop self-check: {problem}", file=sys.stderr)
            return FAULTY
    return SOUND if is_told and installation.is_sound else FAULTY
