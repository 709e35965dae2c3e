"""The rule that tells a head's plane: its fit, and what it says of pictures that did not teach it.

Logistic regression over the principal components of what the close-up's networks see, folded into
one linear form of the features themselves. Heads weigh as much as all else, and within either each
subject, or each picture, as much as any other.
"""

import csv
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.segmentation.bundle import HEAD_PLANE_WEIGHTS, ModelBundle
from fhc_desktop.segmentation.trust.head_plane import HeadPlaneSpec
from fhc_desktop.segmentation.trust.quality import QualitySpec, judged, without_outline
from model_training.document import Table
from model_training.export import saved_in_place
from model_training.no_head import TEACHING, TESTING, TRUNK, group_of
from model_training.plane_samples import ANYWHERE, AS_IT_IS, HEAD, PlaneSample, found_in
from model_training.scores import SIZE_CLASSES

# 1,148 heads and some 600 other pictures bear no more directions than this.
DIRECTIONS = 40
RIDGE = 1 / 0.3
# An ellipse laid anywhere is no proposal: it teaches less than one.
WEIGHT_ANYWHERE = 0.3
TURNS = 5
# Of heads, left out by subject, this share is not measurable, looked at again, or not found again
# where it is sought in a part of a picture.
REFUSED, LOOKED_AT_AGAIN, NOT_SOUGHT = 0.007, 0.03, 0.05
NEWTON_STEPS = 40
LARGEST_STEP = 5.0
LEAST_SPREAD, LEAST_DEVIATION, TINY = 1e-3, 1e-6, 1e-9

# Of what taught the rule beside the heads; docs/model-card.md lists each place.
ATTRIBUTION = (
    " Rule of planes: also from Annotated Ultrasound Liver (doi:10.5281/zenodo.7272660) and Common "
    "Carotid Artery Ultrasound Images (doi:10.17632/d4xt63mgjm.1), both CC BY 4.0, ITKPOCUS "
    "(Apache License 2.0), go-dicom (MIT) and ultrasound-automated-algorithm (CC0)."
)
COLUMNS = ("kind", "use", "source", "name", "hc_mm", "log_odds", "grade")
_NUMBERS = ("hc_mm", "log_odds")
_GRADES = (Grade.NOT_MEASURABLE, Grade.LOOK_AGAIN, Grade.GOOD)

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class LinearForm:
    """Log odds of a head's plane: ``constant`` plus ``weights`` times features."""

    weights: Vector
    constant: float

    def of(self, features: Matrix) -> Vector:
        values: Vector = features @ self.weights + self.constant
        return values


@dataclass(frozen=True, slots=True)
class PlaneRow:
    """What the rule says of one picture as it is; ``log_odds`` is None where it is not asked.

    No row is by a rule that this picture taught: a head is left out with its subject, a picture
    that teaches with all of its kind. ``grade`` is what the program would say.
    """

    kind: str
    use: str
    source: str
    name: str
    hc_mm: float | None
    log_odds: float | None
    grade: str


@dataclass(frozen=True, slots=True, eq=False)
class HeadPlane:
    """A fitted rule with what it says of each picture as it is."""

    form: LinearForm
    spec: HeadPlaneSpec
    rows: list[PlaneRow]


def fit_head_plane(
    samples: Sequence[PlaneSample], quality: QualitySpec, *, held_out: frozenset[str] = frozenset()
) -> HeadPlane:
    """Return the rule that samples teach, and its word on each picture.

    ``quality`` judges the signals, as the program does. ``held_out`` are names of heads that teach
    nothing, neither the form nor its bounds, nor anything of their subjects.
    """
    groups = {sample.group for sample in samples if sample.name in held_out}
    teaching = [
        sample
        for sample in found_in(samples)
        if sample.use == TEACHING and sample.group not in groups
    ]
    taught = _Taught.by(teaching)
    form = taught.form(np.ones(len(teaching), np.bool_))
    said = {id(sample): odds for sample, odds in zip(teaching, _cross_fitted(taught), strict=True)}
    heads = [said[id(sample)] for sample in teaching if sample.is_head and sample.how == AS_IT_IS]
    refused, again, sought = np.quantile(heads, (REFUSED, LOOKED_AT_AGAIN, NOT_SOUGHT)).tolist()
    spec = HeadPlaneSpec(form.constant, refused, again, sought)
    judge = replace(quality, head_plane=spec)
    rows = [
        _row(sample, said.get(id(sample), _said_by(form, sample)), judge)
        for sample in samples
        if sample.how == AS_IT_IS
    ]
    return HeadPlane(form, spec, rows)


