"""What each page of the report has: margins, letters, head, foot. All measures are points."""

from fhc_desktop.reporting import colours
from fhc_desktop.reporting.content.imprint import Imprint
from fhc_desktop.reporting.pdf.lettering import BOLD, REGULAR, UNKNOWN, Face
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


def draw_frame(sheet: Sheet, imprint: Imprint, *, page: int, pages: int, has_unknown: bool) -> None:
    """Draw title, patient and disclaimer, and a draft's marks, the same on every page.

    ``has_unknown``: a box stands for a character in what the report says.
    """
    _draw_header(sheet, imprint)
    _draw_footer(sheet, imprint, f"page {page} of {pages}")
    if has_unknown:
        said = f"{UNKNOWN} stands for a character that cannot be shown here."
        sheet.text(LEFT, FOOTER_LINE + 34, said, NOTE)
    if imprint.is_draft:
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


def _draw_header(sheet: Sheet, imprint: Imprint) -> None:
    sheet.text(LEFT, 48, imprint.title, TITLE)
    if imprint.is_draft:
        sheet.panel(Box(RIGHT - 240, 32, 240, 24), colour=colours.ERROR_ON_WHITE)
        sheet.text_in(224, (RIGHT - 232, 48), imprint.draft_reason, Face(BOLD, 9, "#FFFFFF"))
    else:
        sheet.text_from_right(RIGHT, 48, imprint.disclaimer, NOTE)
    rule(sheet, 60)


def _draw_footer(sheet: Sheet, imprint: Imprint, numbered: str) -> None:
    rule(sheet, FOOTER_LINE)
    sheet.text(LEFT, FOOTER_LINE + 12, imprint.disclaimer, Face(BOLD, 7, INK))
    software = f"{imprint.software}  ·  {numbered}"
    sheet.text_from_right(RIGHT, FOOTER_LINE + 12, software, NOTE)
    # However long her name is, the day and what became of it are never cut.
    sheet.text_from_right(RIGHT, FOOTER_LINE + 24, imprint.standing, NOTE)
    room = RIGHT - LEFT - NOTE.width(imprint.standing) - 12
    sheet.text_in(room, (LEFT, FOOTER_LINE + 24), imprint.patient_banner, NOTE)
