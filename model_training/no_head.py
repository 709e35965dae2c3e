"""Real pictures in which no head is measured: what the networks and the grade learn to refuse."""

import csv
from dataclasses import dataclass
from pathlib import Path

TABLE = "manifest.csv"
IMAGE_FOLDER = "images"
TEACHES = "teach"


@dataclass(frozen=True, slots=True)
class NoHeadSample:
    """One picture without a measurable head plane.

    ``kind`` is what it shows; ``teaches`` whether its licence lets what is shipped learn from it.
    """

    name: str
    kind: str
    source: str
    licence: str
    image: Path
    teaches: bool


def read_samples(folder: Path) -> list[NoHeadSample]:
    """Return the pictures of a folder that holds ``images/`` and ``manifest.csv``.

    Raises:
        FileNotFoundError: the table or an image is missing.
    """
    with (folder / TABLE).open(newline="", encoding="utf-8") as table:
        return [_sample(folder / IMAGE_FOLDER, row) for row in csv.DictReader(table)]


def _sample(folder: Path, row: dict[str, str]) -> NoHeadSample:
    image = folder / row["filename"]
    if not image.is_file():
        raise FileNotFoundError(f"{image} is named in {TABLE} but is not there.")
    return NoHeadSample(
        name=row["filename"],
        kind=row["kind"],
        source=row["source"],
        licence=row["licence"],
        image=image,
        teaches=row["use"] == TEACHES,
    )
