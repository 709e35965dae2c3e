"""Pictures that look like a scanner's, with a depth scale whose millimetres are known."""

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from fhc_desktop.domain.image.ultrasound_image import Gray

_SHAPES = ((661, 959), (768, 1024), (600, 800), (743, 975), (480, 640), (540, 800))
_TILE_PX = 1400
_WORDS = (
    "2. Trim.",
    "Har-high",
    "Gn -2",
    "C6 / M7",
    "FF2 / E3",
    "SRI II 3 / CRI 3",
    "12.3cm",
    "HC",
)


@dataclass(frozen=True, slots=True)
class ScaleStyle:
    """How a scanner draws its scale: ``levels`` are (every so many mm, length in pixels)."""

    name: str
    levels: tuple[tuple[float, int], ...]
    has_numbers: bool = False


# Those whose pattern of long marks tells the distance.
TELLING = (
    ScaleStyle("dots, middle and long", ((5, 2), (10, 4), (50, 9))),
    ScaleStyle("wide dots, middle and long", ((5, 3), (10, 6), (50, 12))),
    ScaleStyle("short and long", ((10, 3), (50, 9))),
    ScaleStyle("short and long with numbers", ((10, 5), (50, 10)), has_numbers=True),
    ScaleStyle("half centimetres and long", ((5, 4), (50, 12))),
)
# Those that can be read twice, or that no rule of ours covers.
TRAPS = (
    ScaleStyle("all alike, 10 mm", ((10, 5),)),
    ScaleStyle("all alike, 5 mm", ((5, 5),)),
    ScaleStyle("all alike, 20 mm", ((20, 5),), has_numbers=True),
    ScaleStyle("every other longer, 5 mm", ((5, 3), (10, 7))),
    ScaleStyle("every other longer, 10 mm", ((10, 3), (20, 7))),
    ScaleStyle("every fourth longer, 5 mm", ((5, 5), (20, 11)), has_numbers=True),
    ScaleStyle("millimetres", ((1, 2), (5, 5), (10, 10))),
    ScaleStyle("millimetres, two lengths", ((1, 3), (10, 9))),
    ScaleStyle("two millimetres", ((2, 3), (10, 9))),
    ScaleStyle("every third longer, 10 mm", ((10, 3), (30, 9))),
)


@dataclass(frozen=True, slots=True, eq=False)
class DrawnPicture:
    """``mm_per_row`` is None where there is no scale in the picture."""

    gray: Gray
    mm_per_row: float | None
    words: str


def draw_picture(seed: int, styles: tuple[ScaleStyle, ...]) -> DrawnPicture:
    """Draw a picture by its seed; without styles it has everything but a scale."""
    rng = np.random.default_rng(seed)
    rows, columns = _SHAPES[rng.integers(len(_SHAPES))]
    canvas = _tissue(rng, rows, columns)
    _furnish(canvas, rng)
    if not styles:
        return DrawnPicture(_handled(canvas, rng)[0], None, "no scale")
    style = styles[rng.integers(len(styles))]
    mm_per_row = rng.uniform(60, 210) / rows
    _draw_scale(canvas, style, mm_per_row=mm_per_row, rng=rng)
    gray, stretch = _handled(canvas, rng)
    return DrawnPicture(gray, mm_per_row / stretch, style.name)


def _tissue(rng: np.random.Generator, rows: int, columns: int) -> NDArray[np.float32]:
    """Draw speckle under a bright ring, in a sector or, zoomed in, over the whole picture."""
    row, column = rng.integers(0, _TILE_PX - rows), rng.integers(0, _TILE_PX - columns)
    # Scanners compress the echoes: speckle is less harsh on the screen than in the beam.
    speckle = _speckle_tile()[row : row + rows, column : column + columns] ** 0.6
    clouds = cv2.warpAffine(
        rng.uniform(0, 110, (8, 8)).astype(np.float32),
        np.array([[columns / 7, 0, 0], [0, rows / 7, 0]]),
        (columns, rows),
    )
    echo = speckle * clouds
    y, x = np.ogrid[0:rows, 0:columns]
    y, x = y.astype(np.float32), x.astype(np.float32)
    a, b = rng.uniform(0.22, 0.4) * columns, rng.uniform(0.25, 0.4) * rows
    level = np.hypot((x - columns / 2) / a, (y - rows / 2) / b)
    echo += 190 * np.exp(-(((level - 1) / 0.03) ** 2))
    if rng.random() < 0.6:
        apex_y = -rng.uniform(0.2, 0.5) * rows
        slope, reach = np.tan(rng.uniform(0.4, 0.65)), rows - apex_y
        x, y = x - columns / 2, y - apex_y
        echo[(np.abs(x) > slope * y) | (x * x + y * y > reach * reach)] = 0
    return np.clip(echo * rng.uniform(0.5, 1.3), 0, 255)


@cache
def _speckle_tile() -> NDArray[np.float32]:
    """Return fully developed speckle of mean 1, from which each picture cuts its own part."""
    rng = np.random.default_rng(0)
    noise = rng.standard_normal((2, _TILE_PX, _TILE_PX)).astype(np.float32)
    parts = [cv2.GaussianBlur(part, (0, 0), 2.4, sigmaY=1.1) for part in noise]
    speckle = np.hypot(*parts)
    return np.asarray(speckle / speckle.mean())


