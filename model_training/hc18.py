"""The HC18 data set in its official layout: images, outlines, pixel sizes, subjects."""

import csv
from pathlib import Path

import numpy as np

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.imaging.loader import Loader
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.segmentation.outline import fit_ellipse
from model_training.samples import HeadSample

DATA_SET = "HC18"
PIXEL_SIZE_TABLE = "training_set_pixel_size_and_HC.csv"
IMAGE_FOLDER = "training_set"
SUBJECT_DIGITS = 3
DRAWN_ABOVE = 127


def read_samples(folder: Path) -> list[HeadSample]:
    """Return the samples of a folder that holds ``training_set/`` and the pixel-size table.

    Raises:
        FileNotFoundError: the table, an image or an annotation is missing.
        ValueError: an annotation shows no outline.
    """
    with (folder / PIXEL_SIZE_TABLE).open(newline="") as table, Readers() as readers:
        return [
            _sample(folder / IMAGE_FOLDER, row, readers.images) for row in csv.DictReader(table)
        ]


def annotated_outline(annotation: Path, loader: Loader) -> Ellipse:
    """Return the ellipse through the drawn line's own pixels, in pixels.

    The line is about 2.5 px wide and centred on the outline. Fitting its pixels gives back the
    table's HC within 0.05 mm; filling it and taking the border would be 0.7-0.8 mm too long.

    Raises:
        ValueError: nothing is drawn that an ellipse would go through.
    """
    drawn = loader.load(annotation).image.gray > DRAWN_ABOVE
    rows, columns = np.nonzero(drawn)
    outline = fit_ellipse(np.stack([columns, rows], axis=1).astype(np.float64))
    if outline is None:
        raise ValueError(f"No outline is drawn in {annotation}.")
    return outline


def subject_of(name: str) -> str:
    """Return what all images of one examination share."""
    return name[:SUBJECT_DIGITS]


def _sample(folder: Path, row: dict[str, str], loader: Loader) -> HeadSample:
    name = row["filename"]
    image, annotation = folder / name, folder / name.replace(".png", "_Annotation.png")
    for path in (image, annotation):
        if not path.is_file():
            raise FileNotFoundError(f"{path} is named in {PIXEL_SIZE_TABLE} but is not there.")
    return HeadSample(
        name=name,
        data_set=DATA_SET,
        subject=subject_of(name),
        image=image,
        outline_px=annotated_outline(annotation, loader),
        mm_per_pixel=float(row["pixel size(mm)"]),
        hc_mm=float(row["head circumference (mm)"]),
    )
