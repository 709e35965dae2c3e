"""Setting aside: what is damaged or replaced gets another name and keeps every byte."""

from datetime import datetime
from itertools import count
from pathlib import Path

from fhc_desktop.atomic_file import sync_folder


def set_aside(path: Path, now: datetime) -> Path:
    """Rename a file or folder to ``NAME.set-aside-UTC``; return its new place.

    Raises:
        OSError: it could not be renamed, and lies where it lay.
    """
    name = f"{path.name}.set-aside-{now:%Y%m%dT%H%M%SZ}"
    for number in count(1):
        aside = path.with_name(name if number == 1 else f"{name}-{number}")
        if not aside.exists():
            break
    path.rename(aside)
    sync_folder(path.parent)
    return aside
