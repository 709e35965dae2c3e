"""The structured report that obstetric systems read: Comprehensive SR with the tree of TID 5000."""

from pydicom.dataset import Dataset

from fhc_desktop.domain.examination.own_report import (
    CARRIED_ELEMENT,
    CARRIED_GROUP,
    CARRIED_OWNER,
    PRIVATE_SCHEME,
    PRIVATE_SCHEME_UID,
)
from fhc_desktop.reporting.content.coded_content import CodedContent
from fhc_desktop.reporting.content.codes import PRIVATE_SCHEME_NAME
from fhc_desktop.reporting.dicom.dicom_object import (
    STRUCTURED_REPORT,
    Kind,
    as_bytes,
    day_digits,
    moment_of,
    new_object,
    referenced_object,
    time_digits,
)
from fhc_desktop.reporting.dicom.report_tree import report_tree


def structured_report(told: CodedContent, measurement: bytes) -> bytes:
    """Return the report as a file; ``measurement`` is the JSON that the PDF carries too.

    Raises:
        NotForDicom: the patient's identifier has no room in it.
    """
    dataset = document(told, STRUCTURED_REPORT, report_tree(told))
    block = dataset.private_block(CARRIED_GROUP, CARRIED_OWNER, create=True)
    block.add_new(CARRIED_ELEMENT, "UT", measurement.decode("ascii"))
    return as_bytes(dataset)


def document(told: CodedContent, kind: Kind, root: Dataset) -> Dataset:
    """Return a structured report of one kind, with the tree below ``root``.

    Complete is what a clinician accepted; nothing is ever verified, since nobody proved here who
    she is.
    """
    dataset = new_object(told, kind)
    made = moment_of(told)
    dataset.ContentDate, dataset.ContentTime = day_digits(made), time_digits(made)
    is_accepted = told.standing.is_accepted
    dataset.CompletionFlag = "COMPLETE" if is_accepted else "PARTIAL"
    if not is_accepted:
        dataset.CompletionFlagDescription = told.standing.draft_reason
    dataset.PreliminaryFlag = "FINAL" if is_accepted else "PRELIMINARY"
    dataset.VerificationFlag = "UNVERIFIED"
    dataset.ReferencedPerformedProcedureStepSequence = []
    dataset.PerformedProcedureCodeSequence = []
    _name_evidence(dataset, told)
    scheme = Dataset()
    scheme.CodingSchemeDesignator = PRIVATE_SCHEME
    scheme.CodingSchemeUID = PRIVATE_SCHEME_UID
    scheme.CodingSchemeName = PRIVATE_SCHEME_NAME
    dataset.CodingSchemeIdentificationSequence = [scheme]
    dataset.update(root)
    # The root belongs to nothing.
    del dataset.RelationshipType
    return dataset


def _name_evidence(dataset: Dataset, told: CodedContent) -> None:
    """Name the image that the report speaks of, apart where it is of another study."""
    image = told.image
    if image is None:
        return
    study = Dataset()
    study.StudyInstanceUID = image.study_uid
    series = Dataset()
    series.SeriesInstanceUID = image.series_uid
    series.ReferencedSOPSequence = [referenced_object(image)]
    study.ReferencedSeriesSequence = [series]
    if image.study_uid == told.study.uid:
        dataset.CurrentRequestedProcedureEvidenceSequence = [study]
    else:
        dataset.PertinentOtherEvidenceSequence = [study]
