"""How each state of the outline is drawn, the same wherever it is shown."""

from dataclasses import dataclass

from PySide6.QtCore import Qt

from fhc_desktop.domain.examination.outline_state import OutlineState
from fhc_desktop.gui.widgets import style


@dataclass(frozen=True, slots=True)
class OutlineLook:
    """The kind of line says the same as the colour, to those who cannot tell colours apart."""

    color: str
    line: Qt.PenStyle


OUTLINE_LOOKS = {
    OutlineState.NONE: OutlineLook(style.SECONDARY_TEXT, Qt.PenStyle.SolidLine),
    OutlineState.PROPOSED: OutlineLook(style.PROPOSAL, Qt.PenStyle.DashLine),
    OutlineState.EDITED: OutlineLook(style.EDITED, Qt.PenStyle.SolidLine),
    OutlineState.ACCEPTED: OutlineLook(style.ACCEPTED, Qt.PenStyle.SolidLine),
}
