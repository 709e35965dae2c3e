"""A structured report written once more from the measurement that it carries."""

import warnings
from dataclasses import dataclass, replace

from fhc_desktop.domain.growth.assessment import GrowthStandard
from fhc_desktop.reporting.content.report_content import ReportContent
from fhc_desktop.reporting.dicom.restored_report import RestoredReport
from fhc_desktop.reporting.dicom.structured_report import structured_report
from fhc_desktop.reporting.proof.agreement import NOTHING_FOLLOWS, missing_standards
from fhc_desktop.reporting.saving import ReportNotWritten


@dataclass(frozen=True, slots=True)
class ObjectAnew:
    """What follows from the facts: the report, and its object as it would lie in a file."""

    content: ReportContent
    file: bytes


def object_anew(report: RestoredReport, known: tuple[GrowthStandard, ...]) -> ObjectAnew | str:
    """Return the report by the way that every report is made; why none follows in a sentence."""
    carried = report.carried
    if carried is None:
        return NOTHING_FOLLOWS
    missing = missing_standards([carried], known)
    if missing:
        return missing
    try:
        coded = carried.facts.coded(known)
        told = replace(coded, report=replace(coded.report, software=carried.software))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # they would quote the patient's data
            file = structured_report(told, report.filed.measurement.encode("ascii"))
    # Numbers that no file and no user could have given: wherever they lead, it is to no report.
    except (ArithmeticError, ValueError, ReportNotWritten):
        return NOTHING_FOLLOWS
    return ObjectAnew(told.report, file)
