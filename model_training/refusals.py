"""How the shipped path takes pictures that show no head."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.segmentation.segmenter import Segmenter
from fhc_desktop.segmentation.trust.quality import QualitySpec, judged, without_outline
from fhc_desktop.segmentation.trust.signals import SIGNAL_NAMES, Signals
from model_training.negatives import FITTED, Negative
from model_training.out_of_fold import signals_in

FITTING, TESTING = "fitting", "testing"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One picture without a head; ``signals`` is None where the networks found none either.

    ``role`` says whether the picture taught the rule or tests it.
    """

    family: str
    name: str
    role: str
    grade: str
    signals: Signals | None


def measure_negatives(segmenter: Segmenter, negatives: Iterable[Negative]) -> list[Refusal]:
    """Return what both looks say of each picture; the grade is given later."""
    return [
        Refusal(
            family=negative.family,
            name=negative.name,
            role=FITTING if negative.family in FITTED else TESTING,
            grade="",
            signals=segmenter.find(negative.image).signals,
        )
        for negative in negatives
    ]


def graded(refusals: Sequence[Refusal], spec: QualitySpec) -> list[Refusal]:
    """Return the pictures with the grade that a rule gives them."""
    return [replace(row, grade=_grade(row, spec).value) for row in refusals]


def fitted_signals(refusals: Sequence[Refusal]) -> list[Signals]:
    """Return the signals of the pictures that teach, as far as an outline was found in them."""
    return [row.signals for row in refusals if row.role == FITTING and row.signals is not None]


def write_refusals(path: Path, refusals: Sequence[Refusal]) -> None:
    with path.open("w", newline="") as file:
        columns = ("family", "name", "role", "grade", *SIGNAL_NAMES)
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        for row in refusals:
            cells = {"family": row.family, "name": row.name, "role": row.role, "grade": row.grade}
            values = {} if row.signals is None else asdict(row.signals)
            writer.writerow(cells | {name: f"{value:.7g}" for name, value in values.items()})


def read_refusals(path: Path) -> list[Refusal]:
    with path.open(newline="") as file:
        return [_refusal(cells) for cells in csv.DictReader(file)]


def _refusal(cells: dict[str, str]) -> Refusal:
    return Refusal(
        family=cells["family"],
        name=cells["name"],
        role=cells["role"],
        grade=cells["grade"],
        signals=signals_in(cells),
    )


def _grade(row: Refusal, spec: QualitySpec) -> Grade:
    confidence = without_outline() if row.signals is None else judged(row.signals, spec)
    return confidence.grade
