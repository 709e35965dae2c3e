"""How far outlines as published lie off the outer border of the skull, by habit and scanner.

The outer border is what a network says that learned it from HC18 alone: whoever learned from these
outlines too would find them where they are.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from fhc_desktop.segmentation.segmenter import Segmenter
from model_training.dataset import Head
from model_training.document import Table
from model_training.evaluate import image_of
from model_training.fetal_planes import habit_of

COLUMNS = ("name", "scanner", "found_by_published")
HABITS = ("first", "second")
# Farther off is another thing than the border of this head.
FARTHEST = 0.1


@dataclass(frozen=True, slots=True)
class Border:
    """One head: HC as found over that of the outline as published; None where none was found."""

    name: str
    scanner: str
    found_by_published: float | None


def measured_borders(
    segmenter: Segmenter, heads: Iterable[Head], scanners: dict[str, str]
) -> Iterator[Border]:
    """Yield what a network finds of each head; ``scanners`` are those of pictures by name."""
    for head in heads:
        name, published = head.sample.name, head.sample.outline_px
        found = segmenter.find(image_of(head)).outline_px
        share = None if found is None else found.perimeter / published.perimeter
        yield Border(name, scanners.get(name, "unknown"), share)


def write_borders(path: Path, borders: Iterable[Border]) -> None:
    with path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for border in borders:
            share = border.found_by_published
            writer.writerow((border.name, border.scanner, "" if share is None else f"{share:.4f}"))


def read_borders(path: Path) -> list[Border]:
    with path.open(newline="") as file:
        return [
            Border(
                row["name"],
                row["scanner"],
                float(row["found_by_published"]) if row["found_by_published"] else None,
            )
            for row in csv.DictReader(file)
        ]


def borders_table(borders: Sequence[Border]) -> Table:
    """Return by habit and scanner what outlines must be scaled by to lie on the outer border."""
    table = [["habit", "scanner", "images", "outer border / published", "standard error", "spread"]]
    for habit, name in enumerate(HABITS):
        ours = [border for border in borders if habit_of(border.name) == habit]
        groups = {"all": ours}
        groups |= {
            scanner: [border for border in ours if border.scanner == scanner]
            for scanner in sorted({border.scanner for border in ours})
        }
        table += [_line(name, scanner, members) for scanner, members in groups.items()]
    return table


def _line(habit: str, scanner: str, borders: Sequence[Border]) -> list[str]:
    shares = [border.found_by_published for border in borders]
    near = [share for share in shares if share is not None and abs(share - 1) <= FARTHEST]
    mean = f"{np.mean(near):.4f}" if near else ""
    said = ["", ""]
    if len(near) > 1:
        spread = float(np.std(near, ddof=1))
        said = [f"{spread / len(near) ** 0.5:.4f}", f"{spread:.4f}"]
    return [habit, scanner, str(len(near)), mean, *said]
