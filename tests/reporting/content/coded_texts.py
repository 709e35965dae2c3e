"""Whether what a machine reads is something that the report says."""

import re
from collections.abc import Iterable

from fhc_desktop.domain.dating.gestation import weeks_and_days
from fhc_desktop.reporting.content.coded_content import CodedContent
from fhc_desktop.reporting.content.coded_numbers import CodedNumber
from fhc_desktop.reporting.content.codes import DAYS
from fhc_desktop.reporting.content.printed import printed
from fhc_desktop.reporting.content.report_content import ReportContent

_NUMBER = re.compile(r"[−-]?\d+(?:\.\d+)?")


def texts_of(report: ReportContent) -> str:
    """Return all that a report says, with a plain minus."""
    rows = (part for row in printed(report) for part in (row.label, row.value, row.note))
    said = (report.title, report.disclaimer, report.software, report.patient_banner, *rows)
    return "\n".join(said).replace("−", "-")


def numbers_in(text: str) -> set[float]:
    return {float(found.replace("−", "-")) for found in _NUMBER.findall(text)}


def is_printed(number: CodedNumber, report: ReportContent) -> bool:
    """Return whether a number stands in the report with these digits; days as weeks and days."""
    said = texts_of(report)
    if number.unit == DAYS:
        days = int(number.value)
        return weeks_and_days(days) in said or f"± {days} d" in said
    digits = re.escape(number.value)
    return re.search(rf"(?<![\d.]){digits}(?![\d.]*\d)", said) is not None


def coded_numbers(coded: CodedContent) -> Iterable[CodedNumber]:
    sizes, interval, dating = coded.sizes, coded.interval, coded.dating
    if sizes is not None:
        yield from (sizes.hc, sizes.bpd, sizes.ofd, sizes.cephalic_index)
    if interval is not None:
        yield from (interval.low, interval.high, interval.share)
    if dating is not None and dating.age is not None:
        yield dating.age
    for place in coded.places.values():
        yield from (number for number in (place.percentile, place.z) if number is not None)
    for age in coded.ages:
        yield age.age
        if age.two_sd is not None:
            yield age.two_sd
