"""The forms that a report leaves the program in: the same content each time."""

from enum import StrEnum


class ReportForm(StrEnum):
    """One form; its value is what the settings and the command line call it."""

    PDF = "pdf"
    STRUCTURED_REPORT = "sr"
    MEASUREMENT_REPORT = "sr-1500"
    ENCAPSULATED_PDF = "encapsulated-pdf"
    SECONDARY_CAPTURE = "secondary-capture"
    PRESENTATION_STATE = "presentation-state"
    FHIR = "fhir"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def suffix(self) -> str:
        """The ending of its file's name, without a dot."""
        return _SUFFIXES.get(self, "dcm")


_LABELS = {
    ReportForm.PDF: "PDF",
    ReportForm.STRUCTURED_REPORT: "DICOM structured report, obstetric (TID 5000)",
    ReportForm.MEASUREMENT_REPORT: "DICOM structured report, for research (TID 1500)",
    ReportForm.ENCAPSULATED_PDF: "PDF as a DICOM object",
    ReportForm.SECONDARY_CAPTURE: "Picture with its outline (DICOM)",
    ReportForm.PRESENTATION_STATE: "Outline as a layer over the image (DICOM)",
    ReportForm.FHIR: "FHIR R4",
}
_SUFFIXES = {ReportForm.PDF: "pdf", ReportForm.FHIR: "json"}
