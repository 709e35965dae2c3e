"""A DICOM file becomes a picture, its study and its scales (pydicom)."""

import logging
from pathlib import Path
from typing import Any, BinaryIO

from fhc_desktop.domain.image.calibration import FileCalibration, Uncalibrated
from fhc_desktop.imaging.dicom.calibration import (
    read_calibration,
    read_pixel_aspect,
    read_scan_boxes,
)
from fhc_desktop.imaging.dicom.element import optional
from fhc_desktop.imaging.dicom.file import find_pixels, read_header
from fhc_desktop.imaging.dicom.frame_times import read_frame_times
from fhc_desktop.imaging.dicom.pixels import read_frame, read_pixel_header
from fhc_desktop.imaging.dicom.study import read_study
from fhc_desktop.imaging.pixels.decoded_picture import DecodedPicture
from fhc_desktop.imaging.pixels.display_settings import display_remarks
from fhc_desktop.imaging.pixels.grayscale import to_gray8, to_rgb8
from fhc_desktop.imaging.unreadable import check_frame, foreign_decoder

# pydicom's log quotes values from the file, patient data among them; faults reach us as exceptions.
logging.getLogger("pydicom").setLevel(logging.CRITICAL + 1)


def read_dicom(handle: BinaryIO, path: Path, *, frame: int) -> DecodedPicture:
    """Return a frame, counted from 1, with what the file says; no other frame is decoded."""
    with foreign_decoder(path, "DICOM"):
        header = read_header(handle, path)
        announced = read_pixel_header(header.dataset, path)
        opened = find_pixels(header, path)
        check_frame(path, frame, announced.frame_count)
        shown = read_frame(opened, announced, path, frame=frame)
    dataset = opened.dataset
    calibration = _calibration(dataset, frame)
    return DecodedPicture(
        gray=to_gray8(shown.pixels),
        color=to_rgb8(shown.pixels),
        frame_count=announced.frame_count,
        study=read_study(dataset, frame=frame),
        calibration=calibration,
        pixel_aspect=(
            calibration.pixel_aspect if calibration.has_scale else read_pixel_aspect(dataset)
        ),
        scan_boxes=read_scan_boxes(dataset),
        frame_times=read_frame_times(dataset, frame_count=announced.frame_count),
        remarks=display_remarks(shown.faults, is_stored_shown=shown.is_stored_shown),
        windows=shown.windows,
    )


def _calibration(dataset: Any, frame: int) -> FileCalibration:
    found = optional(lambda: read_calibration(dataset, frame=frame))
    if found is not None:
        return found
    return FileCalibration(
        objection=Uncalibrated("What the file says about the size of its pixels is damaged.")
    )
