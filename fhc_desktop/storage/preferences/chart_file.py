"""The file in which a clinic keeps its own growth chart: TOML, with its table inside or as CSV."""

import csv
import io
import tomllib
from pathlib import Path

from fhc_desktop.domain.growth.assessment import GrowthStandard
from fhc_desktop.domain.growth.local_chart import UnusableChart, local_standard
from fhc_desktop.ordinary_file import open_ordinary_file

_MOST_BYTES = 1_000_000
_REMEDY = "Name a chart file as docs/local-charts.md describes it."


def load_local_chart(path: Path) -> GrowthStandard:
    """Return the standard of a chart file.

    Raises:
        UnusableChart: the file, or the CSV file that it names, cannot be read or does not hold.
    """
    try:
        described = tomllib.loads(_text_of(path))
    except (ValueError, RecursionError) as cause:
        # Also a number of thousands of digits, and brackets within thousands of brackets.
        raise UnusableChart(
            f"{shown_file_name(path)} is not valid TOML: {cause}.", _REMEDY
        ) from cause
    table = described.get("table")
    if isinstance(table, str):
        described["table"] = _csv_columns(path, table)
    return local_standard(described)


def shown_file_name(path: Path) -> str:
    """Return a file's name for a sentence: without half characters of one that is not UTF-8."""
    name = path.name or str(path)
    return name.encode("utf-8", errors="replace").decode("utf-8")


def _text_of(path: Path) -> str:
    name = shown_file_name(path)
    try:
        with open_ordinary_file(path) as file:
            content = file.read(_MOST_BYTES + 1)
    except OSError as cause:
        raise UnusableChart(f"{name} cannot be read ({cause.strerror}).", _REMEDY) from cause
    except ValueError as cause:
        raise UnusableChart(f"{name} is no path of a file.", _REMEDY) from cause
    if len(content) > _MOST_BYTES:
        raise UnusableChart(f"{name} is too large for a growth chart.", _REMEDY)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        raise UnusableChart(f"{name} is not text in UTF-8.", _REMEDY) from cause


def _csv_columns(chart: Path, name: str) -> dict[str, list[float]]:
    if Path(name).name != name:
        raise UnusableChart(f"The table {name} does not lie beside {chart.name}.", _REMEDY)
    text = _text_of(chart.with_name(name))
    # Spreadsheets write semicolons where the comma stands for the decimal point.
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows = [row for row in lines if row]
    except csv.Error as cause:
        raise UnusableChart(f"{name} is no CSV file ({cause}).", _REMEDY) from cause
    if not rows:
        raise UnusableChart(f"{name} has no rows.", _REMEDY)
    header = [title.strip() for title in rows[0]]
    if len(set(header)) != len(header) or any(len(row) != len(header) for row in rows):
        raise UnusableChart(f"The rows of {name} do not fit its first line.", _REMEDY)
    columns = zip(*rows[1:], strict=True) if rows[1:] else [()] * len(header)
    return {
        title: [_number(cell, delimiter, name) for cell in column]
        for title, column in zip(header, columns, strict=True)
    }


def _number(cell: str, delimiter: str, name: str) -> float:
    plain = cell.strip().replace(",", ".") if delimiter == ";" else cell.strip()
    try:
        return float(plain)
    except ValueError as cause:
        raise UnusableChart(f"“{cell}” in {name} is no number.", _REMEDY) from cause
