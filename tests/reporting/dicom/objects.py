"""Examinations of a DICOM image, and the objects that are written of them."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pydicom

from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.image.display import Display
from fhc_desktop.domain.image.ultrasound_image import StudyInfo
from fhc_desktop.reporting.content.coded_content import CodedContent
from fhc_desktop.reporting.content.report_facts import ReportFacts
from fhc_desktop.reporting.dicom.encapsulated_pdf import encapsulated_pdf
from fhc_desktop.reporting.dicom.measurement_report import measurement_report
from fhc_desktop.reporting.dicom.presentation_state import presentation_state
from fhc_desktop.reporting.dicom.secondary_capture import secondary_capture
from fhc_desktop.reporting.dicom.structured_report import structured_report
from fhc_desktop.reporting.proof.measurement_text import measurement_text
from tests.reporting.examinations import NOW, accepted, graded

STUDY = StudyInfo(
    patient_id="4711",
    patient_name="Ada Example",
    coded_name="Example^Ada^^Dr",
    birth_date=date(1996, 5, 4),
    study_date=date(2026, 11, 20),
    study_time="093015",
    study_id="S-1",
    accession_number="A-1",
    study_uid="1.2.3",
    series_uid="1.2.3.4",
    instance_uid="1.2.3.4.5",
    sop_class_uid="1.2.840.10008.5.1.4.1.1.3.1",
    photometric="MONOCHROME2",
)
PDF = b"%PDF-1.4 of odd length\n"


def in_its_study(exam=None, **changes):
    return replace(exam or graded(), study=replace(STUDY, **changes))


def in_its_study_accepted(exam=None, **changes):
    return accepted(in_its_study(exam, **changes))


def coded(exam):
    return CodedContent.of(exam, NOW)


def facts_of(exam):
    return ReportFacts.of(exam, NOW, StandardChoice(), None, display=Display(), mean=None)


def report_of(exam):
    told = coded(exam)
    return structured_report(told, measurement_text(facts_of(exam), told.report, ""))


def opened(content: bytes) -> pydicom.Dataset:
    return pydicom.dcmread(BytesIO(content))


def items(dataset):
    """Give all items of a tree."""
    yield dataset
    for item in dataset.get("ContentSequence") or []:
        yield from items(item)


EVERY = {
    "structured report": report_of,
    "measurement report": lambda exam: measurement_report(coded(exam)),
    "encapsulated PDF": lambda exam: encapsulated_pdf(coded(exam), PDF),
    "secondary capture": lambda exam: secondary_capture(coded(exam)),
    "presentation state": lambda exam: presentation_state(coded(exam)),
}
