"""Annotated heads of whatever data set, and how they are dealt into folds."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from fhc_desktop.domain.image.geometry import Ellipse


@dataclass(frozen=True, slots=True)
class HeadSample:
    """One annotated image.

    ``subject`` is what all images of one woman's exam share; ``outline_px`` the reference.
    ``mm_per_pixel`` is None where the data set has no millimetres.
    """

    name: str
    data_set: str
    subject: str
    image: Path
    outline_px: Ellipse
    mm_per_pixel: float | None
    hc_mm: float | None

    @property
    def size(self) -> float:
        """What folds are stratified by: HC in mm, or in pixels where there are none."""
        return self.outline_px.perimeter if self.hc_mm is None else self.hc_mm


def subject_folds(samples: Sequence[HeadSample], count: int, *, seed: int) -> list[list[int]]:
    """Return ``count`` lists of sample numbers; a subject's images share one list.

    Each data set is dealt out on its own, its subjects in order of their mean size, so that each
    fold has heads of every set and size.
    """
    folds: list[list[int]] = [[] for _ in range(count)]
    for data_set in dict.fromkeys(sample.data_set for sample in samples):
        rng = np.random.default_rng(seed)
        by_subject: dict[str, list[int]] = {}
        for number, sample in enumerate(samples):
            if sample.data_set == data_set:
                by_subject.setdefault(sample.subject, []).append(number)
        sizes = {s: np.mean([samples[n].size for n in by_subject[s]]) for s in by_subject}
        subjects = sorted(by_subject, key=lambda s: (sizes[s], s))
        for start in range(0, len(subjects), count):
            dealt = subjects[start : start + count]
            for fold, subject in zip(rng.permutation(count), dealt, strict=False):
                folds[fold].extend(by_subject[subject])
    return [sorted(fold) for fold in folds]


def data_identity(samples: Sequence[HeadSample]) -> str:
    """Return a digest of the names, scales and sizes that a run was trained on."""
    digest = hashlib.sha256()
    for sample in sorted(samples, key=lambda sample: (sample.data_set, sample.name)):
        digest.update(f"{sample.name},{sample.mm_per_pixel!r},{sample.hc_mm!r}\n".encode())
    return digest.hexdigest()
