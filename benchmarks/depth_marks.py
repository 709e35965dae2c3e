"""What the finder of depth marks finds, and how right it is.

    python benchmarks/depth_marks.py planes FOLDER      (a folder of FETAL_PLANES_DB images)
    python benchmarks/depth_marks.py drawn [--count N]  (pictures of known scale)
    python benchmarks/depth_marks.py none FOLDER        (images without marks, as those of HC18)
    python benchmarks/depth_marks.py texts [--count N]  (drawn pictures with a depth text)

Run from the root of the project: the drawn pictures are those of the tests.
"""

import argparse
import csv
import json
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from fhc_desktop.domain.image.depth_marks import DepthMarks  # noqa: E402
from fhc_desktop.domain.image.geometry import Ellipse  # noqa: E402
from fhc_desktop.imaging.depth_marks.depth_text import read_depth_text  # noqa: E402
from fhc_desktop.imaging.depth_marks.finder import find_depth_marks  # noqa: E402
from fhc_desktop.imaging.readers import Readers  # noqa: E402

MARKED = ROOT / "docs/experiments/depth_marks/marked.csv"
CLOSE, VERY_CLOSE = 0.02, 0.01
TEXTS = ROOT / "docs/experiments/depth_marks/depth_text.csv"
PRESENT = ROOT / "docs/experiments/depth_marks/present.csv"


def found_in(folder: Path) -> Iterator[tuple[str, DepthMarks | None, float]]:
    """Yield each image's name, its marks, and the milliseconds of processor time they took."""
    with Readers() as readers:
        for path in sorted(folder.rglob("*")):
            if path.suffix.lower() in {".png", ".jpg"} and not path.stem.endswith("Annotation"):
                gray = readers.images.load(path).image.gray
                started = time.process_time()
                marks = find_depth_marks(gray)
                yield path.name, marks, 1000 * (time.process_time() - started)


def planes(folder: Path) -> dict[str, object]:
    """Return figures on real images; their truth is a reading of the same marks by eye."""
    rows = list(found_in(folder))
    found = {name: marks for name, marks, _ in rows if marks is not None}
    errors = [
        found[row["image"]].mm_per_row / true_mm_per_row(row) - 1
        for row in _rows(MARKED)
        if row["image"] in found
    ]
    present = [row["image"] for row in _rows(PRESENT)]
    return {
        "images": len(rows),
        "proposals": len(found),
        "patterns": _counts(str(marks.pattern) for marks in found.values()),
        "marks": _spread([len(marks.marks) for marks in found.values()]),
        "regularity": _spread([marks.regularity for marks in found.values()]),
        "deviation_px": _spread([marks.deviation_px for marks in found.values()]),
        "mm_per_row": _spread([marks.mm_per_row for marks in found.values()]),
        "marked_by_hand": len(_rows(MARKED)),
        "marked_with_proposal": len(errors),
        "within_2_percent": sum(abs(error) <= CLOSE for error in errors),
        "largest_error_percent": round(100 * max(map(abs, errors)), 3),
        "with_marks_by_eye": len(present),
        "with_marks_by_eye_and_proposal": sum(name in found for name in present),
        "hc_mm_by_the_marks": _hc_mm(folder.parent / "head_ellipses.csv", found),
        "milliseconds": _spread([spent for _, _, spent in rows]),
        "depth_text": _depth_texts(folder, found),
    }


def _depth_texts(folder: Path, found: dict[str, DepthMarks]) -> dict[str, object]:
    """Return how many depth texts are read, and what they and the marks say of each other.

    The scanner writes by how much it enlarged the depth: by the marks, one depth unenlarged must
    then be equally many pixels high on every picture of that scanner.
    """
    by_eye = {row["image"]: row for row in _rows(TEXTS)}
    with Readers() as readers:
        read = {
            path.name: read_depth_text(readers.images.load(path).image.gray)
            for path in folder.glob("*.jpg")
        }
    both = {name: marks for name, marks in found.items() if name in by_eye}
    unenlarged_px = [
        10 * float(by_eye[name]["depth_cm"]) / float(by_eye[name]["enlargement"]) / marks.mm_per_row
        for name, marks in both.items()
    ]
    return {
        "by_eye": len(by_eye),
        "read": sum(depth_mm is not None for depth_mm in read.values()),
        "wrong": sum(
            depth_mm is not None
            and (name not in by_eye or depth_mm != 10 * float(by_eye[name]["depth_cm"]))
            for name, depth_mm in read.items()
        ),
        "by_eye_and_proposal": len(both),
        "agrees": sum(marks.agreeing_depth_mm is not None for marks in found.values()),
        "unenlarged_px": {"least": round(min(unenlarged_px), 1), **_spread(unenlarged_px)},
        "unenlarged_px_greatest": round(max(unenlarged_px), 1),
    }


