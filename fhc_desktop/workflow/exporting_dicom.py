"""Export as DICOM: a report leaves the program as an object that archives keep."""

import warnings
from pathlib import Path
from typing import Unpack

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.structured_report import ReportsBeside
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.image.display import Display
from fhc_desktop.domain.institution import Institution
from fhc_desktop.reporting.content.coded_content import CodedContent
from fhc_desktop.reporting.content.report_facts import ReportFacts
from fhc_desktop.reporting.content.report_form import ReportForm
from fhc_desktop.reporting.proof.measurement_text import measurement_text
from fhc_desktop.reporting.saving import save_bytes
from fhc_desktop.workflow.exporting import WrittenReport, key_of, pdf_report
from fhc_desktop.workflow.told import Told


def export_dicom(
    form: ReportForm, exam: Examination, target: Path, folder: Path, **told: Unpack[Told]
) -> WrittenReport:
    """Write a report as a DICOM object; the PDF inside one is signed with the data folder's key.

    Raises:
        ReportNotWritten: there is no such object of this examination, or it could not be written.
    """
    from fhc_desktop.reporting.dicom.filed_object import (  # noqa: PLC0415 - no start waits for it
        filed_object,
    )

    has_pdf = form is ReportForm.ENCAPSULATED_PDF
    key = key_of(folder) if has_pdf else None
    pdf = pdf_report(exam, **told, key=key) if has_pdf else b""
    coded = _coded(exam, told)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # they would quote the patient's data
        content = filed_object(form, coded, _measurement(exam, coded, told), pdf)
    save_bytes(content, target)
    return WrittenReport(target, is_signed=key is not None or not has_pdf)


def _coded(exam: Examination, told: Told) -> CodedContent:
    return CodedContent.of(
        exam,
        told["now"],
        told.get("choice", StandardChoice()),
        told.get("record"),
        display=told.get("display", Display()),
        mean=told.get("mean"),
        beside=told.get("beside", ReportsBeside()),
        institution=told.get("institution", Institution()),
    )


def _measurement(exam: Examination, coded: CodedContent, told: Told) -> bytes:
    """Return the measurement that the PDF carries too; nobody signs a structured report."""
    facts = ReportFacts.of(
        exam,
        told["now"],
        told.get("choice", StandardChoice()),
        told.get("record"),
        display=told.get("display", Display()),
        mean=told.get("mean"),
        beside=told.get("beside", ReportsBeside()),
        institution=told.get("institution", Institution()),
    )
    return measurement_text(facts, coded.report, "")
