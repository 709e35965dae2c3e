"""What the image view shows of an examination, without drawing it."""

from dataclasses import dataclass

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.outline_state import OutlineState, outline_state
from fhc_desktop.domain.image.depth_marks import DepthMarks
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.ultrasound_image import UltrasoundImage


@dataclass(frozen=True, slots=True)
class PictureContent:
    """The picture and what lies on it; ``is_blanked`` covers what stands outside the scan.

    ``depth_marks`` are there while their scale waits for the user's word. ``is_inert`` lets
    nothing be changed: another picture is on its way.
    """

    image: UltrasoundImage
    outline_px: Ellipse | None
    state: OutlineState
    depth_marks: DepthMarks | None
    is_blanked: bool = False
    is_inert: bool = False

    @classmethod
    def of(cls, exam: Examination) -> "PictureContent":
        return cls(exam.image, exam.outline_px, outline_state(exam), exam.offered_depth_marks)
