"""What window and report say of a length that a report of the study tells."""

from collections.abc import Sequence

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.own_report import OwnReport
from fhc_desktop.domain.examination.structured_report import ReportsBeside, StructuredReport
from fhc_desktop.domain.examination.told_length import (
    ToldLength,
    beside_objections,
    told_lengths,
)
from fhc_desktop.reporting.content.numbers import signed
from fhc_desktop.reporting.content.rows import Row


def beside_rows(exam: Examination, beside: ReportsBeside) -> tuple[Row, ...]:
    """Return each length that the reports of the study tell, and what is to be said of these."""
    lengths = (
        Row(
            f"{_whose(one)} {one.dimension.upper()}",
            told_words(one),
            "; ".join(filter(None, (compared_words(one), source_words(one)))),
        )
        for one in told_lengths(exam, beside)
    )
    said = (Row("Study’s report", sentence) for sentence in beside_objections(exam, beside))
    return (*lengths, *said)


def beside_summary(told: Sequence[Row]) -> tuple[Row, ...]:
    """Return where these rows stand: there may be more of them than a first page has room for."""
    if not told:
        return ()
    count = len(told)
    return (Row("Study’s report", f"{count} {'row' if count == 1 else 'rows'}, on the last page"),)


def told_words(one: ToldLength) -> str:
    """Return the length as transmitted, and in millimetres where that is another unit."""
    told, length_mm = one.told, one.told.length_mm
    if length_mm is None or told.unit.value == "mm":
        return told.text
    return f"{told.text} ({length_mm:.1f} mm)"


def compared_words(one: ToldLength) -> str:
    """Return by how much ours is more or less; why it is not compared, where a reader may ask."""
    if one.is_same:
        return "the same measurement"
    if one.frames:
        number = ", ".join(map(str, one.frames))
        return f"measured on frame {number}, so not compared"
    if one.told.length_mm is None:
        return "its unit is not known here, so not compared"
    difference_mm, percent = one.difference_mm, one.difference_percent
    if difference_mm is None or percent is None:
        return ""
    return f"ours {signed(difference_mm, 1)} mm ({signed(percent, 1)} %)"


def accepted_words(report: StructuredReport, own: OwnReport) -> str:
    """Return by whom and when an earlier measurement was accepted, by its report's own word."""
    if report.is_partial:
        return "accepted by nobody"
    by, at = own.accepted_by, own.accepted_at
    return f"accepted{f' by {by}' if by else ''}{f' on {at}' if at else ''}"


def source_words(one: ToldLength) -> str:
    """Return whose word it is: what it is called there, how it was got, of whom, and by what."""
    told, report = one.told, one.report
    fetus = f"fetus {told.fetus}" if told.fetus else ""
    if report.own is not None:
        accepted = accepted_words(report, report.own)
        words = ("a report of this program", fetus, accepted, report.name)
        return ", ".join(filter(None, words))
    parts = (f"“{told.name.whole}”", fetus, *told.notes, report.device, report.name)
    return ", ".join(filter(None, (*parts, report.standing)))


def _whose(one: ToldLength) -> str:
    return "Earlier report’s" if one.is_of_this_program else "Report’s"
