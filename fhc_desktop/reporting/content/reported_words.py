"""How the parts of a Structured Report are told, in the window and on the command line."""

from fhc_desktop.domain.examination.structured_report import (
    ReportedMeasurement,
    StructuredReport,
)

_SEPARATOR = " › "


def report_title(report: StructuredReport) -> str:
    """Return what the report calls itself."""
    return report.title.text or "Structured Report"


def report_line(report: StructuredReport) -> str:
    """Return who wrote it, how far it goes, and how much it tells."""
    count = len(report.measurements)
    numbers = "1 measurement" if count == 1 else f"{count or 'no'} measurements"
    return "  ·  ".join(filter(None, (report.name, report.device, report.standing, numbers)))


def code_words(one: ReportedMeasurement) -> str:
    return ", ".join(filter(None, (one.name.value, one.name.scheme)))


def section_words(one: ReportedMeasurement) -> str:
    return _SEPARATOR.join(one.sections)


def note_words(one: ReportedMeasurement) -> str:
    """Return how it was got, why it and no other, and by whose equation or table."""
    return "; ".join(one.notes)


def image_words(one: ReportedMeasurement) -> str:
    """Return on what it was measured: frames, an image, or empty where no image is named."""
    frames = sorted({frame for image in one.images for frame in image.frames})
    if frames:
        return f"frame {', '.join(map(str, frames))}"
    return "an image" if one.images else ""


def measurement_line(one: ReportedMeasurement) -> str:
    """Return all that is told of one measurement, in a line."""
    fetus = f"fetus {one.fetus}" if one.fetus else ""
    parts = (one.name.whole, fetus, note_words(one), image_words(one), section_words(one))
    return f"{one.text:>14}  {'; '.join(filter(None, parts))}"
