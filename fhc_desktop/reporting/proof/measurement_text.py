"""The measurement that a report carries, as JSON: its facts, and each statement that it prints.

Every fact has a digest of its own, so that whoever changes one and not the other is named by it.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from fhc_desktop.plain_values import read, told
from fhc_desktop.reporting.content.printed import printed
from fhc_desktop.reporting.content.report_content import ReportContent
from fhc_desktop.reporting.content.report_facts import ReportFacts
from fhc_desktop.reporting.content.rows import Row

# A change of any type that the facts hold makes another one, but for a field that has a value
# where nothing is said of it.
FORM = 1
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"))


class NoMeasurement(ValueError):  # noqa: N818 - says what was found
    """A text that tells no measurement of this form."""


@dataclass(frozen=True, slots=True)
class CarriedMeasurement:
    """What a report carries; ``changed`` are the names of facts that no longer fit their digests.

    ``signer`` is the public key of who was to sign it, in hexadecimal; empty where nobody was.
    """

    facts: ReportFacts
    software: str
    signer: str
    rows: tuple[Row, ...]
    changed: tuple[str, ...]


def measurement_text(facts: ReportFacts, content: ReportContent, signer: str) -> bytes:
    """Return the JSON, a line for each fact: the same measurement gives the same text."""
    rows = printed(content)
    parts = {**told(facts), "printed": [told(row) for row in rows]}
    said = {
        "form": FORM,
        "software": content.software,
        "disclaimer": content.disclaimer,
        "signer": signer,
        **parts,
        "digests": {name: _digest(part) for name, part in parts.items()},
    }
    lines = [f" {json.dumps(name)}: {_ENCODER.encode(part)}" for name, part in said.items()]
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode("ascii")


def measurement_of(text: bytes) -> CarriedMeasurement:
    """Return what a report carries.

    Raises:
        NoMeasurement: the text tells none, or one of another form.
    """
    try:
        said = json.loads(text)
        form = said["form"]
        found = CarriedMeasurement(
            facts=read(ReportFacts, said),
            software=_text(said["software"]),
            signer=_text(said["signer"]),
            rows=read(tuple[Row, ...], said["printed"]),
            changed=tuple(
                name for name, digest in said["digests"].items() if _digest(said[name]) != digest
            ),
        )
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError) as cause:
        raise NoMeasurement("not a measurement") from cause
    except RecursionError as cause:
        raise NoMeasurement("nested without end") from cause
    # JSON's true is 1 in Python, and no number of a form.
    if type(form) is not int or form != FORM:
        raise NoMeasurement(f"form {form}")
    return found


def _text(said: Any) -> str:
    return str(read(str, said))


def _digest(part: Any) -> str:
    return hashlib.sha256(_ENCODER.encode(part).encode("ascii")).hexdigest()
