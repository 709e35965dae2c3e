"""Small data sets of drawn heads, in the layouts that the real ones have."""

import math

import cv2
import numpy as np
from PIL import Image

from fhc_desktop.domain.image.geometry import Ellipse
from tests.heads import SMALL_COLUMNS, SMALL_MM_PER_PIXEL, SMALL_ROWS
from tests.phantom import draw_phantom


def drawn_outline(number):
    """A head somewhere in a small picture, of its own size, shape and direction."""
    rng = np.random.default_rng([77, number])
    longer = rng.uniform(34, 58)
    return Ellipse(
        center_x=rng.uniform(84, 116),
        center_y=rng.uniform(64, 78),
        semi_axis_a=longer,
        semi_axis_b=longer * rng.uniform(0.72, 0.85),
        angle=rng.uniform(-0.5, 0.5) % math.pi,
    )


def drawn_picture(number):
    return draw_phantom(drawn_outline(number), rows=SMALL_ROWS, columns=SMALL_COLUMNS, seed=number)


def write_hc18(folder, heads=12):
    """Drawn heads, two of each subject, in the challenge's layout."""
    (folder / "training_set").mkdir(parents=True)
    rows = ["filename,pixel size(mm),head circumference (mm)"]
    for number in range(heads):
        outline = drawn_outline(number)
        name = f"{number // 2:03d}_{'HC' if number % 2 == 0 else '2HC'}"
        Image.fromarray(drawn_picture(number)).save(folder / "training_set" / f"{name}.png")
        line = np.zeros((SMALL_ROWS, SMALL_COLUMNS), np.uint8)
        points = (outline.points(720) * 16).round().astype(np.int32)
        cv2.polylines(line, [points], isClosed=True, color=255, thickness=2, shift=4)
        Image.fromarray(line).save(folder / "training_set" / f"{name}_Annotation.png")
        rows.append(f"{name}.png,{SMALL_MM_PER_PIXEL},{outline.perimeter * SMALL_MM_PER_PIXEL}")
    (folder / "training_set_pixel_size_and_HC.csv").write_text("\n".join(rows))
    return folder


def write_fetal_planes(folder, heads=6, first=100):
    """Drawn heads, two of each patient, with their ellipses in a table."""
    (folder / "images").mkdir(parents=True)
    columns = "center_x_px,center_y_px,semi_axes_a_px,semi_axes_b_px,angle_rad,scanner"
    rows = [f"filename,patient,{columns}"]
    for number in range(first, first + heads):
        outline, name = drawn_outline(number), f"Patient{number // 2:05d}_{number % 2}.png"
        Image.fromarray(drawn_picture(number)).save(folder / "images" / name)
        values = (*outline.center, outline.semi_axis_a, outline.semi_axis_b, outline.angle)
        rows.append(",".join([name, name[:12], *map(str, values), "Aloka"]))
    (folder / "head_ellipses.csv").write_text("\n".join(rows))
    return folder


def write_config(path, **changes):
    """A miniature run in a file; tables are given as dictionaries."""
    values = {
        "name": "tiny",
        "version": "0",
        "folds": 3,
        "batch_size": 4,
        "network": {"width": 4, "levels": 3},
        "preprocessing": {"width": 96, "height": 64},
    }
    for key, value in changes.items():
        values[key] = values.get(key, {}) | value if isinstance(value, dict) else value
    plain = {key: value for key, value in values.items() if not isinstance(value, dict)}
    lines = [_line(key, value) for key, value in plain.items()]
    for name, table in values.items():
        if isinstance(table, dict):
            lines += [f"[{name}]", *(_line(key, value) for key, value in table.items())]
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return path


def _line(key, value):
    text = str(value) if isinstance(value, int | float) else f"'{value}'"
    return f"{key} = {text}"


def write_no_head(folder, count=4):
    """Drawn pictures without a head: what teaches and what tests take turns."""
    (folder / "images").mkdir(parents=True, exist_ok=True)
    rows = ["filename,kind,use,source,licence,note"]
    rng = np.random.default_rng(5)
    for number in range(count):
        name = f"n_{number}.png"
        cloud = cv2.GaussianBlur(rng.uniform(0, 255, (SMALL_ROWS, SMALL_COLUMNS)), (0, 0), 4)
        bright = 255 * (cloud - cloud.min()) / np.ptp(cloud)
        Image.fromarray(bright.astype(np.uint8)).save(folder / "images" / name)
        said = (
            ("fetal abdomen", "teach", f"drawn/here:{name}", "CC0")
            if number % 2 == 0
            else ("kidney", "test", f"drawn/there:{name}", "none stated")
        )
        rows.append(",".join([name, *said, ""]))
    (folder / "manifest.csv").write_text("\n".join(rows))
    return folder
