"""What the program consists of besides its own code: each library, its version and its licence.

The frozen program has the list from where it was built; elsewhere it is read from what is
installed beside it.
"""

import json
import re
import sysconfig
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from platform import python_version

from fhc_desktop.resources import resource

PROGRAM = "fhc-desktop"
LIST = "licences/components.json"
_NO_TEXT = "The package brings no text of its licence; the licence is the one named above."
_LICENCE_FILE = re.compile(
    r"^(licen[cs]e|copying|notice|third-?party-?notices)([-_.].*)?$", re.IGNORECASE
)
_REQUIRED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
# Texts that we ship, for libraries whose packages bring none.
_SHIPPED_TEXTS = (
    ("LGPL", ("licences/LGPL-3.0.txt", "licences/GPL-3.0.txt")),
    ("Apache", ("licences/Apache-2.0.txt",)),
)
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Component:
    """A part of the program that others have written; ``text`` is all that its licence says."""

    name: str
    version: str
    licence: str
    text: str


def components() -> tuple[Component, ...]:
    """Return what the running program consists of, in alphabetical order."""
    listed = resource(LIST)
    if listed.is_file():
        return of_json(listed.read_text(encoding="utf-8"))
    return installed_components([PROGRAM])


def installed_components(roots: Iterable[str]) -> tuple[Component, ...]:
    """Return the distributions that some names lead to, also at second hand, with what we ship.

    What an extra asks for is left out, and so is a name under which nothing is installed.
    """
    found: dict[str, Component] = {}
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        if normal(name) in found:
            continue
        try:
            installed = distribution(name)
        except PackageNotFoundError:
            continue
        found[normal(name)] = _component(installed)
        waiting += _required(installed)
    found.pop(normal(PROGRAM), None)
    return tuple(sorted([*found.values(), *_shipped()], key=lambda part: part.name.lower()))


def normal(name: str) -> str:
    """Return a distribution's name as packages compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def as_json(parts: Iterable[Component]) -> str:
    return json.dumps([asdict(part) for part in parts], indent=1, ensure_ascii=False) + "\n"


def of_json(text: str) -> tuple[Component, ...]:
    return tuple(Component(**part) for part in json.loads(text))


def as_notices(parts: Iterable[Component]) -> str:
    """Return all of it as one text, each component under a line of its own."""
    rule = "=" * 78
    return "\n".join(
        f"{rule}\n{part.name} {part.version}: {part.licence}\n{rule}\n\n{part.text.strip()}\n"
        for part in parts
    )


def _required(installed: Distribution) -> list[str]:
    told = [line for line in installed.requires or () if "extra ==" not in line]
    return [name[0] for line in told if (name := _REQUIRED.match(line)) is not None]


def _component(installed: Distribution) -> Component:
    licence = _licence(installed)
    files = [path for path in installed.files or () if _LICENCE_FILE.match(path.name)]
    texts = [Path(str(path.locate())).read_text("utf-8", "replace") for path in files]
    return Component(
        name=installed.metadata["Name"],
        version=installed.version,
        licence=licence,
        text="\n\n".join(texts) or _shipped_text(licence),
    )


def _licence(installed: Distribution) -> str:
    """Return the licence by its short name, from where a distribution says it best."""
    told = installed.metadata
    expression = next((told[key] for key in ("License-Expression", "License") if key in told), "")
    if expression and "\n" not in expression and len(expression) <= _LONGEST_NAME:
        return expression
    classes = [
        line.split(" :: ")[-1] for line in told.get_all("Classifier", []) if "License" in line
    ]
    return ", ".join(classes) or "see its text"


def _shipped_text(licence: str) -> str:
    for sign, files in _SHIPPED_TEXTS:
        if sign in licence:
            return "\n\n".join(resource(file).read_text("utf-8") for file in files)
    return _NO_TEXT


def _shipped() -> list[Component]:
    """Return what comes in no distribution: Python itself and the fonts."""
    python = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    fonts = resource("fonts/LICENSE.txt").read_text("utf-8")
    return [
        Component(
            "Python",
            python_version(),
            "PSF-2.0",
            python.read_text("utf-8") if python.is_file() else _NO_TEXT,
        ),
        Component("DejaVu and Droid fonts", "", "Bitstream Vera and Apache-2.0", fonts),
    ]
