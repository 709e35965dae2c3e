"""The form in which one process hands a decoded picture to another.

The form is JSON and bare pixels, never pickle: whoever decodes hostile data may have been taken
over by them, and must not be able to make the program run anything.
"""

from dataclasses import asdict
from datetime import date
from typing import Any

import numpy as np

from fhc_desktop.domain.image.calibration import (
    Calibration,
    CalibrationCandidate,
    CalibrationSource,
    FileCalibration,
    RegionBox,
    Uncalibrated,
)
from fhc_desktop.domain.image.display import GreyWindow, Preset
from fhc_desktop.domain.image.file_day import FileDay
from fhc_desktop.domain.image.frame_times import FrameTimes
from fhc_desktop.domain.image.ultrasound_image import Gray, StudyInfo
from fhc_desktop.imaging.pixels.decoded_picture import DecodedPicture
from fhc_desktop.imaging.sandbox.bare_picture import BarePicture
from fhc_desktop.imaging.unreadable import LARGEST_FRAME_COUNT

_MOST_CANDIDATES = 1000
_LONGEST_TEXT = 1000
_MOST_SENTENCES = 20
_DATES = tuple(told.field for told in FileDay)


def to_message(picture: DecodedPicture) -> dict[str, Any]:
    """Return everything but the pixels."""
    rows, columns = picture.gray.shape
    return {
        "rows": rows,
        "columns": columns,
        "has_color": picture.color is not None,
        "frame_count": picture.frame_count,
        "study": study_to_message(picture.study),
        "calibration": asdict(picture.calibration),
        "pixel_aspect": picture.pixel_aspect,
        "scan_boxes": [asdict(box) for box in picture.scan_boxes],
        "remarks": list(picture.remarks),
        "windows": [asdict(preset) for preset in picture.windows],
        "frame_times": asdict(picture.frame_times),
    }


def study_to_message(study: StudyInfo) -> dict[str, Any]:
    """Return what a file says of patient and study."""
    fields = asdict(study)
    for name in _DATES:
        fields[name] = fields[name] and fields[name].isoformat()
    return fields


def from_message(message: dict[str, Any], bare: BarePicture) -> DecodedPicture:
    """Return the picture; its pixels are those of the bare one, and not a copy.

    Raises:
        ArithmeticError, AttributeError, LookupError, TypeError, ValueError: it is no such message.
    """
    frame_count = _whole(message["frame_count"])
    pixel_aspect = float(message["pixel_aspect"])
    if not 1 <= frame_count <= LARGEST_FRAME_COUNT or not 0 < pixel_aspect < np.inf:
        raise ValueError(message)
    shape = bare.rows, bare.columns
    return DecodedPicture(
        gray=_array(bare.gray, shape),
        color=None if bare.color is None else _array(bare.color, (*shape, 3)),
        frame_count=frame_count,
        study=study_from_message(message["study"]),
        calibration=_file_calibration(message["calibration"]),
        pixel_aspect=pixel_aspect,
        scan_boxes=_boxes(message["scan_boxes"]),
        remarks=_sentences(message["remarks"]),
        windows=_windows(message["windows"]),
        frame_times=_frame_times(message["frame_times"], frame_count),
    )


def study_from_message(written: dict[str, Any]) -> StudyInfo:
    """Return what the file says.

    Raises:
        AttributeError, LookupError, TypeError, ValueError: it is no such message.
    """
    objections = _sentences(written.pop("objections"))
    days = {name: _day(written.pop(name)) for name in _DATES}
    texts = {name: None if text is None else _text(text) for name, text in written.items()}
    fields: dict[str, Any] = {**texts, **days}
    return StudyInfo(objections=objections, **fields)


def _array(plane: bytearray, shape: tuple[int, ...]) -> Gray:
    return np.frombuffer(plane, np.uint8).reshape(shape)


def _sentences(written: list[str]) -> tuple[str, ...]:
    if len(written) > _MOST_SENTENCES:
        raise ValueError(len(written))
    return tuple(_text(sentence) for sentence in written)


def _day(written: str | None) -> date | None:
    return None if written is None else date.fromisoformat(written)


def _file_calibration(written: dict[str, Any]) -> FileCalibration:
    objection = written["objection"]
    return FileCalibration(
        _candidates(written["candidates"]),
        None
        if objection is None
        else Uncalibrated(_text(objection["reason"]), _text(objection["remedy"])),
        _candidates(written["alternatives"]),
    )


def _candidates(written: list[dict[str, Any]]) -> tuple[CalibrationCandidate, ...]:
    if len(written) > _MOST_CANDIDATES:
        raise ValueError(len(written))
    return tuple(_candidate(candidate) for candidate in written)


def _candidate(written: dict[str, Any]) -> CalibrationCandidate:
    scale, box = written["calibration"], written["box"]
    calibration = Calibration(
        float(scale["mm_per_column"]),
        float(scale["mm_per_row"]),
        CalibrationSource(scale["source"]),
        _text(scale["detail"]),
    )
    return CalibrationCandidate(calibration, None if box is None else _box(box))


def _frame_times(written: dict[str, Any], frame_count: int) -> FrameTimes:
    intervals_ms = tuple(float(one) for one in written["intervals_ms"])
    if len(intervals_ms) not in {0, 1, frame_count}:
        raise ValueError(len(intervals_ms))
    return FrameTimes(intervals_ms, _text(written["source"]))


def _boxes(written: list[dict[str, Any]]) -> tuple[RegionBox, ...]:
    if len(written) > _MOST_CANDIDATES:
        raise ValueError(len(written))
    return tuple(_box(box) for box in written)


def _box(written: dict[str, Any]) -> RegionBox:
    return RegionBox(**{side: _whole(px) for side, px in written.items()})


def _windows(written: list[dict[str, Any]]) -> tuple[Preset, ...]:
    if len(written) > _MOST_CANDIDATES:
        raise ValueError(len(written))
    return tuple(_preset(preset) for preset in written)


def _preset(written: dict[str, Any]) -> Preset:
    level, width = (float(written["window"][part]) for part in ("level", "width"))
    return Preset(_text(written["name"]), GreyWindow(level, width), _whole(written["number"]))


def _whole(number: object) -> int:
    if not isinstance(number, int):
        raise TypeError(number)
    return number


def _text(text: object) -> str:
    if not isinstance(text, str) or len(text) > _LONGEST_TEXT:
        raise TypeError(type(text))
    return text
