"""Who a patient is in one export."""

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from fhc_desktop.domain.pseudonym import PseudonymKey
from fhc_desktop.imaging.deidentified.identifying import Identifying


@dataclass(frozen=True, slots=True)
class NewIdentity:
    """Who a patient is in one export, and what may stand in no value of hers."""

    key: PseudonymKey
    patient: str
    identifying: Identifying = field(default_factory=Identifying)

    @classmethod
    def of(cls, dataset: Any, key: PseudonymKey, *, fallback: str) -> "NewIdentity":
        """Tell patients apart by identifier, else name and birth date, else study or file."""
        number = written_text(dataset, "PatientID")
        name = written_text(dataset, "PatientName")
        if number:
            patient = f"id {written_text(dataset, 'IssuerOfPatientID')}\0{number}"
        elif name:
            patient = f"name {name.casefold()}\0{written_text(dataset, 'PatientBirthDate')}"
        else:
            patient = f"study {written_text(dataset, 'StudyInstanceUID') or fallback}"
        return cls(key, patient, Identifying.of(dataset))

    @property
    def name(self) -> str:
        return self.key.name(self.patient)


def written_text(dataset: Any, keyword: str) -> str:
    """Return an element without its padding; "" where it is missing or damaged."""
    with suppress(Exception):
        return str(dataset.get(keyword) or "").strip("\0 ")
    return ""
