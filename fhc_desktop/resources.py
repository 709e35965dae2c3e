"""Where the files that the program ships are found."""

import sys
from pathlib import Path


def resource(name: str) -> Path:
    """Return the path of a shipped file: in a checkout, a wheel and a frozen program alike.

    ``name`` is relative to the folder ``resources``, with forward slashes. The file need not
    exist: who opens it says what is missing and what to do.
    """
    return _root() / name


def _root() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen) / "resources"
    package = Path(__file__).resolve().parent
    installed = package / "_resources"
    return installed if installed.is_dir() else package.parent / "resources"
