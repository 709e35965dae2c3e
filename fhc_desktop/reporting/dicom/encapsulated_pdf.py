"""The report's PDF inside a DICOM object, as archives keep documents (PS3.3 A.45.1)."""

from fhc_desktop.reporting.content.coded_content import CodedContent
from fhc_desktop.reporting.dicom.content_items import code_item
from fhc_desktop.reporting.dicom.dicom_object import (
    ENCAPSULATED_PDF,
    NOT_REVIEWED,
    as_bytes,
    day_digits,
    moment_of,
    new_object,
    referenced_object,
    time_digits,
)
from fhc_desktop.reporting.dicom.report_codes import OBSTETRIC_REPORT


def encapsulated_pdf(told: CodedContent, pdf: bytes) -> bytes:
    """Return the object; ``pdf`` is the file as it is signed, which stays whole inside.

    Raises:
        NotForDicom: the patient's identifier has no room in it.
    """
    dataset = new_object(told, ENCAPSULATED_PDF)
    made = moment_of(told)
    dataset.ContentDate, dataset.ContentTime = day_digits(made), time_digits(made)
    dataset.AcquisitionDateTime = ""
    dataset.ConversionType = "WSD"
    # The pages name the patient.
    dataset.BurnedInAnnotation = "YES"
    title = told.report.title
    dataset.DocumentTitle = title if told.standing.is_accepted else f"{NOT_REVIEWED}: {title}"
    dataset.ConceptNameCodeSequence = [code_item(OBSTETRIC_REPORT)]
    dataset.VerificationFlag = "UNVERIFIED"
    if told.image is not None:
        dataset.SourceInstanceSequence = [referenced_object(told.image)]
    dataset.MIMETypeOfEncapsulatedDocument = "application/pdf"
    # Of an element of bytes the length is even: its own length says where the document ends.
    dataset.EncapsulatedDocument = pdf + b"\0" * (len(pdf) % 2)
    dataset.EncapsulatedDocumentLength = len(pdf)
    return as_bytes(dataset)
