"""The forms that a report leaves the program in: the same content each time."""

from enum import StrEnum


class ReportForm(StrEnum):
    """One form; its value is what the settings and the command line call it."""

    PDF = "pdf"
    FHIR = "fhir"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def suffix(self) -> str:
        """The ending of its file's name, without a dot."""
        return _SUFFIXES[self]


_LABELS = {ReportForm.PDF: "PDF", ReportForm.FHIR: "FHIR R4"}
_SUFFIXES = {ReportForm.PDF: "pdf", ReportForm.FHIR: "json"}
