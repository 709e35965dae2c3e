"""Each statement that stands in a report, one after the other, whatever the pages look like."""

from collections.abc import Iterator

from fhc_desktop.reporting.content.growth_content import AGE_TITLE
from fhc_desktop.reporting.content.report_content import ReportContent
from fhc_desktop.reporting.content.rows import Row


def printed(content: ReportContent) -> tuple[Row, ...]:
    """Return the number that the report is about, then all else, in the order of the pages."""
    return tuple(_rows(content))


def _rows(content: ReportContent) -> Iterator[Row]:
    headline = content.headline
    yield Row(headline.label, f"{headline.value} {headline.unit}".strip(), headline.interval)
    for note in headline.notes:
        yield Row(f"{headline.label}, beside it", note)
    yield Row("Standing", content.draft_reason or "accepted")
    if content.institution.name or content.institution.address:
        address = "; ".join(content.institution.address_lines)
        yield Row("Institution", content.institution.name, address)
    for rows in (
        content.patient,
        content.pregnancy,
        content.sizes,
        content.growth,
        content.calibration,
        content.outline,
        content.record,
        content.dating_history,
        content.beside,
    ):
        yield from rows
    for warning in content.warnings:
        yield Row("Warning", warning)
    for line in filter(None, content.comment):
        yield Row("Comment", line)
    yield from _growth_rows(content)


def _growth_rows(content: ReportContent) -> Iterator[Row]:
    beside = content.side_by_side
    if not beside.ages:
        return
    for line in beside.lines:
        yield Row("On a standard", line.words)
    for age in beside.ages:
        found = " ".join(filter(None, (age.age, age.spread, age.interval)))
        yield Row(f"{AGE_TITLE}: {age.label}", found, age.note)
    for sentence in beside.sentences:
        yield Row("Remark", sentence)
