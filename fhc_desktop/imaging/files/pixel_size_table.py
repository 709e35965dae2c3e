"""The CSV table that gives the pixel size of images by their file name (HC18's layout)."""

import csv
import io
import os
import unicodedata
from pathlib import Path
from typing import BinaryIO

from fhc_desktop.domain.image.calibration import (
    Calibration,
    CalibrationCandidate,
    CalibrationSource,
    FileCalibration,
    Uncalibrated,
    is_plausible_pixel_side,
)
from fhc_desktop.imaging.files.archive import find_archive, open_archive
from fhc_desktop.imaging.files.file_access import opened
from fhc_desktop.imaging.unreadable import UnreadableImage

_NAME_COLUMN = "filename"
_SIZE_COLUMN = "pixel size(mm)"
_LONGEST_HEADER = 4096
_LARGEST_TABLE_BYTES = 16 * 2**20


def find_pixel_size(path: Path) -> FileCalibration:
    """Return what the tables in an image's folder, else in the folder above, say of it.

    Tables are known by their columns, not by their names. A table that names the image without
    giving a usable size is an objection: silence would let a wrong scale pass for none.
    """
    for folder in (path.parent, path.parent.parent):
        rows = [row for table in _tables(folder) for row in _rows_naming(table, path.name)]
        if rows:
            return _agreed(rows)
    return FileCalibration()


def _tables(folder: Path) -> list[Path]:
    """Return the tables of a folder, which may lie in an archive."""
    try:
        archive = find_archive(folder / "any")
        if archive is None:
            entries = list(folder.iterdir())
        else:
            with open_archive(archive) as contents:
                members = [archive / name for name in contents.names]
            entries = [member for member in members if member.parent == folder]
    except (OSError, UnreadableImage):
        return []
    return sorted(entry for entry in entries if entry.suffix.lower() == ".csv")


def _rows_naming(table: Path, name: str) -> list[tuple[Path, str]]:
    """Return (table, size as written) for each of the table's rows that names the image."""
    try:
        with opened(table) as handle:
            if not _has_our_columns(handle):
                return []
            handle.seek(0)
            text = io.TextIOWrapper(handle, encoding="utf-8-sig", errors="replace", newline="")
            reader = csv.DictReader(text, restkey="")
            reader.fieldnames = [_plain(column) for column in reader.fieldnames or ()]
            return [
                (table, row.get(_SIZE_COLUMN) or "")
                for row in reader
                if _same_name(row.get(_NAME_COLUMN) or "", name)
            ]
    except (OSError, csv.Error, UnreadableImage):
        # Somebody else's CSV, or one that is being written: it says nothing about this image.
        return []


def _has_our_columns(handle: BinaryIO) -> bool:
    """Read no more than the first line of what may be anything."""
    if handle.seek(0, os.SEEK_END) > _LARGEST_TABLE_BYTES:
        return False
    handle.seek(0)
    first = handle.read(_LONGEST_HEADER).splitlines()[:1]
    header = [_plain(column) for line in first for column in _decoded(line).split(",")]
    return _NAME_COLUMN in header and _SIZE_COLUMN in header


def _decoded(line: bytes) -> str:
    return line.decode("utf-8-sig", "replace")


def _agreed(rows: list[tuple[Path, str]]) -> FileCalibration:
    sizes = [(table, _size_mm(written)) for table, written in rows]
    for table, mm in sizes:
        if mm is None:
            return _objection(f"The table {table.name} gives no usable pixel size for this image.")
    table, first_mm = sizes[0]
    if first_mm is None or any(mm != first_mm for _, mm in sizes):
        return _objection("The tables give this image more than one pixel size.")
    source = CalibrationSource.PIXEL_SIZE_TABLE
    calibration = Calibration(first_mm, first_mm, source, table.name)
    return FileCalibration((CalibrationCandidate(calibration),))


def _objection(reason: str) -> FileCalibration:
    return FileCalibration(
        objection=Uncalibrated(
            reason, "Correct the table, draw the ruler over a known distance, or type the size."
        )
    )


def _size_mm(written: str) -> float | None:
    try:
        mm = float(written)
    except ValueError:
        return None
    return mm if is_plausible_pixel_side(mm) else None


def _plain(column: str) -> str:
    return " ".join(column.strip().strip('"').split()).lower()


def _same_name(written: str, name: str) -> bool:
    """Compare as people read: macOS composes accents differently from everybody else."""
    return unicodedata.normalize("NFC", written.strip()) == unicodedata.normalize("NFC", name)
