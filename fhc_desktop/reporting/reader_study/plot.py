"""A Bland-Altman plot: differences over means, with bias and limits and how sure they are."""

import io
import math
from dataclasses import dataclass

from reportlab.graphics import renderPDF, renderSVG
from reportlab.graphics.shapes import Circle, Drawing, Line, Rect, String
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from fhc_desktop.domain.reader_study.agreement import Agreement
from fhc_desktop.domain.reader_study.estimate import Estimate
from fhc_desktop.domain.reader_study.results import Compared
from fhc_desktop.reporting.pdf.lettering import REGULAR, register_fonts

_WIDTH, _HEIGHT = 460.0, 320.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 52.0, 92.0, 34.0, 44.0
_TEXT, _GRID, _POINT, _BIAS, _LIMIT = "#111111", "#E4E4E4", "#0072B2", "#333333", "#8A5300"
_SIZE, _SMALL = 9.0, 7.5
_TICKS = 6
_WORDS_APART = 22.0
# The names by which a browser finds letters of the same kind.
_SVG_FONTS = "DejaVu Sans, Verdana, sans-serif"


@dataclass(frozen=True, slots=True)
class _Axis:
    """From a number to a place on paper, in points."""

    low: float
    high: float
    start: float
    length: float

    def at(self, value: float) -> float:
        return self.start + self.length * (value - self.low) / (self.high - self.low)

    @property
    def step(self) -> float:
        """The distance of ticks: 1, 2 or 5 times a power of ten."""
        rough = (self.high - self.low) / _TICKS
        power = 10.0 ** math.floor(math.log10(rough))
        return next(power * one for one in (1, 2, 5, 10) if power * one >= rough)

    @property
    def ticks(self) -> list[float]:
        step = self.step
        first, last = math.ceil(self.low / step), math.floor(self.high / step)
        return [step * number for number in range(first, last + 1)]


def as_svg(drawing: Drawing) -> bytes:
    """Return a plot as SVG whose letters stay letters."""
    text: str = renderSVG.drawToString(drawing)
    text = text.replace("<title>...</title>", "<title>Bland-Altman plot</title>")
    return text.replace(REGULAR, _SVG_FONTS).encode("utf-8")


def as_pdf(drawing: Drawing) -> bytes:
    """Return a plot as one page of its own size; the same plot is the same bytes."""
    page = io.BytesIO()
    canvas = Canvas(page, pagesize=(_WIDTH, _HEIGHT), invariant=1)
    renderPDF.draw(drawing, canvas, 0, 0)
    canvas.save()
    return page.getvalue()


def bland_altman_plot(compared: Compared, found: Agreement) -> Drawing:
    """Return the plot of a comparison in mm; bands are the 95 % intervals of the three lines.

    Raises:
        ReportNotWritten: the shipped font is missing.
    """
    register_fonts()
    x, y = _axes(compared, found)
    drawing = Drawing(_WIDTH, _HEIGHT)
    drawing.add(Rect(0, 0, _WIDTH, _HEIGHT, fillColor=HexColor("#FFFFFF"), strokeColor=None))
    _draw_grid(drawing, x, y)
    lines = (
        ("Upper limit", found.upper_limit, _LIMIT, (4, 3)),
        ("Bias", found.bias, _BIAS, None),
        ("Lower limit", found.lower_limit, _LIMIT, (4, 3)),
    )
    for _, estimate, colour, _ in lines:
        _draw_band(drawing, x, y, estimate, colour)
    middle = y.at(found.bias.value)
    for apart, (words, estimate, colour, dash) in zip((1, 0, -1), lines, strict=True):
        place = y.at(estimate.value)
        _draw_line(drawing, x, place, colour=colour, dash=dash)
        # Lines that lie on each other still have words that do not.
        least = middle + apart * _WORDS_APART
        said = max(place, least) if apart > 0 else min(place, least)
        right = x.start + x.length + 5
        _write(drawing, right, said + 2.5, words, colour=colour)
        _write(drawing, right, said - 7.5, f"{_signed(estimate.value)} mm", colour=colour)
    for mean, difference in zip(compared.means_mm, compared.differences_mm, strict=True):
        drawing.add(
            Circle(
                x.at(mean),
                y.at(difference),
                2.4,
                fillColor=HexColor(_POINT),
                strokeColor=HexColor("#FFFFFF"),
                strokeWidth=0.4,
            )
        )
    _draw_titles(drawing, compared, found)
    return drawing


