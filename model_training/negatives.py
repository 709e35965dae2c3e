"""Pictures that show no fetal head: what must be refused rather than measured.

Rules are fitted on some families and tested on others, so that a refusal is not a memory.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.image.ultrasound_image import Gray, ImageSource, UltrasoundImage
from fhc_desktop.imaging.readers import Readers

SHAPE = (540, 800)
Field = NDArray[np.float32]
Generator = Callable[[np.random.Generator], Field]


@dataclass(frozen=True, slots=True, eq=False)
class Negative:
    """One picture without a head and the family it belongs to."""

    family: str
    name: str
    image: UltrasoundImage


def drawn_negatives(
    families: Sequence[str], count: int, *, seed: int, scans: Sequence[Gray] = ()
) -> Iterator[Negative]:
    """Yield ``count`` pictures of each family; families made of scans are left out without any."""
    for number, family in enumerate(families):
        rng = np.random.default_rng([seed, number])
        for index in range(count):
            if family in _FROM_SCANS:
                if not scans:
                    break
                field = _FROM_SCANS[family](scans[int(rng.integers(len(scans)))], rng)
            else:
                field = _DRAWN[family](rng)
            gray = np.clip(np.rint(field), 0, 255).astype(np.uint8)
            name = f"{family}_{index:03d}"
            yield Negative(family, name, UltrasoundImage(gray, ImageSource(Path(name), "")))


def other_anatomy(folder: Path, *, frames: int = 4) -> Iterator[Negative]:
    """Yield up to ``frames`` frames of each readable file of a folder of scans without heads."""
    with Readers() as readers:
        load = readers.images.load
        for path in sorted(folder.iterdir()):
            try:
                count = load(path).image.source.frame_count
                for frame in sorted({1 + round(k * (count - 1) / frames) for k in range(frames)}):
                    image = load(path, frame=frame).image
                    yield Negative("other anatomy", f"{path.name}#{frame}", image)
            except FhcError:
                continue


def _noise(rng: np.random.Generator) -> Field:
    kind = rng.integers(3)
    if kind == 0:
        return rng.uniform(0, 255, SHAPE).astype(np.float32)
    if kind == 1:
        return (rng.uniform(30, 200) + rng.uniform(5, 60) * _normal(rng)).astype(np.float32)
    return (rng.uniform(10, 90) * rng.rayleigh(1.0, SHAPE)).astype(np.float32)


def _clouds(rng: np.random.Generator) -> Field:
    total = np.zeros(SHAPE, np.float32)
    for grain in rng.uniform(1, 60, size=rng.integers(1, 5)):
        cloud = cv2.GaussianBlur(_normal(rng), (0, 0), float(grain))
        total += rng.uniform(0.2, 1) * cloud / max(float(cloud.std()), 1e-6)
    return (rng.uniform(20, 160) + rng.uniform(10, 70) * total).astype(np.float32)


def _polygons(rng: np.random.Generator) -> Field:
    field = np.full(SHAPE, rng.uniform(0, 255), np.float32)
    for _ in range(rng.integers(2, 20)):
        corners = rng.uniform(-0.1, 1.1, (rng.integers(3, 7), 2)) * (SHAPE[1], SHAPE[0])
        cv2.fillPoly(field, [corners.astype(np.int32)], rng.uniform(0, 255))
    return cv2.GaussianBlur(field, (0, 0), rng.uniform(0.5, 3)).astype(np.float32)


def _stripes(rng: np.random.Generator) -> Field:
    y, x = np.mgrid[0 : SHAPE[0], 0 : SHAPE[1]].astype(np.float32)
    turn, period = rng.uniform(0, np.pi), rng.uniform(8, 200)
    wave = np.sin((x * np.cos(turn) + y * np.sin(turn)) * 2 * np.pi / period)
    field = rng.uniform(60, 180) + rng.uniform(20, 75) * (wave + 0.3 * _normal(rng))
    return np.asarray(field, np.float32)


def _text(rng: np.random.Generator) -> Field:
    ground = int(rng.choice([0, 255]))
    page = np.full(SHAPE, ground, np.uint8)
    for y in range(30, SHAPE[0], int(rng.integers(24, 60))):
        words = "".join(rng.choice(list("abcdefghiklmnoprstuvwxyz     "), size=60))
        place, size = (int(rng.integers(5, 80)), y), rng.uniform(0.5, 1)
        cv2.putText(page, words, place, 0, size, 255 - ground, 1, cv2.LINE_AA)
    return page.astype(np.float32)


def _sector(rng: np.random.Generator) -> Field:
    """Return a speckled sector with nothing in it."""
    speckle = cv2.GaussianBlur(rng.rayleigh(1.0, SHAPE), (0, 0), rng.uniform(1, 3))
    y, x = np.mgrid[0 : SHAPE[0], 0 : SHAPE[1]].astype(np.float32)
    apex = (SHAPE[1] * rng.uniform(0.4, 0.6), -rng.uniform(20, 200))
    bearing, reach = np.arctan2(x - apex[0], y - apex[1]), np.hypot(x - apex[0], y - apex[1])
    inside = (np.abs(bearing) < rng.uniform(0.4, 0.9)) & (reach < SHAPE[0] - apex[1])
    return np.asarray(rng.uniform(20, 90) * speckle * inside, np.float32)


def _discs(rng: np.random.Generator) -> Field:
    field = np.full(SHAPE, rng.uniform(0, 120), np.float32)
    for _ in range(rng.integers(1, 9)):
        place = (int(rng.uniform(0, SHAPE[1])), int(rng.uniform(0, SHAPE[0])))
        thick = int(rng.choice([-1, 2, 6]))
        cv2.circle(field, place, int(rng.uniform(15, 160)), rng.uniform(0, 255), thick)
    return cv2.GaussianBlur(field, (0, 0), rng.uniform(0.5, 4)).astype(np.float32)


def _dead_leaves(rng: np.random.Generator) -> Field:
    """Return occluding textured shapes of all sizes: the statistics of photographs."""
    field = np.zeros(SHAPE, np.float32)
    for size in sorted(rng.pareto(1.5, 400) * 8 + 4, reverse=True):
        reach = min(size, 250.0)
        place = (int(rng.uniform(0, SHAPE[1])), int(rng.uniform(0, SHAPE[0])))
        axes = (max(int(reach), 1), max(int(reach * rng.uniform(0.4, 1)), 1))
        if rng.random() < 0.5:
            cv2.ellipse(field, place, axes, rng.uniform(0, 180), 0, 360, rng.uniform(0, 255), -1)
        else:
            box = cv2.boxPoints((place, (2 * axes[0], 2 * axes[1]), rng.uniform(0, 180)))
            cv2.fillPoly(field, [box.astype(np.int32)], rng.uniform(0, 255))
    return field + 6 * _normal(rng)


def _natural(rng: np.random.Generator) -> Field:
    """Return noise with the 1/f spectrum of photographs."""
    fy, fx = np.meshgrid(np.fft.fftfreq(SHAPE[0]), np.fft.rfftfreq(SHAPE[1]), indexing="ij")
    decay = np.maximum(np.hypot(fy, fx), 1 / SHAPE[1]) ** -rng.uniform(0.8, 1.6)
    spectrum = np.fft.rfft2(_normal(rng)) * decay
    field = np.fft.irfft2(spectrum, s=SHAPE)
    return np.asarray(rng.uniform(60, 160) + rng.uniform(25, 60) * field / field.std(), np.float32)


def _tissue(rng: np.random.Generator) -> Field:
    """Return a speckled sector with layers, cysts and bright lines, as an abdomen may look."""
    echo = np.full(SHAPE, 60.0, np.float32)
    for _ in range(rng.integers(2, 6)):
        y = rng.uniform(0, SHAPE[0])
        bend = [(x, y + rng.uniform(-40, 40)) for x in np.linspace(-50, SHAPE[1] + 50, 6)]
        points = np.array(bend, np.int32)
        shade, thick = rng.uniform(90, 255), int(rng.integers(4, 50))
        cv2.polylines(echo, [points], isClosed=False, color=shade, thickness=thick)
    for _ in range(rng.integers(1, 7)):
        place = (int(rng.uniform(0, SHAPE[1])), int(rng.uniform(0, SHAPE[0])))
        axes = (int(rng.uniform(10, 90)), int(rng.uniform(6, 40)))
        cv2.ellipse(echo, place, axes, rng.uniform(0, 180), 0, 360, rng.uniform(0, 40), -1)
    smooth = cv2.GaussianBlur(echo, (0, 0), 3)
    return np.asarray(smooth * _sector(rng) / 60, np.float32)


def _windows(rng: np.random.Generator) -> Field:
    """Return a computer's screen: panels, lines of text, buttons."""
    field = np.full(SHAPE, rng.integers(0, 256), np.uint8)
    for _ in range(rng.integers(3, 12)):
        x, y = rng.uniform(0, 0.8, 2) * (SHAPE[1], SHAPE[0])
        corner = (int(x + rng.uniform(60, 400)), int(y + rng.uniform(20, 300)))
        cv2.rectangle(field, (int(x), int(y)), corner, rng.uniform(0, 255), -1)
        cv2.putText(field, "Settings", (int(x) + 8, int(y) + 20), 0, 0.6, rng.uniform(0, 255), 1)
    return field.astype(np.float32)


