"""The DICOM object of each form that a report is filed in."""

from fhc_desktop.reporting.content.coded_content import CodedContent
from fhc_desktop.reporting.content.report_form import ReportForm
from fhc_desktop.reporting.dicom.encapsulated_pdf import encapsulated_pdf
from fhc_desktop.reporting.dicom.measurement_report import measurement_report
from fhc_desktop.reporting.dicom.presentation_state import presentation_state
from fhc_desktop.reporting.dicom.secondary_capture import secondary_capture
from fhc_desktop.reporting.dicom.structured_report import structured_report


def filed_object(form: ReportForm, told: CodedContent, measurement: bytes, pdf: bytes) -> bytes:
    """Return the object of a form; it takes of ``measurement`` and ``pdf`` what it carries.

    Raises:
        NotForDicom: there is no such object of this report.
        ValueError: a form that is no DICOM object.
    """
    match form:
        case ReportForm.STRUCTURED_REPORT:
            return structured_report(told, measurement)
        case ReportForm.MEASUREMENT_REPORT:
            return measurement_report(told)
        case ReportForm.ENCAPSULATED_PDF:
            return encapsulated_pdf(told, pdf)
        case ReportForm.SECONDARY_CAPTURE:
            return secondary_capture(told)
        case ReportForm.PRESENTATION_STATE:
            return presentation_state(told)
        case _:
            raise ValueError(f"no DICOM object: {form}")
