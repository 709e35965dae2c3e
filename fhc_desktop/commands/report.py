"""fhc-desktop report: reports that nobody reviewed, of one patient or of many files."""

import argparse

from fhc_desktop.commands import measure
from fhc_desktop.imaging.readers import Readers


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``report`` takes: all that ``measure`` takes, and where the report goes."""
    parser.description = (
        "Nobody has looked at what this report says, and each of its forms says so. Several images "
        "make one PDF if they are of one patient. The report of a measurement that was accepted "
        "is exported from the window."
    )
    measure.add_arguments(parser, is_report=True)


def run(options: argparse.Namespace, readers: Readers) -> int:
    """Measure and write reports; return the exit status, as ``measure`` has it."""
    return measure.run(options, readers)
