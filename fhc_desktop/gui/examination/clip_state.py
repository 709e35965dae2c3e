"""ClipState: what is known of a clip's frames and what is done with them, as one value."""

from dataclasses import dataclass

from fhc_desktop.domain.examination.frame_reading import FrameReading
from fhc_desktop.domain.image.ultrasound_image import UltrasoundImage


@dataclass(frozen=True, slots=True)
class ClipState:
    """``readings`` are of the file on the screen, in the order of its frames.

    ``measured`` is how many frames have been measured of those that are to be, None while nobody
    measures. ``playing`` is the picture that is shown while the clip plays, None while it stands.
    """

    readings: tuple[FrameReading, ...] = ()
    measured: tuple[int, int] | None = None
    playing: UltrasoundImage | None = None
    loops: bool = True
