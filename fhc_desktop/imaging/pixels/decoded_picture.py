"""DecodedPicture: all that one frame of a file gives, whatever kind of file it is."""

from dataclasses import dataclass

from fhc_desktop.domain.image.calibration import FileCalibration, RegionBox
from fhc_desktop.domain.image.display import Preset
from fhc_desktop.domain.image.frame_times import FrameTimes
from fhc_desktop.domain.image.ultrasound_image import Gray, StudyInfo


@dataclass(frozen=True, slots=True)
class DecodedPicture:
    """``color`` is None where it is grey throughout; a raster tells no more than its shape.

    ``remarks`` are sentences on how the pixels came out of the file; ``windows`` are the file's
    own on the grey levels of the picture, where it has several.
    """

    gray: Gray
    color: Gray | None = None
    frame_count: int = 1
    study: StudyInfo = StudyInfo()
    calibration: FileCalibration = FileCalibration()
    pixel_aspect: float = 1.0
    scan_boxes: tuple[RegionBox, ...] = ()
    remarks: tuple[str, ...] = ()
    windows: tuple[Preset, ...] = ()
    frame_times: FrameTimes = FrameTimes()
