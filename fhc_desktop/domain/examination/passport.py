"""The calibration passport: what a scale is, where it was read, and by whose word it holds."""

from dataclasses import dataclass

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.image.calibration import Calibration, Uncalibrated


@dataclass(frozen=True, slots=True)
class Passport:
    """A scale's provenance in words.

    ``scale`` gives both sides of a pixel, ``short_scale`` one where they are equal;
    ``read_from`` the file's element and the frame; ``confirmed_by`` whoever vouches for it.
    """

    scale: str
    short_scale: str
    source: str
    read_from: str
    confirmed_by: str

    @property
    def line(self) -> str:
        return f"{self.scale}, {self.source}; {self.read_from}; confirmed by {self.confirmed_by}"


def passport(exam: Examination) -> Passport | Uncalibrated:
    """Return the provenance of the scale in force, or why there is none."""
    scale = exam.calibration
    if isinstance(scale, Uncalibrated):
        return scale
    source = exam.image.source
    frame = f"frame {source.frame} of {source.frame_count}"
    return Passport(
        scale=f"{scale.mm_per_column:.4f} × {scale.mm_per_row:.4f} mm per column × row",
        short_scale=scale.scale_text,
        source=scale.source_text,
        read_from=f"{scale.tag}, {frame}" if scale.tag else frame,
        confirmed_by=_confirmed_by(scale),
    )


def _confirmed_by(scale: Calibration) -> str:
    nobody = "nobody yet" if scale.source.is_users else "nobody: read from the file"
    return scale.confirmed_by or nobody
