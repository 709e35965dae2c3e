"""Where the files that the program ships are found, and what its tables say."""

import csv
import sys
from functools import cache
from pathlib import Path


def resource(name: str) -> Path:
    """Return the path of a shipped file: in a checkout, a wheel and a frozen program alike.

    ``name`` is relative to the folder ``resources``, with forward slashes. The file need not
    exist: who opens it says what is missing and what to do.
    """
    return _root() / name


class UnreadableTable(Exception):  # noqa: N818 - named for what happened
    """A shipped table is not there, or is no CSV file."""


def table_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a shipped CSV file by the names in its first line.

    Raises:
        UnreadableTable: it cannot be opened, decoded or taken apart.
    """
    try:
        with resource(name).open(newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))
    except (OSError, ValueError, csv.Error) as cause:
        raise UnreadableTable(name) from cause


def _root() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    return _unfrozen_root() if frozen is None else Path(frozen) / "resources"


@cache
def _unfrozen_root() -> Path:
    package = Path(__file__).resolve().parent
    installed = package / "_resources"
    return installed if installed.is_dir() else package.parent / "resources"
