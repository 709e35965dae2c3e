"""In which state the outline is: its words, colours and line, the same wherever it is shown."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.gui.widgets import style


class OutlineState(Enum):
    """How far the outline has come."""

    NONE = "none"
    PROPOSAL = "proposal"
    EDITED = "edited"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Look:
    """How a state is drawn."""

    color: str
    pen: Qt.PenStyle


LOOKS = {
    OutlineState.NONE: Look(style.SECONDARY_TEXT, Qt.PenStyle.SolidLine),
    OutlineState.PROPOSAL: Look(style.PROPOSAL, Qt.PenStyle.DashLine),
    OutlineState.EDITED: Look(style.EDITED, Qt.PenStyle.SolidLine),
    OutlineState.ACCEPTED: Look(style.ACCEPTED, Qt.PenStyle.SolidLine),
}


def outline_state(exam: Examination) -> OutlineState:
    if exam.outline_px is None:
        return OutlineState.NONE
    if exam.is_accepted:
        return OutlineState.ACCEPTED
    return OutlineState.EDITED if exam.is_edited else OutlineState.PROPOSAL


def state_words(exam: Examination) -> str:
    """Return the state in words, with what the log knows of it."""
    state = outline_state(exam)
    if state is OutlineState.ACCEPTED:
        is_logged = exam.acceptance is not None and exam.acceptance.entry_id is not None
        return "Accepted, logged" if is_logged else "Accepted, NOT LOGGED"
    again = ", accept again" if exam.acceptance is not None else ", not accepted"
    if state is OutlineState.PROPOSAL:
        return f"Proposed by the model{again}"
    if state is OutlineState.EDITED:
        drawn = exam.proposal is None or exam.proposal.offered_outline_px is None
        return f"{'Drawn' if drawn else 'Edited'} by hand{again}"
    if exam.proposal is not None and exam.proposal.outline_px is None:
        return "No head found"
    if exam.proposal is not None and exam.proposal.offered_outline_px is None:
        return "No outline: not measurable"
    return "No outline"
