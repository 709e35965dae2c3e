"""fhc-desktop report: the report of one image that nobody reviewed, without a window."""

import argparse

from fhc_desktop.commands import measure
from fhc_desktop.imaging.readers import Readers


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``report`` takes: all that ``measure`` takes, and where the report goes."""
    parser.description = (
        "Nobody has looked at what this report says, and each of its pages says so. The report of "
        "a measurement that was accepted is exported from the window."
    )
    measure.add_arguments(parser, is_report=True)


def run(options: argparse.Namespace, readers: Readers) -> int:
    """Measure one image and write its report; return the exit status, as ``measure`` has it."""
    return measure.run(options, readers)
