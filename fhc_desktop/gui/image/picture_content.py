"""What the image view shows of an examination, without drawing it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.outline_state import OutlineState, outline_state
from fhc_desktop.domain.image.calibration import Calibration
from fhc_desktop.domain.image.depth_marks import DepthMarks
from fhc_desktop.domain.image.display import Display, Preset, presets_of
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.ultrasound_image import UltrasoundImage
from fhc_desktop.domain.pregnancy.recorded import RecordedExamination


@dataclass(frozen=True, slots=True)
class HeadBeside:
    """The accepted outline of another head in the picture, and whose it is."""

    outline_px: Ellipse
    words: str

    @classmethod
    def of(cls, row: RecordedExamination) -> "HeadBeside":
        label = row.facts.fetus.label
        return cls(row.facts.outline_px, f"Fetus {label}" if label else "Accepted")


@dataclass(frozen=True, slots=True)
class PictureContent:
    """The picture and what lies on it; ``is_blanked`` covers what stands outside the scan.

    ``depth_marks`` are there while their scale waits for the user's word. ``mm_per_px`` is for a
    column and for a row, None without a scale. ``presets`` are the windows to choose from.
    ``beside`` are the other heads that she has accepted in it.
    ``is_inert`` lets nothing be changed: another picture is on its way.
    """

    image: UltrasoundImage
    outline_px: Ellipse | None
    state: OutlineState
    depth_marks: DepthMarks | None
    mm_per_px: tuple[float, float] | None = None
    display: Display = Display()
    presets: tuple[Preset, ...] = ()
    is_blanked: bool = False
    is_inert: bool = False
    beside: tuple[HeadBeside, ...] = ()

    @classmethod
    def of(
        cls,
        exam: Examination,
        display: Display = Display(),
        beside: Sequence[RecordedExamination] = (),
    ) -> "PictureContent":
        """Return what is shown of an examination; ``beside`` are rows of other heads."""
        scale, mm_per_px = exam.calibration, None
        if isinstance(scale, Calibration):
            mm_per_px = scale.mm_per_column, scale.mm_per_row
        return cls(
            exam.image,
            exam.outline_px,
            outline_state(exam),
            exam.offered_depth_marks,
            mm_per_px=mm_per_px,
            display=display,
            presets=presets_of(exam.image.windows),
            beside=tuple(HeadBeside.of(row) for row in beside),
        )

    @property
    def deidentified(self) -> "PictureContent":
        """The same without names: none that is burnt in, and none that the file gives a window."""
        return replace(
            self,
            is_blanked=True,
            presets=tuple(preset.nameless for preset in self.presets),
            beside=tuple(replace(head, words="") for head in self.beside),
        )
