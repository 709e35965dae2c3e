"""The scan in a report, with what lies on it."""

import math
from dataclasses import dataclass
from typing import Self

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.outline_state import OutlineState, outline_state
from fhc_desktop.domain.image.calibration import Calibration
from fhc_desktop.domain.image.display import Display
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.scale_bar import ALIKE_SIDES
from fhc_desktop.domain.image.ultrasound_image import UltrasoundImage


@dataclass(frozen=True, slots=True)
class Picture:
    """The scan as its file has it, with its outline.

    ``other_heads_px`` are those that the model found beside the one that is measured.
    ``mm_per_column`` is None where nothing is in millimetres; where pixels are shown in another
    shape than they count with, it holds across alone. ``shown_otherwise`` says how the
    screen showed it, and is empty where it did as here.
    """

    image: UltrasoundImage
    outline_px: Ellipse | None
    state: OutlineState
    mm_per_column: float | None
    other_heads_px: tuple[Ellipse, ...] = ()
    is_across_only: bool = False
    shown_otherwise: str = ""

    @classmethod
    def of(cls, exam: Examination, display: Display) -> Self:
        """Return the picture of an examination that the screen shows by ``display``."""
        scale = exam.calibration
        return cls(
            image=exam.image,
            outline_px=exam.outline_px,
            state=outline_state(exam),
            mm_per_column=scale.mm_per_column if isinstance(scale, Calibration) else None,
            other_heads_px=_other_heads(exam),
            is_across_only=_is_across_only(exam),
            shown_otherwise=_shown_otherwise(display),
        )


def _other_heads(exam: Examination) -> tuple[Ellipse, ...]:
    if exam.proposal is None:
        return ()
    own = exam.proposal.number_of(exam.outline_px)
    heads = enumerate(exam.proposal.heads)
    return tuple(head.outline_px for number, head in heads if number != own)


def _is_across_only(exam: Examination) -> bool:
    scale = exam.calibration
    if not isinstance(scale, Calibration):
        return False
    counted = scale.mm_per_row / scale.mm_per_column
    return not math.isclose(counted, exam.image.pixel_aspect, rel_tol=ALIKE_SIDES)


def _shown_otherwise(display: Display) -> str:
    """Return what a reader of the report must know who stood at the screen, or hears from there."""
    if not display.changes_greys:
        return ""
    return f"The picture is as in the file. On the screen: {display.grey_text}."
