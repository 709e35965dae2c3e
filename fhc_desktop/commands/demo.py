"""fhc-desktop demo: the whole path on the demonstration scan, without a display."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from fhc_desktop.domain.dating.gestation import Dating, GestationalAge
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.batch_dating import GivenDating
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.reporting.batch.batch import MeasuredFrame
from fhc_desktop.reporting.batch.batch_objects import as_json
from fhc_desktop.reporting.batch.batch_table import as_table
from fhc_desktop.reporting.saving import save_text
from fhc_desktop.resources import resource
from fhc_desktop.storage.log.measurement_log import MeasurementLog
from fhc_desktop.storage.preferences.folders import default_folders
from fhc_desktop.storage.signing_key import signing_key
from fhc_desktop.workflow.accepting import accept
from fhc_desktop.workflow.batch import MeasureOptions, measured
from fhc_desktop.workflow.exporting import export_pdf
from fhc_desktop.workflow.proposing import LazySegmenter

DEMO_SCAN = "demo/demo_head.dcm"
# The drawn head's made-up age, so that the demonstration has a percentile to show.
DEMO_AGE = GestationalAge(140)
_OPERATOR = "demonstration"


def run(output: Path, readers: Readers) -> int:
    """Outline, measure, accept, log and report the demonstration scan; print what was written.

    Return 0, or 1 after a sentence when the disk or the installation does not allow it.
    """
    try:
        output.mkdir(parents=True, exist_ok=True)
        _demonstrate(output, readers)
    except FhcError as problem:
        print(problem, file=sys.stderr)
        return 1
    except OSError as cause:
        print(
            f"The demonstration could not be written to {output} ({cause.strerror}). "
            "Make room there, or name another folder with --out.",
            file=sys.stderr,
        )
        return 1
    return 0


def _demonstrate(output: Path, readers: Readers) -> None:
    now = datetime.now(UTC)
    segmenter = LazySegmenter()
    options = MeasureOptions(given=GivenDating(Dating.from_age(DEMO_AGE)))
    exam = measured(resource(DEMO_SCAN), segmenter, options, readers=readers)
    log = MeasurementLog.open(output / "log")
    accepted = accept(exam, operator=_OPERATOR, now=now, log=log, supersedes=None)
    rows = [MeasuredFrame.of(accepted)]
    print(as_table(rows))
    save_text(as_json(rows), output / "measurement.json")
    export_pdf(accepted, output / "report.pdf", now=now, key=signing_key(output / "log"))
    log.export(output / "log.csv")
    entries = len(log.entries())
    log.close()
    _picture(output / "window.png", output / "log", segmenter, readers)
    for name, words in (
        ("measurement.json", "the measurement"),
        ("report.pdf", "the report"),
        ("log", f"the measurement log, now with {entries} entries"),
        ("log.csv", "the log as a table"),
        ("window.png", "a picture of the window"),
    ):
        print(f"wrote {output / name}: {words}")


def _picture(target: Path, log_folder: Path, segmenter: LazySegmenter, readers: Readers) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from fhc_desktop.gui.picture import save_picture  # noqa: PLC0415 - Qt only for the picture

    save_picture(
        resource(DEMO_SCAN),
        target,
        folders=default_folders(log_folder),
        proposer=segmenter,
        readers=readers,
    )
