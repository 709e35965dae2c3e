"""How each state of the outline is drawn, the same wherever it is shown."""

from dataclasses import dataclass

from PySide6.QtCore import Qt

from fhc_desktop.domain.examination.outline_state import OutlineState
from fhc_desktop.gui.widgets import style


@dataclass(frozen=True, slots=True)
class OutlineStyle:
    """The kind of line says the same as the colour, to those who cannot tell colours apart."""

    color: str
    line: Qt.PenStyle


OUTLINE_STYLES = {
    OutlineState.NONE: OutlineStyle(style.SECONDARY_TEXT, Qt.PenStyle.SolidLine),
    OutlineState.PROPOSED: OutlineStyle(style.PROPOSAL, Qt.PenStyle.DashLine),
    OutlineState.EDITED: OutlineStyle(style.EDITED, Qt.PenStyle.SolidLine),
    OutlineState.ACCEPTED: OutlineStyle(style.ACCEPTED, Qt.PenStyle.SolidLine),
    OutlineState.NOT_LOGGED: OutlineStyle(style.WARNING, Qt.PenStyle.SolidLine),
}
