"""The HC18 data set in its official layout: images, outlines, pixel sizes, subjects."""

import csv
import hashlib
import math
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from fhc_desktop.domain.geometry import Ellipse
from fhc_desktop.imaging.loader import load_image

PIXEL_SIZE_TABLE = "training_set_pixel_size_and_HC.csv"
IMAGE_FOLDER = "training_set"
SUBJECT_DIGITS = 3
DRAWN_ABOVE = 127


@dataclass(frozen=True, slots=True)
class HeadSample:
    """One annotated image. ``subject`` is the number that all images of one exam share."""

    name: str
    image: Path
    annotation: Path
    mm_per_pixel: float
    hc_mm: float

    @property
    def subject(self) -> str:
        return self.name[:SUBJECT_DIGITS]


def read_samples(folder: Path) -> list[HeadSample]:
    """Return the samples of a folder that holds ``training_set/`` and the pixel-size table.

    Raises:
        FileNotFoundError: the table, an image or an annotation is missing.
    """
    with (folder / PIXEL_SIZE_TABLE).open(newline="") as table:
        samples = [_sample(folder / IMAGE_FOLDER, row) for row in csv.DictReader(table)]
    for sample in samples:
        for path in (sample.image, sample.annotation):
            if not path.is_file():
                raise FileNotFoundError(f"{path} is named in {PIXEL_SIZE_TABLE} but is not there.")
    return samples


def annotated_outline(annotation: Path) -> Ellipse:
    """Return the ellipse through the drawn line's own pixels, in pixels.

    The line is about 2.5 px wide and centred on the outline. Fitting its pixels gives back the
    table's HC within 0.05 mm; filling it and taking the border would be 0.7-0.8 mm too long.
    """
    drawn = load_image(annotation).image.gray > DRAWN_ABOVE
    rows, columns = np.nonzero(drawn)
    points = np.stack([columns, rows], axis=1).astype(np.float32)
    (x, y), (first, second), degrees = cv2.fitEllipseDirect(points)
    return Ellipse(x, y, first / 2, second / 2, math.radians(degrees)).canonical()


def subject_folds(samples: list[HeadSample], count: int, *, seed: int) -> list[list[int]]:
    """Return ``count`` lists of sample numbers; a subject's images share one list.

    Subjects are dealt out in order of their mean HC, so that each fold has heads of every size.
    """
    by_subject: dict[str, list[int]] = {}
    for number, sample in enumerate(samples):
        by_subject.setdefault(sample.subject, []).append(number)
    subjects = sorted(
        by_subject, key=lambda s: (np.mean([samples[n].hc_mm for n in by_subject[s]]), s)
    )
    rng = np.random.default_rng(seed)
    folds: list[list[int]] = [[] for _ in range(count)]
    for start in range(0, len(subjects), count):
        dealt = subjects[start : start + count]
        for fold, subject in zip(rng.permutation(count), dealt, strict=False):
            folds[fold].extend(by_subject[subject])
    return [sorted(fold) for fold in folds]


def data_identity(samples: list[HeadSample]) -> str:
    """Return a digest of the names, scales and sizes that a run was trained on."""
    digest = hashlib.sha256()
    for sample in sorted(samples, key=lambda sample: sample.name):
        digest.update(f"{sample.name},{sample.mm_per_pixel!r},{sample.hc_mm!r}\n".encode())
    return digest.hexdigest()


def _sample(folder: Path, row: dict[str, str]) -> HeadSample:
    name = row["filename"]
    return HeadSample(
        name=name,
        image=folder / name,
        annotation=folder / name.replace(".png", "_Annotation.png"),
        mm_per_pixel=float(row["pixel size(mm)"]),
        hc_mm=float(row["head circumference (mm)"]),
    )
