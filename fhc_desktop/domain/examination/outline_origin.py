"""Whose an outline is: the model's own, an edited one, or one drawn by hand."""

from enum import StrEnum

from fhc_desktop.domain.image.geometry import Ellipse


class OutlineOrigin(StrEnum):
    """How an outline came to be, in the words of every table that names it."""

    PROPOSED = "As proposed"
    EDITED = "Edited"
    DRAWN = "Drawn by hand"

    @property
    def is_models_own(self) -> bool:
        return self is OutlineOrigin.PROPOSED


def outline_origin(outline_px: Ellipse, offered_px: Ellipse | None) -> OutlineOrigin:
    """Return whose an outline is; ``offered_px`` is what the model offered, None where nothing."""
    if offered_px is None:
        return OutlineOrigin.DRAWN
    return OutlineOrigin.PROPOSED if outline_px == offered_px else OutlineOrigin.EDITED
