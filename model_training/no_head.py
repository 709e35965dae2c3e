"""Real ultrasound pictures without a plane in which a head is measured.

A folder holds ``images/`` and ``manifest.csv``, a row a picture: its kind, its source, the licence
and what it may be used for.
"""

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path

MANIFEST = "manifest.csv"
IMAGE_FOLDER = "images"
TEACHING, TESTING = "teach", "test"
TRUNK = "fetal trunk"
_TRUNKS = ("fetal abdomen", "fetal thorax")


@dataclass(frozen=True, slots=True)
class NoHead:
    """One picture; ``use`` is ``TEACHING`` where its licence lets it teach, else ``TESTING``."""

    name: str
    image: Path
    kind: str
    use: str
    source: str
    licence: str


def group_of(kind: str) -> str:
    """Return a kind with others like it: abdomen and thorax are one trunk."""
    return TRUNK if kind.startswith(_TRUNKS) else kind


def read_no_head(folder: Path) -> list[NoHead]:
    """Return the pictures of a folder in the order of their table.

    Raises:
        FileNotFoundError: the table or a picture is missing.
        ValueError: a row says nothing of its use.
    """
    with (folder / MANIFEST).open(newline="") as table:
        return [_picture(folder / IMAGE_FOLDER, row) for row in csv.DictReader(table)]


@dataclass(frozen=True, slots=True)
class Source:
    """Where pictures come from, under which licence, and how many of them teach and test."""

    place: str
    licence: str
    teaching: int
    testing: int


def write_sources(path: Path, pictures: Iterable[NoHead]) -> None:
    counts: Counter[tuple[str, str, str]] = Counter(
        (_place(picture.source), picture.licence, picture.use) for picture in pictures
    )
    keys = sorted({(place, licence) for place, licence, _ in counts})
    with path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(field.name for field in fields(Source))
        writer.writerows((*key, counts[*key, TEACHING], counts[*key, TESTING]) for key in keys)


def read_sources(path: Path) -> list[Source]:
    with path.open(newline="") as file:
        return [
            Source(row["place"], row["licence"], int(row["teaching"]), int(row["testing"]))
            for row in csv.DictReader(file)
        ]


def _place(source: str) -> str:
    """Return where a picture comes from without its own name there."""
    return source.split(":", maxsplit=1)[0]


def _picture(folder: Path, row: dict[str, str]) -> NoHead:
    image = folder / row["filename"]
    if not image.is_file():
        raise FileNotFoundError(f"{image} is named in {MANIFEST} but is not there.")
    if row["use"] not in {TEACHING, TESTING}:
        raise ValueError(f"{image.name} is neither to teach nor to test: {row['use']}")
    return NoHead(
        name=image.name,
        image=image,
        kind=row["kind"],
        use=row["use"],
        source=row["source"],
        licence=row["licence"],
    )
