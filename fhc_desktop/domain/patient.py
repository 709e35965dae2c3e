"""Who is being examined."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patient:
    """The patient as she is named on the report; both parts may be empty."""

    identifier: str = ""
    name: str = ""

    @property
    def banner(self) -> str:
        """What stands in sight as long as her image is open."""
        if not self.identifier and not self.name:
            return "No patient named"
        return "  ·  ".join(part for part in (self.name, self.identifier) if part)
