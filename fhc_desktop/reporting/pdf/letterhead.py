"""The letterhead: whose report it is, at the head of a first page."""

from fhc_desktop.domain.institution import Institution
from fhc_desktop.reporting.pdf.lettering import BOLD, Face, printable, wrapped
from fhc_desktop.reporting.pdf.page_frame import INK, LEFT, NOTE, NOTE_LEADING, RIGHT, RULE
from fhc_desktop.reporting.pdf.sheet import Box, Sheet

_NAME = Face(BOLD, 10, INK)
_NAME_LEADING = 13.0
_LOGO_WIDTH, _LOGO_HEIGHT = 130.0, 36.0
_ABOVE = 12.0


def draw_letterhead(
    sheet: Sheet, institution: Institution, top: float, *, left: float = LEFT
) -> float:
    """Draw name and address on the left and the logo on the right, over a rule.

    ``top`` is the baseline of the first line; return that of what follows.
    """
    if not institution.is_named:
        return top
    right = left + RIGHT - LEFT
    y, width = top, right - left - _LOGO_WIDTH - 20
    for line in wrapped(printable(institution.name), _NAME, width):
        sheet.text(left, y, line, _NAME)
        y += _NAME_LEADING
    for address in institution.address_lines:
        for line in wrapped(printable(address), NOTE, width):
            sheet.text(left, y - 1, line, NOTE)
            y += NOTE_LEADING
    logo = institution.logo
    if logo is not None:
        y = max(y, top - _ABOVE + _LOGO_HEIGHT + NOTE_LEADING)
        if logo.pixels is not None:
            rows, columns = logo.pixels.shape[:2]
            points = min(_LOGO_WIDTH / columns, _LOGO_HEIGHT / rows)
            size = (columns * points, rows * points)
            sheet.picture(logo.pixels, Box(right - size[0], top - _ABOVE, *size))
    sheet.line([(left, y - 4), (right, y - 4)], colour=RULE)
    return y + 12
