"""Structured Reports as consoles write them, drawn item by item, and a study with one in it."""

from dataclasses import dataclass
from pathlib import Path

import pydicom
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ComprehensiveSRStorage, ExplicitVRLittleEndian, generate_uid

from tests.heads import small_phantom, write_dicom

STUDY, IMAGE, REPORT = "1.2.3.4", "1.2.3.4.5", "1.2.3.4.6"
HC = ("11984-2", "LN", "Head Circumference")
BPD = ("11820-8", "LN", "Biparietal Diameter")
OFD = ("11851-3", "LN", "Occipital-Frontal Diameter")
GA = ("18185-9", "LN", "Gestational Age")
MM, CM, DAYS = ("mm", "UCUM", "mm"), ("cm", "UCUM", "cm"), ("d", "UCUM", "day")
MEAN = ("373098007", "SCT", "Mean")
TITLE = ("125000", "DCM", "OB-GYN Ultrasound Procedure Report")
SECTION = ("125002", "DCM", "Fetal Biometry")
GROUP = ("125005", "DCM", "Biometry Group")
FETUS_ID = ("11951-1", "LN", "Fetus ID")


def code(parts):
    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = parts
    return item


def item(kind, name=None, below=(), relation="CONTAINS"):
    made = Dataset()
    made.RelationshipType, made.ValueType = relation, kind
    if name is not None:
        made.ConceptNameCodeSequence = [code(name)]
    if below:
        made.ContentSequence = list(below)
    return made


def container(name, *below):
    return item("CONTAINER", name, below)


def number(name, value, unit=MM, *below):
    made = item("NUM", name, below)
    measured = Dataset()
    measured.NumericValue = value
    if unit is not None:
        measured.MeasurementUnitsCodeSequence = [code(unit)]
    made.MeasuredValueSequence = [measured]
    return made


def valueless(name, qualifier):
    made = item("NUM", name)
    made.MeasuredValueSequence = []
    made.NumericValueQualifierCodeSequence = [code(qualifier)]
    return made


def coded(name, value, relation="INFERRED FROM"):
    made = item("CODE", name, relation=relation)
    made.ConceptCodeSequence = [code(value)]
    return made


def text(name, value, relation="HAS OBS CONTEXT"):
    made = item("TEXT", name, relation=relation)
    made.TextValue = value
    return made


def image(uid=IMAGE, frames=None, relation="SELECTED FROM"):
    made = item("IMAGE", relation=relation)
    reference = Dataset()
    reference.ReferencedSOPClassUID = "1.2.840.10008.5.1.4.1.1.6.1"
    reference.ReferencedSOPInstanceUID = uid
    if frames is not None:
        reference.ReferencedFrameNumber = frames
    made.ReferencedSOPSequence = [reference]
    return made


def region(*below, relation="INFERRED FROM"):
    made = item("SCOORD", below=below, relation=relation)
    made.GraphicType, made.GraphicData = "ELLIPSE", [1.0, 2.0, 3.0, 2.0, 2.0, 1.0, 2.0, 3.0]
    return made


def by_reference(*places, relation="INFERRED FROM"):
    made = Dataset()
    made.RelationshipType, made.ReferencedContentItemIdentifier = relation, list(places)
    return made


def of_fetus(name, *groups):
    return container(SECTION, text(FETUS_ID, name), *groups)


def one_head(hc="172.0", *, unit=MM):
    """The biometry of one head as TID 5000 has it: a group for each measurement."""
    return container(
        SECTION,
        container(GROUP, number(HC, hc, unit, region(image()))),
        container(GROUP, number(BPD, "47.0")),
        container(GROUP, number(OFD, "63.0")),
    )


def write_report(target, *below, title=TITLE, **changes):
    """Write a report of the study; ``changes`` are attributes of its header."""
    report = item("CONTAINER", title, below)
    del report.RelationshipType
    header = {
        "SOPClassUID": ComprehensiveSRStorage,
        "SOPInstanceUID": REPORT,
        "StudyInstanceUID": STUDY,
        "SeriesInstanceUID": "1.2.3.4.7",
        "Modality": "SR",
        "Manufacturer": "Example",
        "ManufacturerModelName": "Console 9",
        "PatientID": "4711",
        "PatientName": "Example^Ada",
        "CompletionFlag": "COMPLETE",
        "VerificationFlag": "UNVERIFIED",
        "StudyDate": "20260115",
        "SpecificCharacterSet": "ISO_IR 192",
    }
    for keyword, value in (header | changes).items():
        setattr(report, keyword, value)
    report.file_meta = FileMetaDataset()
    report.file_meta.MediaStorageSOPClassUID = report.SOPClassUID
    report.file_meta.MediaStorageSOPInstanceUID = report.SOPInstanceUID
    report.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    pydicom.dcmwrite(target, report, enforce_file_format=True)
    return target


def write_image(target, phantom=None, **changes):
    """Write the image of the study that ``write_report`` tells of."""
    dataset = pydicom.dcmread(write_dicom(phantom or small_phantom(), target))
    header = {
        "StudyInstanceUID": STUDY,
        "SOPInstanceUID": IMAGE,
        "PatientID": "4711",
        "PatientName": "Example^Ada",
    }
    for keyword, value in (header | changes).items():
        setattr(dataset, keyword, value)
    dataset.file_meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID
    dataset.save_as(target)
    return target


def write_study(folder: Path, *below) -> tuple[Path, Path]:
    """Write the image and a report of what stands below it; return both files."""
    return write_image(folder / "IM1.dcm"), write_report(
        folder / "SR1.dcm", *below or (one_head(),)
    )


@dataclass(frozen=True, slots=True)
class Nested:
    """How deep a chain of containers goes."""

    levels: int

    def __call__(self):
        inner = number(HC, "172.0")
        for _ in range(self.levels):
            inner = container(SECTION, inner)
        return inner


def another_uid():
    return generate_uid(entropy_srcs=["another"])
