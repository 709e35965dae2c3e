"""What an installation was found to be, one line a check: the same in every form."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

_SOUND = "This installation measures as it should."
_FAULTY = "This installation is not sound: do not measure with it before the faults are mended."


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the check: what was looked at, whether it holds, and what was seen."""

    name: str
    passed: bool
    words: str


@dataclass(frozen=True, slots=True)
class Installation:
    """All findings about one installation; ``checked`` is in UTC, ``machine`` names no person."""

    findings: tuple[Finding, ...]
    software: str
    machine: str
    checked: datetime

    @property
    def is_sound(self) -> bool:
        return bool(self.findings) and all(finding.passed for finding in self.findings)

    @property
    def verdict(self) -> str:
        return _SOUND if self.is_sound else _FAULTY

    @property
    def moment(self) -> str:
        return f"{self.checked.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def as_lines(installation: Installation) -> list[str]:
    """Return the findings as a terminal shows them, with when they were made."""
    return [
        *(
            f"{'ok    ' if finding.passed else 'FAILED'}  {finding.name}: {finding.words}"
            for finding in installation.findings
        ),
        f"{installation.software} on {installation.machine}, checked {installation.moment}",
        installation.verdict,
    ]


def as_json(installation: Installation) -> str:
    """Return the same for another program."""
    said = {
        "sound": installation.is_sound,
        "software": installation.software,
        "machine": installation.machine,
        "checked": installation.checked.astimezone(UTC).isoformat(timespec="seconds"),
        "findings": [asdict(finding) for finding in installation.findings],
    }
    return json.dumps(said, indent=2, ensure_ascii=False)


def findings_of(said: Iterable[Mapping[str, Any]]) -> tuple[Finding, ...]:
    """Return the findings that another process of this program tells in JSON.

    Raises:
        ValueError: it says something else.
    """
    found = tuple(Finding(**one) for one in said)
    if not all(type(one.name) is str and type(one.passed) is bool for one in found):
        raise ValueError("no findings")
    return found
