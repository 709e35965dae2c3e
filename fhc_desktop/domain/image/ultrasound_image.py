"""One ultrasound picture and what its file says about the study."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fhc_desktop.domain.image.calibration import RegionBox
from fhc_desktop.domain.image.display import Preset
from fhc_desktop.domain.image.frame_times import FrameTimes

Gray = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class ImageSource:
    """Where a picture came from; ``sha256`` is that of the whole file, ``frame`` counts from 1."""

    path: Path
    sha256: str
    frame: int = 1
    frame_count: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class UltrasoundImage:
    """The picture under examination; its pixels can be read, never written.

    ``gray`` has shape (rows, columns) and is what the network sees; ``color`` has shape
    (rows, columns, 3), RGB, and is None where the file is grey. ``pixel_aspect`` is the height
    of a pixel divided by its width: 1 where the file does not say otherwise. ``scan_boxes`` are
    the parts that show tissue by the file's word; text stands outside them. ``remarks`` are
    sentences on how the pixels came out of the file. ``windows`` are the file's own on the grey
    levels of this picture, where it has several; ``frame_times`` are those of all its frames.
    """

    gray: Gray
    source: ImageSource
    color: Gray | None = None
    pixel_aspect: float = 1.0
    scan_boxes: tuple[RegionBox, ...] = ()
    remarks: tuple[str, ...] = ()
    windows: tuple[Preset, ...] = ()
    frame_times: FrameTimes = FrameTimes()

    def __post_init__(self) -> None:
        if self.gray.ndim != 2 or self.gray.dtype != np.uint8:  # noqa: PLR2004
            raise ValueError(f"not an 8-bit grey picture: {self.gray.shape} {self.gray.dtype}")
        if self.color is not None and self.color.shape != (*self.gray.shape, 3):
            raise ValueError(f"colours do not fit the grey picture: {self.color.shape}")
        if self.pixel_aspect <= 0:
            raise ValueError(f"a pixel has two positive sides: {self.pixel_aspect}")
        for pixels in (self.gray, self.color):
            if pixels is not None:
                pixels.setflags(write=False)

    @property
    def pixels_sha256(self) -> str:
        """The digest of shape and grey values: the same in every file that shows this picture."""
        digest = hashlib.sha256(f"{self.rows} {self.columns} ".encode())
        digest.update(self.gray.tobytes())
        return digest.hexdigest()

    @property
    def rows(self) -> int:
        return int(self.gray.shape[0])

    @property
    def columns(self) -> int:
        return int(self.gray.shape[1])


@dataclass(frozen=True, slots=True)
class StudyInfo:
    """What the file itself says about patient and study; None where it is silent.

    ``issuer`` is who gave out the identifier. The acquisition's date is that of the frame where it
    has its own. ``scan_geometry`` is what it tells of depth and zoom, in the file's own words.
    ``coded_name`` is the patient's name with the signs between its parts (PS3.5 6.2.1),
    ``study_time`` is in the file's own digits. The UIDs name study, series, object and its kind,
    ``photometric`` what its pixels are: MONOCHROME2, RGB, PALETTE COLOR.
    ``objections`` has a sentence for each value that the file gives and that is no use, and for
    what of it is shown otherwise than it says, or not at all.
    """

    patient_id: str | None = None
    issuer: str | None = None
    patient_name: str | None = None
    coded_name: str | None = None
    birth_date: date | None = None
    last_menstrual_date: date | None = None
    study_date: date | None = None
    series_date: date | None = None
    content_date: date | None = None
    acquisition_date: date | None = None
    accession_number: str | None = None
    institution: str | None = None
    manufacturer: str | None = None
    device: str | None = None
    study_uid: str | None = None
    study_time: str | None = None
    study_id: str | None = None
    series_uid: str | None = None
    instance_uid: str | None = None
    sop_class_uid: str | None = None
    photometric: str | None = None
    scan_geometry: str | None = None
    objections: tuple[str, ...] = ()
