"""Whole screens: a scan placed small among what scanners write round it."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.ultrasound_image import Gray

SIZES = ((1280, 960), (1920, 1080), (1024, 768))
GROUNDS = (0, 0, 0, 8, 20)
LETTERS = list("ABDEFHKMT0123456789. ")


@dataclass(frozen=True, slots=True)
class Screen:
    """A drawn screen, and where the scan that was put on it lies: left, top, width, height."""

    gray: Gray
    box: tuple[int, int, int, int]
    factor: float

    def placed(self, outline_px: Ellipse) -> Ellipse:
        """Return an outline of the scan as it lies on the screen."""
        left, top, *_ = self.box
        # The middle of a scan's first pixel lies half a pixel inside it, and grows with it.
        stretched = outline_px.moved(0.5, 0.5).scaled(self.factor, self.factor)
        return stretched.moved(left - 0.5, top - 0.5)


def a_screen(scan: Gray, share: float, rng: np.random.Generator) -> Screen:
    """Draw a screen whose scan takes a share of its width, or all of its height."""
    width, height = SIZES[rng.integers(len(SIZES))]
    screen = np.full((height, width), rng.choice(GROUNDS), np.uint8)
    factor = min(share * width / scan.shape[1], height / scan.shape[0])
    columns, rows = (int(side * factor) for side in scan.shape[::-1])
    left, top = int(rng.uniform(0, width - columns)), int(rng.uniform(0, height - rows))
    _write(screen, rng)
    _draw_bar(screen, rng)
    if rng.random() < 0.4:
        _draw_thumbnails(screen, scan)
    beside = min(width - 6, left + columns + 8)
    for y in range(top, top + rows, 4 * int(rng.integers(8, 30))):
        screen[y, beside : beside + 5] = 200
    screen[top : top + rows, left : left + columns] = _sized(scan, columns, rows)
    return Screen(screen, (left, top, columns, rows), columns / scan.shape[1])


def side_by_side(scans: list[Gray], rng: np.random.Generator) -> tuple[Gray, list[Screen]]:
    """Draw scans beside each other on one black screen; each with its own place."""
    width, height = 800, 768
    screen = np.zeros((height, width * len(scans)), np.uint8)
    places = []
    for number, scan in enumerate(scans):
        factor = min(760 / scan.shape[1], 700 / scan.shape[0]) * rng.uniform(0.7, 1)
        columns, rows = (int(side * factor) for side in scan.shape[::-1])
        left = number * width + int(rng.uniform(4, width - columns - 4))
        top = int(rng.uniform(0, height - rows))
        screen[top : top + rows, left : left + columns] = _sized(scan, columns, rows)
        places.append(Screen(screen, (left, top, columns, rows), columns / scan.shape[1]))
    return screen, places


def _write(screen: NDArray[np.uint8], rng: np.random.Generator) -> None:
    height, width = screen.shape
    shade = int(rng.integers(150, 256))
    for _ in range(rng.integers(6, 22)):
        words = "".join(rng.choice(LETTERS, size=rng.integers(3, 14)))
        place = (int(rng.uniform(0, width - 120)), int(rng.uniform(12, height - 4)))
        size = float(rng.uniform(0.35, 0.8))
        cv2.putText(screen, words, place, 0, size, shade, 1, cv2.LINE_AA)


def _draw_bar(screen: NDArray[np.uint8], rng: np.random.Generator) -> None:
    height, width = screen.shape
    left, top = int(rng.uniform(0, width - 20)), int(rng.uniform(0, 0.6 * height))
    bar = np.linspace(255, 0, height // 4)[:, None].astype(np.uint8)
    screen[top : top + height // 4, left : left + 14] = bar


def _draw_thumbnails(screen: NDArray[np.uint8], scan: Gray) -> None:
    height, width = screen.shape
    small = _sized(scan, width // 14, height // 14)
    for number in range(4):
        top = int(0.55 * height) + number * (height // 14 + 4)
        if top + height // 14 < height:
            screen[top : top + height // 14, 5 : 5 + width // 14] = small


def _sized(scan: Gray, columns: int, rows: int) -> Gray:
    sized = Image.fromarray(scan).resize((columns, rows), Image.Resampling.BILINEAR)
    return np.asarray(sized, np.uint8)