def _said_by(form: LinearForm, sample: PlaneSample) -> float | None:
    if sample.features is None:
        return None
    return float(form.of(sample.features.astype(np.float64)[None])[0])


def _row(sample: PlaneSample, log_odds: float | None, judge: QualitySpec) -> PlaneRow:
    confidence = (
        without_outline() if sample.signals is None else judged(sample.signals, judge, log_odds)
    )
    return PlaneRow(
        sample.kind, sample.use, sample.source, sample.name, sample.hc_mm, log_odds,
        confidence.grade.value,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class _Taught:
    """Samples that teach, along the directions in which standardised features differ most.

    ``projected`` has shape (samples, directions), ``axes`` (features, directions).
    """

    samples: Sequence[PlaneSample]
    center: Vector
    axes: Matrix
    projected: Matrix

    @classmethod
    def by(cls, samples: Sequence[PlaneSample]) -> "_Taught":
        features = np.array([sample.features for sample in samples], np.float64)
        center, spread = features.mean(axis=0), features.std(axis=0) + LEAST_SPREAD
        standard = (features - center) / spread
        _, vectors = np.linalg.eigh(standard.T @ standard / len(standard))
        axes = vectors[:, ::-1][:, :DIRECTIONS]
        return cls(samples, center, axes / spread[:, None], standard @ axes)

    def along(self, teach: NDArray[np.bool_]) -> tuple[Vector, float]:
        """Return slopes and constant, along the directions, that some of the samples teach."""
        some = [sample for sample, one in zip(self.samples, teach, strict=True) if one]
        labels = np.array([float(sample.is_head) for sample in some])
        return _regression(self.projected[teach], labels, _weights(some))

    def form(self, teach: NDArray[np.bool_]) -> LinearForm:
        slopes, constant = self.along(teach)
        weights = self.axes @ slopes
        return LinearForm(weights, float(constant - self.center @ weights))


def _cross_fitted(taught: _Taught) -> list[float]:
    """Return the log odds of each sample by a form that neither it nor its like taught."""
    turns = np.array(_turns(taught.samples))
    said = np.empty(len(turns))
    for turn in np.unique(turns):
        slopes, constant = taught.along(turns != turn)
        said[turns == turn] = taught.projected[turns == turn] @ slopes + constant
    return [float(odds) for odds in said]


def _turns(teaching: Sequence[PlaneSample]) -> list[str]:
    """Return with what each sample is left out: a share of the subjects, or all of a kind."""
    subjects = sorted({sample.group for sample in teaching if sample.is_head})
    dealt = np.random.default_rng(1).permutation(len(subjects)) % TURNS
    share = {subject: f"heads {turn}" for subject, turn in zip(subjects, dealt, strict=True)}
    return [share[sample.group] if sample.is_head else group_of(sample.kind) for sample in teaching]


def _weights(samples: Sequence[PlaneSample]) -> Vector:
    counts = Counter((sample.is_head, sample.group) for sample in samples)
    weights = np.array([1 / counts[sample.is_head, sample.group] for sample in samples])
    heads = np.array([sample.is_head for sample in samples])
    for part in (heads, ~heads):
        if part.any():
            weights[part] *= len(samples) / 2 / weights[part].sum()
    return weights * [WEIGHT_ANYWHERE if sample.how == ANYWHERE else 1.0 for sample in samples]


def _regression(features: Matrix, labels: Vector, weights: Vector) -> tuple[Vector, float]:
    """Return slopes and constant of weighted logistic regression with a ridge, by Newton."""
    center = np.average(features, axis=0, weights=weights)
    variance = np.average((features - center) ** 2, axis=0, weights=weights)
    deviation = np.sqrt(variance) + LEAST_DEVIATION
    standard = np.column_stack([np.ones(len(features)), (features - center) / deviation])
    # Where all are heads the constant runs away, and only this holds it.
    ridge = np.diag([TINY, *[RIDGE] * features.shape[1]])
    found = np.zeros(standard.shape[1])
    for _ in range(NEWTON_STEPS):
        odds = 1 / (1 + np.exp(-np.clip(standard @ found, -40, 40)))
        gradient = standard.T @ (weights * (odds - labels)) + ridge @ found
        curvature = (standard * (weights * odds * (1 - odds))[:, None]).T @ standard + ridge
        step = np.linalg.solve(curvature, gradient)
        found -= step * min(1.0, LARGEST_STEP / max(float(np.linalg.norm(step)), LEAST_DEVIATION))
    slopes = found[1:] / deviation
    return slopes, float(found[0] - slopes @ center)


def with_head_plane(bundle: ModelBundle, fitted: HeadPlane, target: Path) -> ModelBundle:
    """Write a bundle with another rule of planes, all else as it is, and return it.

    Raises:
        ValueError: the bundle has no rule of signals to stand beside.
        OSError: the file cannot be written.
    """
    quality = bundle.header.quality
    if quality is None:
        raise ValueError("this bundle has no grade that planes could be a part of")
    licence = f"{bundle.header.licence.removesuffix(ATTRIBUTION)}{ATTRIBUTION}"
    judge = replace(quality, head_plane=fitted.spec)
    header = replace(bundle.header, quality=judge, licence=licence)
    weights = fitted.form.weights.astype(np.float32)
    tensors = bundle.tensors | {HEAD_PLANE_WEIGHTS: weights}
    return saved_in_place(target, replace(bundle, header=header, tensors=tensors))


def write_plane_rows(path: Path, rows: Sequence[PlaneRow]) -> None:
    with path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in rows:
            writer.writerow(
                "" if cell is None else f"{cell:.4g}" if isinstance(cell, float) else cell
                for cell in astuple(row)
            )


def read_plane_rows(path: Path) -> list[PlaneRow]:
    with path.open(newline="") as file:
        return [_row_of(cells) for cells in csv.DictReader(file)]


def refused_table(rows: Sequence[PlaneRow], names: Collection[str] | None = None) -> Table:
    """Return of how many heads, by set and size, how many were not measurable.

    ``names`` are the heads that count, all without any.
    """
    heads = [row for row in rows if row.kind == HEAD and (names is None or row.name in names)]
    groups = {source: [r for r in heads if r.source == source] for source in _sources(heads)}
    for label, low, high in SIZE_CLASSES:
        groups[label] = [r for r in heads if r.hc_mm is not None and low <= r.hc_mm < high]
    table = [["heads left out", "n", "not measurable", "graded below good"]]
    for label, members in [("all", heads), *groups.items()]:
        if members:
            refused = sum(row.grade == Grade.NOT_MEASURABLE for row in members)
            below = sum(row.grade != Grade.GOOD for row in members)
            table.append(
                [label, str(len(members)), _share(refused, members), _share(below, members)]
            )
    return table


def kinds_table(rows: Sequence[PlaneRow]) -> Table:
    """Return what is said of pictures without a head's plane, by kind and by what they may do."""
    others = [row for row in rows if row.kind != HEAD]
    table = [["picture shows", "use", "n", "not measurable", "look again", "good"]]
    for use in (TESTING, TEACHING):
        used = [row for row in others if row.use == use]
        trunks = [row for row in used if group_of(row.kind) == TRUNK]
        groups = {
            kind: [r for r in used if r.kind == kind] for kind in sorted({r.kind for r in used})
        }
        for label, members in [("all", used), (f"{TRUNK}, all", trunks), *groups.items()]:
            if members:
                grades = Counter(row.grade for row in members)
                counted = [str(grades[grade.value]) for grade in _GRADES]
                table.append([label, use, str(len(members)), *counted])
    return table


def _sources(rows: Sequence[PlaneRow]) -> list[str]:
    return list(dict.fromkeys(row.source for row in rows))


def _share(count: int, members: Sequence[PlaneRow]) -> str:
    return f"{count} ({count / len(members):.1%})"


def _row_of(cells: dict[str, str]) -> PlaneRow:
    hc_mm, log_odds = (float(cells[name]) if cells[name] else None for name in _NUMBERS)
    words = {name: cells[name] for name in COLUMNS if name not in _NUMBERS}
    return PlaneRow(hc_mm=hc_mm, log_odds=log_odds, **words)