def _shuffled(scan: Gray, rng: np.random.Generator) -> Field:
    """Return a scan's tiles in another order: its grain without its anatomy."""
    rows, columns = int(rng.integers(4, 8)), int(rng.integers(5, 10))
    height, width = scan.shape[0] // rows, scan.shape[1] // columns
    field = np.zeros(scan.shape, np.float32)
    for place, tile in enumerate(rng.permutation(rows * columns)):
        (y, x), (v, u) = divmod(place, columns), divmod(int(tile), columns)
        source = scan[v * height : (v + 1) * height, u * width : (u + 1) * width]
        field[y * height : (y + 1) * height, x * width : (x + 1) * width] = source
    return field


def _scrambled(scan: Gray, rng: np.random.Generator) -> Field:
    """Return a scan with its spectrum's phases at random: its texture without its shapes."""
    spectrum = np.abs(np.fft.rfft2(scan.astype(np.float32)))
    phases = np.angle(np.fft.rfft2(rng.standard_normal(scan.shape)))
    field = np.fft.irfft2(spectrum * np.exp(1j * phases), s=scan.shape)
    return np.asarray(field, np.float32)


def _normal(rng: np.random.Generator) -> Field:
    return rng.standard_normal(SHAPE, dtype=np.float32)


_DRAWN: dict[str, Generator] = {
    "noise": _noise,
    "clouds": _clouds,
    "polygons": _polygons,
    "stripes": _stripes,
    "text": _text,
    "sector": _sector,
    "discs": _discs,
    "dead leaves": _dead_leaves,
    "natural noise": _natural,
    "tissue": _tissue,
    "windows": _windows,
}
_FROM_SCANS: dict[str, Callable[[Gray, np.random.Generator], Field]] = {
    "shuffled scans": _shuffled,
    "scrambled scans": _scrambled,
}
FITTED = ("noise", "clouds", "polygons", "sector", "discs", "shuffled scans")
TESTED = ("stripes", "text", "dead leaves", "natural noise", "tissue", "windows", "scrambled scans")
