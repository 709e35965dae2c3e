"""How each fetus looks on a chart: colour, shape and kind of line, so that none speaks alone."""

from dataclasses import dataclass

from PySide6.QtCore import Qt

from fhc_desktop.domain.fetus import FETUS_LABELS
from fhc_desktop.gui.widgets import style


@dataclass(frozen=True, slots=True)
class FetusMark:
    """``symbol`` is pyqtgraph's name of the shape, ``sign`` the letter that looks like it."""

    color: str
    symbol: str
    sign: str
    dash: Qt.PenStyle


_SHAPES = (("o", "●"), ("s", "■"), ("t1", "▲"), ("t", "▼"), ("star", "★"), ("t2", "▶"))
_LINE = Qt.PenStyle
_DASHES = (
    _LINE.SolidLine,
    _LINE.DashLine,
    _LINE.DotLine,
    _LINE.DashDotLine,
    _LINE.DashDotDotLine,
    _LINE.SolidLine,
)
_MARKS = {
    label: FetusMark(color, symbol, sign, dash)
    for label, color, (symbol, sign), dash in zip(
        FETUS_LABELS, style.FETUSES, _SHAPES, _DASHES, strict=True
    )
}
_NOT_NAMED = FetusMark(style.SECONDARY_TEXT, "+", "+", _LINE.NoPen)


def fetus_mark(label: str, *, is_known: bool = True) -> FetusMark:
    """Return how a fetus is drawn; one alone looks like fetus A."""
    return _MARKS[label or FETUS_LABELS[0]] if is_known else _NOT_NAMED
