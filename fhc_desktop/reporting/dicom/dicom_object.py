"""What every DICOM object of a report has: patient, study, a series of its kind, and its maker.

The same report gives the same bytes: days and times are the report's own, and UIDs follow from what
they stand for. An archive that gets an object twice keeps it once.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import UID, ExplicitVRLittleEndian

from fhc_desktop import __version__
from fhc_desktop.reporting.content.coded_content import CodedContent
from fhc_desktop.reporting.content.coded_study import ImageReference, uid_of
from fhc_desktop.reporting.saving import ReportNotWritten

MAKER = "FHC Desktop"
# Before whatever nobody accepted, in each object that shows it.
NOT_REVIEWED = "DRAFT – NOT REVIEWED"
_IMPLEMENTATION_UID = UID(uid_of("implementation", MAKER))
# PS3.5 6.2: identifiers of VR LO.
_LONGEST_IDENTIFIER = 64


class NotForDicom(ReportNotWritten):
    """A report that cannot be an object of the kind that was asked for."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of object: all of a study stand in one series of their own."""

    name: str
    sop_class_uid: str
    modality: str
    series_number: int
    description: str


STRUCTURED_REPORT = Kind(
    "obstetric report", "1.2.840.10008.5.1.4.1.1.88.33", "SR", 901, "Head circumference"
)
MEASUREMENT_REPORT = Kind(
    "measurement report", "1.2.840.10008.5.1.4.1.1.88.33", "SR", 902, "Head circumference, TID 1500"
)
ENCAPSULATED_PDF = Kind(
    "pdf", "1.2.840.10008.5.1.4.1.1.104.1", "DOC", 903, "Head circumference, PDF"
)
SECONDARY_CAPTURE = Kind(
    "capture", "1.2.840.10008.5.1.4.1.1.7", "OT", 904, "Head circumference, picture"
)
GREY_PRESENTATION = Kind(
    "grey presentation", "1.2.840.10008.5.1.4.1.1.11.1", "PR", 905, "Head circumference, outline"
)
COLOUR_PRESENTATION = Kind(
    "colour presentation", "1.2.840.10008.5.1.4.1.1.11.2", "PR", 906, "Head circumference, outline"
)


def new_object(coded: CodedContent, kind: Kind) -> Dataset:
    """Return an object without its content.

    Raises:
        NotForDicom: the patient's identifier is longer than DICOM has room for.
    """
    dataset = Dataset()
    dataset.SpecificCharacterSet = "ISO_IR 192"
    dataset.SOPClassUID = kind.sop_class_uid
    _name_patient(dataset, coded)
    _place_in_study(dataset, coded)
    dataset.Modality = kind.modality
    dataset.SeriesInstanceUID = uid_of("series", kind.name, coded.study.uid)
    dataset.SeriesNumber = kind.series_number
    dataset.SeriesDescription = kind.description
    dataset.InstanceNumber = 1
    dataset.Manufacturer = MAKER
    dataset.ManufacturerModelName = MAKER
    dataset.SoftwareVersions = __version__
    return dataset


def as_bytes(dataset: Dataset) -> bytes:
    """Return an object as a file; its own UID follows from all else that it holds."""
    dataset.SOPInstanceUID = UID("0")
    digest = hashlib.sha256(_written(dataset)).hexdigest()
    dataset.SOPInstanceUID = UID(uid_of("object", digest))
    return _written(dataset)


def moment_of(coded: CodedContent) -> datetime:
    """Return when the report was made, by the clock on the wall: times in DICOM have no zone."""
    return coded.report.created.astimezone()


def day_digits(day: date | None) -> str:
    return "" if day is None else f"{day:%Y%m%d}"


def time_digits(moment: datetime) -> str:
    return f"{moment:%H%M%S}"


def referenced_object(image: ImageReference) -> Dataset:
    """Return the reference to an image as a whole."""
    item = Dataset()
    item.ReferencedSOPClassUID = image.sop_class_uid
    item.ReferencedSOPInstanceUID = image.instance_uid
    return item


def referenced(image: ImageReference) -> Dataset:
    """Return the reference to an image, and to its frame where it has several."""
    item = referenced_object(image)
    if image.frame is not None:
        item.ReferencedFrameNumber = image.frame
    return item


def _name_patient(dataset: Dataset, coded: CodedContent) -> None:
    patient = coded.patient
    for identifier in (patient.identifier, patient.issuer):
        if len(identifier) > _LONGEST_IDENTIFIER or "\\" in identifier:
            raise NotForDicom(
                "The patient’s identifier cannot stand in a DICOM object: at most 64 characters, "
                "none of them a backslash.",
                "Write the report as a PDF.",
            )
    dataset.PatientName = patient.coded_name
    dataset.PatientID = patient.identifier
    if patient.issuer:
        dataset.IssuerOfPatientID = patient.issuer
    dataset.PatientBirthDate = day_digits(patient.birth_date)
    dataset.PatientSex = ""


def _place_in_study(dataset: Dataset, coded: CodedContent) -> None:
    study = coded.study
    dataset.StudyInstanceUID = study.uid
    dataset.StudyDate = day_digits(study.day)
    dataset.StudyTime = study.time
    dataset.StudyID = study.identifier
    dataset.AccessionNumber = study.accession_number
    dataset.ReferringPhysicianName = ""


def _written(dataset: Dataset) -> bytes:
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = dataset.SOPClassUID
    meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.ImplementationClassUID = _IMPLEMENTATION_UID
    meta.ImplementationVersionName = "FHC DESKTOP"
    dataset.file_meta = meta
    written = BytesIO()
    dataset.save_as(written, enforce_file_format=True)
    return written.getvalue()
