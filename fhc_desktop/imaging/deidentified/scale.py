"""The scale of a copy is that of its source, or it has none: never another one."""

from pathlib import Path
from typing import Any

from fhc_desktop.domain.image.calibration import FileCalibration
from fhc_desktop.imaging.dicom.calibration import read_calibration, read_pixel_aspect
from fhc_desktop.imaging.dicom.element import optional
from fhc_desktop.imaging.unreadable import UnreadableImage, shown_name

_OF_REGION = ("PhysicalDeltaX", "PhysicalDeltaY")
_OF_PICTURE = ("PixelSpacing", "ImagerPixelSpacing", "NominalScannedPixelSpacing")
_OF_FRAMES = ("SharedFunctionalGroupsSequence", "PerFrameFunctionalGroupsSequence")


def keeps_scale(header: Any, dataset: Any, frame_count: int, path: Path) -> bool:
    """Say whether a copy's header offers the scales of its source; take all from it if it does not.

    A number that may not stay, as it is the patient's or no possible one, may have decided which
    of a file's scales holds.

    Raises:
        UnreadableImage: the shape of the pixels would be lost, and with it every height.
    """
    header.Rows, header.Columns = dataset.Rows, dataset.Columns
    frames = range(1, frame_count + 1) if _OF_FRAMES[1] in dataset else (1,)
    is_same = all(_offered(header, frame) == _offered(dataset, frame) for frame in frames)
    if not is_same:
        for region in header.get("SequenceOfUltrasoundRegions") or ():
            _remove(region, _OF_REGION)
        _remove(header, (*_OF_PICTURE, *_OF_FRAMES))
    if _pixel_aspect(header) != _pixel_aspect(dataset):
        raise UnreadableImage(
            f"{shown_name(path)} gives its pixels a shape in numbers that no copy may keep.",
            "Export the image again from the scanner.",
        )
    return is_same


def _offered(dataset: Any, frame: int) -> tuple[object, ...] | None:
    """Return what may be measured by; the words of an objection name elements that a copy lacks."""
    read = _calibration(dataset, frame)
    return None if read is None else (read.candidates, read.alternatives, read.objection is None)


def _pixel_aspect(dataset: Any) -> float | None:
    read = _calibration(dataset, 1)
    if read is not None and read.has_scale:
        return read.pixel_aspect
    return read_pixel_aspect(dataset)


def _calibration(dataset: Any, frame: int) -> FileCalibration | None:
    return optional(lambda: read_calibration(dataset, frame=frame))


def _remove(dataset: Any, keywords: tuple[str, ...]) -> None:
    for keyword in keywords:
        if keyword in dataset:
            del dataset[keyword]
