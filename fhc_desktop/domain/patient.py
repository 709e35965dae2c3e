"""Who is being examined."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Patient:
    """The patient as she is named on the report; all parts may be empty.

    ``issuer`` is who gave the identifier: numbers of two clinics may be the same. It and
    ``birth_date`` come from a file; nobody types them.
    """

    identifier: str = ""
    name: str = ""
    issuer: str = ""
    birth_date: date | None = None

    @property
    def banner(self) -> str:
        """What stands in sight as long as her image is open."""
        if not self.identifier and not self.name:
            return "No patient named"
        return "  ·  ".join(part for part in (self.name, self.identifier) if part)

    @property
    def issuer_words(self) -> str:
        """Who gave the identifier; empty where nobody says."""
        return f"issued by {self.issuer}" if self.issuer else ""

    @property
    def words(self) -> str:
        """Who she is beside her identifier: Muster, Anna, born 1990-02-03, issued by NORTH."""
        born = "" if self.birth_date is None else f"born {self.birth_date}"
        parts = (self.name or "without a name", born, self.issuer_words)
        return ", ".join(part for part in parts if part)
