"""The tables that give the pixel size of images by their names: HC18's layout, and its like.

HC18 as published (doi:10.5281/zenodo.1322001) has the folders training_set and test_set, both
numbered from 000_HC.png, and beside them training_set_pixel_size_and_HC.csv and
test_set_pixel_size.csv.
"""

import csv
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import BinaryIO

from fhc_desktop.domain.image.calibration import FileCalibration
from fhc_desktop.domain.image.listed_image import ListedImage, composed, is_picture_name
from fhc_desktop.domain.image.pixel_size_table import (
    PixelSizeTable,
    Word,
    calibration_by,
    is_named_after,
    word_of_unclear,
    word_of_unopened,
    word_without_headings,
)
from fhc_desktop.domain.image.size_headings import Headings, Unclear, read_headings
from fhc_desktop.imaging.files.archive import find_archive, open_archive
from fhc_desktop.imaging.files.file_access import opened
from fhc_desktop.imaging.files.file_stamp import TABLE_ENDINGS
from fhc_desktop.imaging.files.separated_text import SeparatedText, separated_text
from fhc_desktop.imaging.unreadable import UnreadableImage, shown_name

_LONGEST_HEADER = 4096
_LARGEST_TABLE_BYTES = 16 * 2**20
# Some 50,000 rows: what is kept of a table for the next image is some ten times as large.
_LARGEST_KEPT_BYTES = 2 * 2**20

_Table = Callable[[ListedImage], list[Word]]


@dataclass(frozen=True, slots=True)
class _Head:
    """The first line of a file, parted by one separator, and the headings that it comes to."""

    separator: str
    found: Headings | Unclear | None
    cells: list[str]

    @property
    def rank(self) -> tuple[bool, int]:
        """Which separator is the file's: the one by which it is understood, or that parts most."""
        return isinstance(self.found, Headings), len(self.cells)

    @property
    def is_missing(self) -> bool:
        """Whether the line is a row, with the name of a picture, and no head at all."""
        return len(self.cells) > 1 and any(map(is_picture_name, self.cells))


def find_pixel_size(path: Path) -> FileCalibration:
    """Return what the tables in an image's folder and in the one above say of it.

    Tables are known by their headings, not by their names: a file of another kind, with no heading
    that speaks of a pixel and of a size or a unit, says nothing and withholds nothing. One that
    does and cannot be understood is an objection: silence would let a wrong scale pass for none.
    """
    if ".." in path.parts:
        path = path.parent.resolve() / path.name
    folder = path.parent
    neighbours = _names_in(folder)
    image = ListedImage(
        tuple(composed(part) for part in folder.parts),
        composed(path.name),
        tuple(neighbours),
    )
    beside = [word for table in _tables(folder, neighbours) for word in _words(table, image)]
    above: list[Word] = []
    for table in _tables(folder.parent, _names_in(folder.parent)) if folder.name else ():
        is_bound = is_named_after(table.stem, _folder_name(folder))
        words = _words(table, image)
        above += [replace(word, names_folder=word.names_folder or is_bound) for word in words]
    return calibration_by(beside, above, image)


def _names_in(folder: Path) -> list[str]:
    """Return the names of what lies in a folder, which may lie in an archive."""
    try:
        archive = find_archive(folder / "any")
        if archive is None:
            return os.listdir(folder)  # noqa: PTH208 - names alone: a thousand paths take longer
        with open_archive(archive) as contents:
            members = [archive / name for name in contents.names]
    except (OSError, UnreadableImage):
        return []
    return [member.name for member in members if member.parent == folder]


def _tables(folder: Path, names: list[str]) -> list[Path]:
    return [folder / name for name in sorted(names) if name.lower().endswith(TABLE_ENDINGS)]


def _folder_name(folder: Path) -> str:
    is_archive = find_archive(folder / "any") == folder
    return folder.stem if is_archive else folder.name


def _words(table: Path, image: ListedImage) -> list[Word]:
    """Return what a file says of the image; nothing where it is no table of pixel sizes."""
    try:
        with opened(table) as handle:
            return _words_in(handle, shown_name(table), image)
    except (OSError, UnreadableImage):
        return [word_of_unopened(shown_name(table))] if _holds_something(table) else []


def _holds_something(table: Path) -> bool:
    try:
        return not table.is_dir() and table.stat().st_size > 0
    except (OSError, ValueError):
        return False


def _words_in(handle: BinaryIO, name: str, image: ListedImage) -> list[Word]:
    length = handle.seek(0, os.SEEK_END)
    handle.seek(0)
    # No more than the first line is read of what may be anything.
    beginning = handle.read(_LONGEST_HEADER)
    if _read_head(separated_text(beginning)) is None:
        return []
    if length > _LARGEST_TABLE_BYTES:
        return [word_of_unclear(name, "it is larger than 16 MiB", text=image.name, image=image)]
    data = beginning + handle.read()
    is_kept = len(data) <= _LARGEST_KEPT_BYTES
    table = _kept_table(data, name) if is_kept else _table_of(data, name)
    return [] if table is None else table(image)


def _table_of(data: bytes, name: str) -> _Table | None:
    """Return what gives a table's words on an image; None where no table of pixel sizes it is."""
    head = _read_head(separated_text(data[:_LONGEST_HEADER]))
    if head is None:
        return None
    table = separated_text(data)
    if isinstance(head.found, Unclear):
        return partial(_unclear, name, head.found.reason, table.text)
    try:
        rows = table.rows(head.separator)
    except csv.Error:
        return partial(_unclear, name, "its cells cannot be told apart", table.text)
    if head.found is None:
        return partial(_without_headings, name, rows)
    commas_part = head.separator == ","
    return PixelSizeTable(name, head.found, tuple(rows[1:]), commas_part).words_on


# One beside the images and one above them: by its content, so that a table that was corrected is
# read anew whatever its time says.
_kept_table = lru_cache(maxsize=2)(_table_of)


def _unclear(name: str, reason: str, text: str, image: ListedImage) -> list[Word]:
    return [word_of_unclear(name, reason, text=text, image=image)]


def _without_headings(name: str, rows: Sequence[Sequence[str]], image: ListedImage) -> list[Word]:
    word = word_without_headings(name, rows, image)
    return [] if word is None else [word]


def _read_head(beginning: SeparatedText) -> _Head | None:
    """Return what a file's first line is; None where it is no head of a table of pixel sizes."""
    heads = [
        _Head(separator, read_headings(row), row)
        for separator in beginning.separators
        for row in beginning.rows(separator)[:1]
    ]
    best = max(heads, key=lambda head: head.rank, default=None)
    return best if best is not None and (best.found is not None or best.is_missing) else None
