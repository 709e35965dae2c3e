"""How far the outline has come, and the words for it: in window, log and report alike."""

from enum import Enum

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.outline_origin import OutlineOrigin


class OutlineState(Enum):
    """Whose word the outline has; the words stand on the page beside the colour."""

    NONE = "none"
    PROPOSED = "proposal, not accepted"
    EDITED = "edited, not accepted"
    ACCEPTED = "accepted"
    NOT_LOGGED = "accepted, not logged"


def outline_state(exam: Examination) -> OutlineState:
    if exam.outline_px is None:
        return OutlineState.NONE
    if exam.is_accepted and exam.acceptance is not None:
        return OutlineState.ACCEPTED if exam.acceptance.is_logged else OutlineState.NOT_LOGGED
    return OutlineState.EDITED if exam.is_edited else OutlineState.PROPOSED


def state_words(exam: Examination) -> str:
    """Return the state in words, with what the log knows of it."""
    again = ", accept again" if exam.acceptance is not None else ", not accepted"
    match outline_state(exam):
        case OutlineState.ACCEPTED:
            return "Accepted, logged"
        case OutlineState.NOT_LOGGED:
            waits = exam.acceptance is not None and exam.acceptance.waits
            return "Accepted, waits to be logged" if waits else "Accepted, NOT LOGGED"
        case OutlineState.PROPOSED:
            return f"Proposed by the model{again}"
        case OutlineState.EDITED:
            is_drawn = exam.origin is OutlineOrigin.DRAWN
            return f"{'Drawn' if is_drawn else 'Edited'} by hand{again}"
        case OutlineState.NONE:
            return _why_none(exam)


def _why_none(exam: Examination) -> str:
    said = exam.said
    if said is not None and said.heads:
        return f"{said.heads_words}: choose one"
    if said is not None and said.outline_px is None:
        return "No head found"
    if said is not None and said.offered_outline_px is None:
        return "No outline: not measurable"
    return "No outline"
