"""Filing: one accepted examination leaves in each form that was chosen, decided once."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Unpack

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.reporting.content.report_form import ReportForm
from fhc_desktop.workflow.exporting import WrittenReport, export_fhir, export_signed
from fhc_desktop.workflow.exporting_dicom import export_dicom
from fhc_desktop.workflow.told import Told


@dataclass(frozen=True, slots=True)
class FiledReport:
    """What was written, form by form, in the order it was asked for."""

    written: tuple[tuple[ReportForm, WrittenReport], ...]


def file_report(
    exam: Examination, targets: Mapping[ReportForm, Path], folder: Path, **told: Unpack[Told]
) -> FiledReport:
    """Write a report in each form asked for; ``folder`` is the data folder whose key signs.

    Raises:
        ReportNotWritten: a file could not be written; those before it are there.
    """
    return FiledReport(
        tuple((form, _written(form, exam, path, folder, told)) for form, path in targets.items())
    )


def _written(
    form: ReportForm, exam: Examination, path: Path, folder: Path, told: Told
) -> WrittenReport:
    match form:
        case ReportForm.PDF:
            return export_signed(exam, path, folder, **told)
        case (
            ReportForm.STRUCTURED_REPORT
            | ReportForm.MEASUREMENT_REPORT
            | ReportForm.ENCAPSULATED_PDF
            | ReportForm.SECONDARY_CAPTURE
            | ReportForm.PRESENTATION_STATE
        ):
            return export_dicom(form, exam, path, folder, **told)
        case ReportForm.FHIR:
            return export_fhir(exam, path, **told)
