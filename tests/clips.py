"""Drawn clips of one head whose size is known, some of their frames spoilt as frames are."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.random import Generator

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.ultrasound_image import Gray
from tests.phantom import draw_phantom

ROWS, COLUMNS = 270, 400
SPOILS = ("other plane", "shadow", "blur", "weak", "cut off", "no head")


@dataclass(frozen=True, slots=True)
class DrawnFrame:
    """One frame, (rows, columns); ``spoil`` is empty where it shows the head as it should."""

    gray: Gray
    spoil: str


@dataclass(frozen=True, slots=True)
class DrawnClip:
    """A head of 90 to 330 mm in its frames, as the hand moves."""

    outline_px: Ellipse
    mm_per_pixel: float
    seed: int
    frame_count: int = 16
    spoilt: int = 8

    @classmethod
    def of(cls, seed: int, **options: int) -> "DrawnClip":
        rng = np.random.default_rng((seed, 0))
        semi_minor = rng.uniform(60, 90)
        outline = Ellipse(
            COLUMNS * rng.uniform(0.44, 0.52),
            ROWS * rng.uniform(0.52, 0.58),
            semi_minor / rng.uniform(0.74, 0.84),
            semi_minor,
            math.radians(rng.uniform(-20, 20)),
        )
        return cls(outline, rng.uniform(90, 330) / outline.perimeter, seed, **options)

    @property
    def hc_mm(self) -> float:
        return self.outline_px.perimeter * self.mm_per_pixel

    def frames(self) -> Iterator[DrawnFrame]:
        """Yield the frames; which of them are spoilt, and how, is drawn by lot."""
        rng = np.random.default_rng((self.seed, 1))
        is_spoilt = rng.permutation(np.arange(self.frame_count) < self.spoilt)
        for number in range(self.frame_count):
            spoil = str(rng.choice(SPOILS)) if is_spoilt[number] else ""
            yield DrawnFrame(self._drawn(spoil, rng, number), spoil)

    def _drawn(self, spoil: str, rng: Generator, number: int) -> Gray:
        moved = self.outline_px.moved(*rng.normal(0, 3, 2)).turned(rng.normal(0, 0.03))
        if spoil == "other plane":
            # Above or below the plane of the thalami a head is smaller.
            share = rng.uniform(0.7, 0.95)
            moved = replace(
                moved,
                semi_axis_a=moved.semi_axis_a * share,
                semi_axis_b=moved.semi_axis_b * share * rng.uniform(0.95, 1.0),
            )
        if spoil == "cut off":
            moved = moved.moved(rng.choice((-1, 1)) * rng.uniform(0.2, 0.4) * COLUMNS, 0)
        gray = draw_phantom(moved, rows=ROWS, columns=COLUMNS, seed=1000 * self.seed + number)
        return np.asarray(_spoilt(gray, spoil, rng), np.uint8)


def _spoilt(gray: Gray, spoil: str, rng: Generator) -> Gray:
    if spoil == "shadow":
        left = int(rng.uniform(0.2, 0.6) * COLUMNS)
        dark = gray.copy()
        dark[:, left : left + int(rng.uniform(0.1, 0.25) * COLUMNS)] //= 8
        return dark
    if spoil == "blur":
        return np.asarray(cv2.GaussianBlur(gray, (0, 0), rng.uniform(3, 8)), np.uint8)
    if spoil == "no head":
        return np.asarray(40 + 12 * cv2.GaussianBlur(rng.standard_normal(gray.shape), (0, 0), 2))
    if spoil == "weak":
        return np.asarray(gray * rng.uniform(0.1, 0.35), np.uint8)
    return gray