def texts(count: int) -> dict[str, object]:
    """Return figures on ``count`` drawn pictures of each font, with a depth of 4 to 30 cm."""
    from tests.imaging.drawn_scales import draw_picture  # noqa: PLC0415
    from tests.imaging.drawn_texts import FONTS, put_label, random_label  # noqa: PLC0415

    result: dict[str, object] = {}
    for font in FONTS:
        right = wrong = 0
        for seed in range(count):
            rng = np.random.default_rng(seed)
            label = random_label(rng, (font,))
            depth_mm = read_depth_text(put_label(draw_picture(seed, ()).gray, label, rng))
            right += depth_mm == label.depth_mm
            wrong += depth_mm not in {None, label.depth_mm}
        result[font] = {"pictures": count, "right": right, "wrong": wrong}
    return result


def _hc_mm(outlines: Path, found: dict[str, DepthMarks]) -> dict[str, float]:
    """Return which head circumferences the proposals would give to outlines drawn by others.

    A proposal wrong by a factor of two would give a head of half or of twice the size.
    """
    sizes = []
    for row in _rows(outlines) if outlines.exists() else []:
        if row["filename"] in found:
            names = ("center_x_px", "center_y_px", "semi_axes_a_px", "semi_axes_b_px", "angle_rad")
            outline = Ellipse(*(float(row[name]) for name in names))
            sizes.append(outline.perimeter * found[row["filename"]].mm_per_row)
    if not sizes:
        return {}
    return {"least": round(min(sizes), 1), **_spread(sizes), "greatest": round(max(sizes), 1)}


def true_mm_per_row(row: dict[str, str]) -> float:
    """Return the scale by hand: millimetres over the pixels from the first mark to the last."""
    length_px = float(row["last_px"]) - float(row["first_px"])
    return float(row["spacing_mm"]) * int(row["intervals"]) / length_px


def none(folder: Path) -> dict[str, object]:
    rows = list(found_in(folder))
    return {
        "images": len(rows),
        "proposals": sum(marks is not None for _, marks, _ in rows),
        "milliseconds": _spread([spent for _, _, spent in rows]),
    }


def drawn(count: int) -> dict[str, object]:
    """Return figures on ``count`` pictures each with telling scales, with traps, without any."""
    from tests.imaging.drawn_scales import TELLING, TRAPS, draw_picture  # noqa: PLC0415

    result: dict[str, object] = {}
    for name, styles in (("telling", TELLING), ("traps", TRAPS), ("none", ())):
        errors, false = [], 0
        for seed in range(count):
            picture = draw_picture(seed, styles)
            marks = find_depth_marks(picture.gray)
            if marks is None:
                continue
            if picture.mm_per_row is None:
                false += 1
            else:
                errors.append(abs(marks.mm_per_row / picture.mm_per_row - 1))
        result[name] = {
            "pictures": count,
            "proposals": len(errors) + false,
            "within_1_percent": sum(error <= VERY_CLOSE for error in errors),
            "largest_error_percent": round(100 * max(errors, default=0.0), 3),
            "false": false,
        }
    return result


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _counts(words: Iterator[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for word in words:
        found[word] = found.get(word, 0) + 1
    return found


def _spread(values: list[int] | list[float]) -> dict[str, float]:
    low, high = np.percentile(values, (5, 95))
    return {
        "5 %": round(float(low), 4),
        "median": round(float(statistics.median(values)), 4),
        "95 %": round(float(high), 4),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("planes", "drawn", "none", "texts"))
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--count", type=int, default=250)
    options = parser.parse_args()
    if options.what == "drawn":
        result = drawn(options.count)
    elif options.what == "texts":
        result = texts(options.count)
    elif options.folder is None:
        parser.error("name the folder with the images")
    else:
        result = (planes if options.what == "planes" else none)(options.folder)
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
