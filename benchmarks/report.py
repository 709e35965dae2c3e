"""What a report of ten examinations costs against that of one, and how soon it can be cancelled.

    PYTHONPATH=. python benchmarks/report.py [IMAGE]

Times are of the processor, medians of several rounds that take turns. Each examination has a
picture of its own, and all of them the size of the given one. Sealing and writing are in it.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.patient import Patient
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.reporting.content.dossier_content import DossierPart
from fhc_desktop.resources import resource
from fhc_desktop.workflow.examining import examine
from fhc_desktop.workflow.exporting import export_dossier, export_signed

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
FIRST_DAY = date(2025, 9, 1)
COUNT, ROUNDS = 10, 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("image", type=Path, nargs="?", default=resource("demo/demo_head.dcm"))
    with Readers() as readers:
        exams = examinations(examine(parser.parse_args().image, readers))
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        export_signed(exams[0], folder / "warm.pdf", folder, now=NOW)
        rounds = [(one(exams[0], folder), many(exams, folder)) for _ in range(ROUNDS)]
        single_s = statistics.median(alone for alone, _ in rounds)
        ten_s = statistics.median(sum(steps) for _, steps in rounds)
        longest_s = statistics.median(max(steps) for _, steps in rounds)
        single, ten = (folder / name for name in ("one.pdf", "ten.pdf"))
        size = single.stat().st_size
        print(f"one: {1000 * single_s:.0f} ms, {size / 1e3:.0f} kB")
        print(f"{COUNT}: {ten_s / single_s:.1f} times the time of one")
        print(f"{COUNT}: {ten.stat().st_size / size:.1f} times its size")
        print(f"longest step between two words on progress: {longest_s / single_s:.2f} of one")
        print(f"cancelled after {cancelled(exams, folder)} of {COUNT}: no file is left")


def examinations(exam: Examination) -> list[Examination]:
    """Return ten of one patient, two weeks apart, each of another picture."""
    rng = np.random.default_rng(0)
    rows, columns = exam.image.gray.shape
    outline = Ellipse(columns / 2, rows / 2, columns / 5, rows / 4, 0.2)
    return [
        replace(
            exam,
            image=replace(
                exam.image,
                # Noise in the lowest bits: no two pictures are stored as one.
                gray=exam.image.gray ^ rng.integers(0, 4, exam.image.gray.shape, np.uint8),
                color=None,
            ),
            patient=Patient("4711", "Benchmark"),
            exam_date=FIRST_DAY + timedelta(weeks=2 * number),
            dating=Dating.from_lmp(FIRST_DAY - timedelta(weeks=15)),
            outline_px=outline,
        )
        for number in range(COUNT)
    ]


def one(exam: Examination, folder: Path) -> float:
    started = time.process_time()
    export_signed(exam, folder / "one.pdf", folder, now=NOW)
    return time.process_time() - started


def many(exams: Sequence[Examination], folder: Path) -> list[float]:
    """Return the seconds of each step."""
    parts, found, before = [DossierPart(exam) for exam in exams], [], time.process_time()
    for _ in export_dossier(parts, folder / "ten.pdf", folder, now=NOW):
        now = time.process_time()
        found.append(now - before)
        before = now
    return found


def cancelled(exams: Sequence[Examination], folder: Path) -> int:
    """Return after how many examinations a dossier was given up."""
    target = folder / "cancelled.pdf"
    steps = export_dossier([DossierPart(exam) for exam in exams], target, folder, now=NOW)
    done = [next(steps).done for _ in range(COUNT // 2)][-1]
    del steps
    if target.exists():
        raise SystemExit("a cancelled report left a file")
    return done


if __name__ == "__main__":
    main()
