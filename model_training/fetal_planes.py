"""Heads of the FETAL_PLANES_DB with outlines in pixels: other scanners, text and depth marks."""

import csv
from dataclasses import replace
from pathlib import Path

from fhc_desktop.domain.image.geometry import Ellipse
from model_training.samples import HeadSample

DATA_SET = "FETAL_PLANES_DB"
OUTLINE_TABLE = "head_ellipses.csv"
IMAGE_FOLDER = "images"
# The outlines were drawn by two habits. Against a network that knows the outer border from HC18
# alone, those of patients below this number are 1.5 % too long (173 images), the others, which
# run inside the bone, 3.2 % too short (173 images); within each part the spread is 1.2 to 1.7 %.
SECOND_HABIT_FROM = 1234
OUTER_BORDER = (1 / 1.0145, 1.0316)


def read_samples(folder: Path, *, outer_border: bool = False) -> list[HeadSample]:
    """Return the samples of a folder that holds ``images/`` and ``head_ellipses.csv``.

    The set has no millimetres. With ``outer_border`` the outlines are scaled, by the habit they
    were drawn in, to the outer border of the skull, which is what HC is.

    Raises:
        FileNotFoundError: the table or an image is missing.
    """
    with (folder / OUTLINE_TABLE).open(newline="") as table:
        return [
            _sample(folder / IMAGE_FOLDER, row, outer_border=outer_border)
            for row in csv.DictReader(table)
        ]


def write_scanners(path: Path, folder: Path) -> None:
    """Write which scanner each picture of a folder is from, as far as its table says."""
    with (folder / OUTLINE_TABLE).open(newline="") as table, path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("name", "scanner"))
        writer.writerows(
            (row["filename"], row["scanner"]) for row in csv.DictReader(table) if "scanner" in row
        )


def read_scanners(path: Path) -> dict[str, str]:
    """Return the scanner of each picture by its name."""
    with path.open(newline="") as file:
        return {row["name"]: row["scanner"] for row in csv.DictReader(file)}


def as_published(outline_px: Ellipse, filename: str) -> Ellipse:
    """Return the outline as the data set has it, from the outer border that it was brought to."""
    return _scaled(outline_px, 1 / _border_factor(filename))


def habit_of(filename: str) -> int:
    """Return which of the two habits an outline was drawn by, 0 or 1."""
    number = int(filename.split("_", maxsplit=1)[0].removeprefix("Patient"))
    return int(number >= SECOND_HABIT_FROM)


def _border_factor(filename: str) -> float:
    return OUTER_BORDER[habit_of(filename)]


def _scaled(outline_px: Ellipse, factor: float) -> Ellipse:
    return replace(
        outline_px,
        semi_axis_a=outline_px.semi_axis_a * factor,
        semi_axis_b=outline_px.semi_axis_b * factor,
    )


def _sample(folder: Path, row: dict[str, str], *, outer_border: bool) -> HeadSample:
    image = folder / row["filename"]
    if not image.is_file():
        raise FileNotFoundError(f"{image} is named in {OUTLINE_TABLE} but is not there.")
    outline = Ellipse(
        float(row["center_x_px"]),
        float(row["center_y_px"]),
        float(row["semi_axes_a_px"]),
        float(row["semi_axes_b_px"]),
        float(row["angle_rad"]),
    )
    if outer_border:
        outline = _scaled(outline, _border_factor(row["filename"]))
    return HeadSample(
        name=row["filename"],
        data_set=DATA_SET,
        subject=row["patient"],
        image=image,
        outline_px=outline.canonical(),
        mm_per_pixel=None,
        hc_mm=None,
    )
