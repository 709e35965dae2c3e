"""Imprint: what every page of a report says, whatever else stands on it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Imprint:
    """``standing`` is the day with what became of it; ``draft_reason`` is empty once accepted."""

    title: str
    patient_banner: str
    standing: str
    draft_reason: str
    disclaimer: str
    software: str

    @property
    def is_draft(self) -> bool:
        return bool(self.draft_reason)