def _axes(compared: Compared, found: Agreement) -> tuple[_Axis, _Axis]:
    ends = [*compared.differences_mm, 0.0]
    for estimate in (found.lower_limit, found.upper_limit):
        ends += [end for end in (estimate.low, estimate.value, estimate.high) if end is not None]
    return (
        _roomy(list(compared.means_mm), _LEFT, _WIDTH - _LEFT - _RIGHT),
        _roomy(ends, _BOTTOM, _HEIGHT - _TOP - _BOTTOM),
    )


def _roomy(values: list[float], start: float, length: float) -> _Axis:
    low, high = min(values), max(values)
    # Where all is one number the axis still has a length.
    margin = 0.06 * (high - low) or 1.0
    return _Axis(low - margin, high + margin, start, length)


def _draw_grid(drawing: Drawing, x: _Axis, y: _Axis) -> None:
    bottom, top = y.start, y.start + y.length
    left, right = x.start, x.start + x.length
    for tick in x.ticks:
        _rule(drawing, (x.at(tick), bottom, x.at(tick), top))
        _write(drawing, x.at(tick), bottom - 12, _number(tick, x.step), anchor="middle")
    for tick in y.ticks:
        _rule(drawing, (left, y.at(tick), right, y.at(tick)))
        _write(drawing, left - 6, y.at(tick) - 3, _number(tick, y.step), anchor="end")


def _rule(drawing: Drawing, ends: tuple[float, float, float, float]) -> None:
    drawing.add(Line(*ends, strokeColor=HexColor(_GRID), strokeWidth=0.5))


def _draw_band(drawing: Drawing, x: _Axis, y: _Axis, estimate: Estimate, colour: str) -> None:
    if estimate.low is None or estimate.high is None:
        return
    low, high = y.at(estimate.low), y.at(estimate.high)
    fill = HexColor(colour)
    fill.alpha = 0.10
    drawing.add(Rect(x.start, low, x.length, high - low, fillColor=fill, strokeColor=None))


def _draw_line(
    drawing: Drawing, x: _Axis, place: float, *, colour: str, dash: tuple[int, int] | None
) -> None:
    drawing.add(
        Line(
            x.start,
            place,
            x.start + x.length,
            place,
            strokeColor=HexColor(colour),
            strokeWidth=1.1,
            strokeDashArray=dash,
        )
    )


def _draw_titles(drawing: Drawing, compared: Compared, found: Agreement) -> None:
    title = f"{compared.name}: {compared.kind.value}, {found.pairs} pictures"
    _write(drawing, _LEFT, _HEIGHT - 20, title, size=_SIZE)
    _write(drawing, _LEFT, 12, "Mean HC of both readings in mm", size=_SIZE)
    _write(drawing, 8, _HEIGHT - 20, "mm", size=_SIZE)


def _write(
    drawing: Drawing,
    x: float,
    y: float,
    text: str,
    *,
    anchor: str = "start",
    colour: str = _TEXT,
    size: float = _SMALL,
) -> None:
    drawing.add(
        String(
            x,
            y,
            text,
            fontName=REGULAR,
            fontSize=size,
            textAnchor=anchor,
            fillColor=HexColor(colour),
        )
    )


def _number(value: float, step: float) -> str:
    digits = max(0, -math.floor(math.log10(step)))
    return f"{value:.{digits}f}".replace("-", "−")


def _signed(value: float) -> str:
    return f"{value:+.1f}".replace("-", "−")