def _furnish(canvas: NDArray[np.float32], rng: np.random.Generator) -> None:
    """Draw what else stands beside a picture: grey bar, text, gain curve, calipers."""
    rows, columns = canvas.shape
    if rng.random() < 0.7:
        height = rows // 3
        canvas[40 : 40 + height, 0:11] = np.linspace(255, 0, height)[:, np.newaxis]
    left = columns - 110 if rng.random() < 0.6 else int(rng.integers(16, 60))
    pitch = int(rng.integers(13, 34))
    for line in range(int(rng.integers(3, 16))):
        word = _WORDS[rng.integers(len(_WORDS))]
        _write(canvas, word, (left, 20 + pitch * line))
    if rng.random() < 0.3:
        y = np.arange(0, rows, 8)
        x = columns - 30 + 12 * np.sin(y / rng.uniform(60, 140))
        curve = np.stack([x, y], axis=1).astype(np.int32)
        cv2.polylines(canvas, [curve], isClosed=False, color=180, thickness=1)
    if rng.random() < 0.5:
        _draw_calipers(canvas, rng)


def _write(canvas: NDArray[np.float32], text: str, place: tuple[int, int]) -> None:
    left, baseline = max(place[0], 0), place[1]
    patch = canvas[max(baseline - 12, 0) : baseline + 6, left : left + 130]
    if patch.size == 0:
        return
    layer = np.zeros(patch.shape, np.uint8)
    at = (0, baseline - max(baseline - 12, 0))
    cv2.putText(layer, text, at, cv2.FONT_HERSHEY_SIMPLEX, 0.4, 210, 1, cv2.LINE_AA)
    np.maximum(patch, layer, out=patch)


def _draw_calipers(canvas: NDArray[np.float32], rng: np.random.Generator) -> None:
    rows, columns = canvas.shape
    start = rng.uniform((0.02 * columns, 0.1 * rows), (0.5 * columns, 0.5 * rows))
    end = rng.uniform((0.02 * columns, 0.5 * rows), (0.9 * columns, 0.9 * rows))
    if rng.random() < 0.4:
        end[0] = start[0]  # an upright row of dots, as even as any scale
    for place in np.linspace(start, end, int(rng.integers(12, 40))):
        column, row = np.rint(place).astype(int)
        canvas[row, column : column + 2] = 255
    for place in (start, end):
        cv2.drawMarker(canvas, np.rint(place).astype(int).tolist(), 255, cv2.MARKER_CROSS, 11)


def _draw_scale(
    canvas: NDArray[np.float32], style: ScaleStyle, *, mm_per_row: float, rng: np.random.Generator
) -> None:
    rows, columns = canvas.shape
    on_the_right = rng.random() < 0.35
    edge = columns - int(rng.integers(20, 90)) if on_the_right else int(rng.integers(14, 60))
    value = 255.0 if rng.random() < 0.8 else float(rng.integers(170, 255))
    is_outlined, is_whole = rng.random() < 0.5, rng.random() < 0.6
    thickness = int(rng.integers(1, 4))
    lost = 0.0 if rng.random() < 0.6 else rng.uniform(0.02, 0.12)
    step_mm = style.levels[0][0]
    top_mm = -rng.uniform(0, 60) if rng.random() < 0.6 else 0.0
    start_y = rng.uniform(0, 0.1) * rows
    for number in range(int(400 / step_mm)):
        y = start_y + (number * step_mm + top_mm) / mm_per_row
        if not 2 <= y < rows - 4 or rng.random() < lost:
            continue
        length = max(px for mm, px in style.levels if (number * step_mm) % mm == 0)
        left = edge - length if on_the_right else edge
        _draw_mark(
            canvas,
            round(y) if is_whole else y,
            (left, left + length),
            thickness=thickness,
            value=value,
            is_outlined=is_outlined,
        )
        if style.has_numbers and length == style.levels[-1][1]:
            beside = left - 16 if on_the_right else left + 14
            _write(canvas, f"{number * step_mm / 10:g}", (beside, round(y) + 4))


def _draw_mark(
    canvas: NDArray[np.float32],
    y: float,
    between: tuple[int, int],
    *,
    thickness: int,
    value: float,
    is_outlined: bool,
) -> None:
    """Fill rows from y - thickness / 2 to y + thickness / 2, in part where they end in one."""
    left, right = between
    top, bottom = y - thickness / 2 + 0.5, y + thickness / 2 + 0.5
    if is_outlined:
        canvas[int(top) - 1 : int(np.ceil(bottom)) + 1, left : right + 1] = 0
    for row in range(int(top), int(np.ceil(bottom))):
        share = min(bottom, row + 1) - max(top, row)
        part = canvas[row, left:right]
        canvas[row, left:right] = (1 - share) * part + share * value


def _handled(canvas: NDArray[np.float32], rng: np.random.Generator) -> tuple[Gray, float]:
    """Return what is left after scaling, cropping and JPEG, and how many times larger it is."""
    stretch = 1.0
    if rng.random() < 0.35:
        stretch = float(rng.uniform(0.6, 1.7))
        size = (round(canvas.shape[1] * stretch), round(canvas.shape[0] * stretch))
        # As cv2.resize: pixel centres, not corners, are mapped; blurred first where it shrinks.
        shift = 0.5 * stretch - 0.5
        if stretch < 1:
            canvas = cv2.GaussianBlur(canvas, (0, 0), 0.35 / stretch)
        canvas = cv2.warpAffine(
            canvas,
            np.array([[stretch, 0, shift], [0, stretch, shift]]),
            size,
            flags=cv2.INTER_LINEAR,
        )
    gray = np.clip(np.rint(canvas), 0, 255).astype(np.uint8)
    if rng.random() < 0.3:
        top, bottom = rng.integers(0, 60, 2)
        gray = np.ascontiguousarray(gray[top : gray.shape[0] - bottom])
    if rng.random() < 0.5:
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(70, 97))]
        gray = cv2.imdecode(cv2.imencode(".jpg", gray, quality)[1], cv2.IMREAD_GRAYSCALE)
    return gray, stretch
