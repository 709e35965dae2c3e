"""What each page of the report has: margins, letters, head, foot. All measures are points."""

from fhc_desktop.reporting import colours
from fhc_desktop.reporting.content.report_content import ReportContent
from fhc_desktop.reporting.pdf.lettering import BOLD, REGULAR, UNKNOWN, Face, printable
from fhc_desktop.reporting.pdf.sheet import WIDTH, Box, Sheet

INK, GREY, RULE = "#111111", "#555555", "#BBBBBB"
TITLE = Face(BOLD, 15, INK)
HEADING = Face(BOLD, 8.5, INK)
VALUE = Face(REGULAR, 8, INK)
STRONG = Face(BOLD, 8, INK)
LABEL = Face(REGULAR, 8, GREY)
NOTE = Face(REGULAR, 7, GREY)
LEADING, NOTE_LEADING, ROW_GAP = 11.0, 9.0, 3.0

LEFT = 40.0
RIGHT = WIDTH - 40.0
FOOTER_LINE = 784.0


def draw_frame(sheet: Sheet, content: ReportContent, *, page: int, pages: int) -> None:
    """Draw title, patient and disclaimer, and a draft's marks, the same on every page."""
    _draw_header(sheet, content)
    _draw_footer(sheet, content, f"page {page} of {pages}")
    if content.is_draft:
        sheet.watermark(
            "DRAFT – NOT REVIEWED", Face(BOLD, 66, colours.ERROR_ON_WHITE), opacity=0.18
        )


def heading(sheet: Sheet, box: Box, text: str) -> float:
    """Draw a heading over its rule; return the baseline of the first row below."""
    sheet.text(box.x, box.y, text, HEADING)
    sheet.line([(box.x, box.y + 4), (box.right, box.y + 4)], colour=RULE)
    return box.y + 18


def rule(sheet: Sheet, y: float, *, left: float = LEFT) -> None:
    sheet.line([(left, y), (RIGHT, y)], colour=RULE)


def _draw_header(sheet: Sheet, content: ReportContent) -> None:
    sheet.text(LEFT, 48, content.title, TITLE)
    if content.is_draft:
        sheet.panel(Box(RIGHT - 240, 32, 240, 24), colour=colours.ERROR_ON_WHITE)
        sheet.text_in(224, (RIGHT - 232, 48), content.draft_reason, Face(BOLD, 9, "#FFFFFF"))
    else:
        sheet.text_from_right(RIGHT, 48, content.disclaimer, NOTE)
    rule(sheet, 60)


def _draw_footer(sheet: Sheet, content: ReportContent, numbered: str) -> None:
    rule(sheet, FOOTER_LINE)
    sheet.text(LEFT, FOOTER_LINE + 12, content.disclaimer, Face(BOLD, 7, INK))
    software = f"{content.software}  ·  {numbered}"
    sheet.text_from_right(RIGHT, FOOTER_LINE + 12, software, NOTE)
    banner = printable(content.patient_banner)
    sheet.text_in(RIGHT - LEFT, (LEFT, FOOTER_LINE + 24), banner, NOTE)
    if _has_unknown(content):
        sheet.text(
            LEFT,
            FOOTER_LINE + 34,
            f"{UNKNOWN} stands for a character that cannot be shown here.",
            NOTE,
        )


def _has_unknown(content: ReportContent) -> bool:
    rows = (*content.patient, *content.record)
    return any(UNKNOWN in printable(row.value) for row in rows)
