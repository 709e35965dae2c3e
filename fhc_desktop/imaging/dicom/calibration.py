"""What a DICOM file says about the size of its pixels: its ultrasound regions first."""

import math
from contextlib import suppress
from typing import Any

from fhc_desktop.domain.image.calibration import (
    SPACINGS_AGREE_WITHIN,
    Calibration,
    CalibrationCandidate,
    CalibrationSource,
    FileCalibration,
    PictureSize,
    RegionBox,
    Uncalibrated,
    is_plausible_pixel_side,
)
from fhc_desktop.imaging.dicom.scale_doubt import declared_box, doubt_of_scale

# PS3.3 C.8.5.5: a region of two dimensions, of tissue or colour flow, both directions in cm.
_SPATIAL_2D = 1
_TISSUE_OR_FLOW = (1, 2)
_CENTIMETRES = 3
_MM_PER_CM = 10.0
_BELIEVABLE_DEPTH_MM = (20.0, 400.0)
_LARGEST_ASPECT_EXCESS = 0.5
_LARGEST_ASPECT = 4.0
# What converters write where they know of no spacing (Slicer#6302, #7929).
_UNKNOWN_SPACINGS = ((1.0, 1.0), (0.0, 0.0))
_SAY_WHETHER = (
    "Measure a known distance with the ruler, or say that a scale of the file holds here."
)
_ENHANCED_ULTRASOUND = "1.2.840.10008.5.1.4.1.1.6.2"
_ULTRASOUND_CLASSES = (
    "1.2.840.10008.5.1.4.1.1.6",
    "1.2.840.10008.5.1.4.1.1.6.1",
    "1.2.840.10008.5.1.4.1.1.3",
    "1.2.840.10008.5.1.4.1.1.3.1",
    _ENHANCED_ULTRASOUND,
)
_SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7"

Spacing = tuple[float, float]  # mm per row, mm per column: the order of PixelSpacing


def read_calibration(dataset: Any, *, frame: int = 1) -> FileCalibration:
    """Return the scales of the regions, else of PixelSpacing, and any reason to trust none.

    PixelSpacing counts only in an ultrasound object that has no usable region, and then as
    unverified: nothing says what it was measured on. A secondary capture has no scale of its own:
    what it says is the screen's, or was copied from a picture of another size. Where anything
    makes the scales doubtful, they are alternatives that a user may take, for the whole picture:
    the boxes of their regions belong to another one.
    """
    sop_class = str(dataset.get("SOPClassUID", ""))
    regions = list(dataset.get("SequenceOfUltrasoundRegions") or ())
    spacing = _spacing(dataset, sop_class, frame)
    if _is_secondary_capture(sop_class) and (regions or spacing is not None):
        return FileCalibration(
            objection=Uncalibrated(
                "The file is a secondary capture: its scale is not that of the patient."
            )
        )
    size = (int(dataset.Rows), int(dataset.Columns))
    doubted = _doubted(dataset, regions, spacing, size)
    return _believed(regions, spacing, sop_class, size) if doubted is None else doubted


def read_scan_boxes(dataset: Any) -> tuple[RegionBox, ...]:
    """Return where the picture shows tissue or flow in two dimensions, of whatever scale."""
    found: list[RegionBox] = []
    # pydicom may raise anything over a damaged element: what cannot be read is no box.
    with suppress(Exception):
        size = (int(dataset.Rows), int(dataset.Columns))
        for region in dataset.get("SequenceOfUltrasoundRegions") or ():
            box = _box(region, size)
            if box is not None and _is_scan(region):
                found.append(box)
    return tuple(found)


def read_pixel_aspect(dataset: Any) -> float:
    """Return height divided by width of a pixel by PixelAspectRatio; 1 where it is silent."""
    try:
        vertical, horizontal = (float(side) for side in dataset.PixelAspectRatio)
        aspect = vertical / horizontal
    except (AttributeError, TypeError, ValueError, ZeroDivisionError):
        return 1.0
    return aspect if 1 / _LARGEST_ASPECT <= aspect <= _LARGEST_ASPECT else 1.0


def _is_scan(region: Any) -> bool:
    return (
        region.get("RegionSpatialFormat") == _SPATIAL_2D
        and region.get("RegionDataType") in _TISSUE_OR_FLOW
    )


def _is_scale(region: Any, size: PictureSize) -> bool:
    return _has_scale(region) and _box(region, size) is not None


def _has_scale(region: Any) -> bool:
    x_cm, y_cm = _deltas_cm(region)
    return (
        _is_scan(region)
        and region.get("PhysicalUnitsXDirection") == _CENTIMETRES
        and region.get("PhysicalUnitsYDirection") == _CENTIMETRES
        and math.isfinite(x_cm)
        and math.isfinite(y_cm)
        and x_cm != 0
        and y_cm != 0
    )


def _is_believable(region: Any, size: PictureSize) -> bool:
    box = _box(region, size)
    mm_per_column, mm_per_row = _sides_mm(region)
    return box is not None and _believable_sides(
        mm_per_column, mm_per_row, rows=box.bottom - box.top + 1
    )


def _believable_sides(mm_per_column: float, mm_per_row: float, *, rows: int) -> bool:
    shallowest, deepest = _BELIEVABLE_DEPTH_MM
    return (
        is_plausible_pixel_side(mm_per_column)
        and is_plausible_pixel_side(mm_per_row)
        and abs(mm_per_column / mm_per_row - 1) <= _LARGEST_ASPECT_EXCESS
        and shallowest <= rows * mm_per_row <= deepest
    )


def _candidate(region: Any, number: int, size: PictureSize) -> CalibrationCandidate:
    return CalibrationCandidate(_calibration(region, number), _box(region, size))


def _calibration(region: Any, number: int) -> Calibration:
    mm_per_column, mm_per_row = _sides_mm(region)
    return Calibration(
        mm_per_column, mm_per_row, CalibrationSource.ULTRASOUND_REGION, f"region {number}"
    )


def _box(region: Any, size: PictureSize) -> RegionBox | None:
    """Return the region's box cut to the picture: scanners differ on whether its end is in it."""
    declared = declared_box(region)
    if declared is None:
        return None
    left, top, right, bottom = declared
    rows, columns = size
    left, top = max(left, 0), max(top, 0)
    right, bottom = min(right, columns - 1), min(bottom, rows - 1)
    return RegionBox(left, top, right, bottom) if left < right and top < bottom else None


def _deltas_cm(region: Any) -> tuple[float, float]:
    x_cm, y_cm = region.get("PhysicalDeltaX"), region.get("PhysicalDeltaY")
    return (math.nan if x_cm is None else float(x_cm), math.nan if y_cm is None else float(y_cm))


def _sides_mm(region: Any) -> tuple[float, float]:
    """Return mm per column and per row; a delta's sign is a direction, not a length."""
    x_cm, y_cm = _deltas_cm(region)
    return abs(x_cm) * _MM_PER_CM, abs(y_cm) * _MM_PER_CM


def _is_secondary_capture(sop_class: str) -> bool:
    return sop_class == _SECONDARY_CAPTURE or sop_class.startswith(_SECONDARY_CAPTURE + ".")


def _spacing(dataset: Any, sop_class: str, frame: int) -> Spacing | None:
    """Return the spacing of a frame; an enhanced object keeps one for each."""
    holder = _pixel_measures(dataset, frame) if sop_class == _ENHANCED_ULTRASOUND else dataset
    written = None if holder is None else holder.get("PixelSpacing")
    if written is None:
        return None
    try:
        row_mm, column_mm = (float(side) for side in written)
    except (TypeError, ValueError):
        return (math.nan, math.nan)
    return row_mm, column_mm


def _pixel_measures(dataset: Any, frame: int) -> Any:
    own = list(dataset.get("PerFrameFunctionalGroupsSequence") or ())[frame - 1 : frame]
    for group in [*own, *(dataset.get("SharedFunctionalGroupsSequence") or ())]:
        for measures in group.get("PixelMeasuresSequence") or ():
            return measures
    return None


def _believed(
    regions: list[Any], spacing: Spacing | None, sop_class: str, size: PictureSize
) -> FileCalibration:
    """Return the scales that nothing in the file casts a doubt on as a whole."""
    scales = [(i, region) for i, region in enumerate(regions, 1) if _is_scale(region, size)]
    candidates = tuple(
        _candidate(region, i, size) for i, region in scales if _is_believable(region, size)
    )
    if candidates:
        return _checked_against(spacing, candidates)
    if scales:
        return FileCalibration(objection=_unbelievable(*scales[0]))
    if spacing is not None:
        return _from_spacing(spacing, sop_class, size[0])
    if regions:
        return FileCalibration(
            objection=Uncalibrated("No ultrasound region of the file has a scale in centimetres.")
        )
    return FileCalibration()


def _doubted(
    dataset: Any, regions: list[Any], spacing: Spacing | None, size: PictureSize
) -> FileCalibration | None:
    """Return what a file offers where its scales are doubtful; None where nothing is doubted."""
    offered = tuple(
        CalibrationCandidate(_calibration(region, number))
        for number, region in enumerate(regions, 1)
        if _has_scale(region) and _is_believable_as_declared(region)
    )
    if not offered and str(dataset.get("SOPClassUID", "")) not in _ULTRASOUND_CLASSES:
        return None
    is_unknown = spacing in _UNKNOWN_SPACINGS
    reason = doubt_of_scale(dataset, size)
    if reason is None and spacing is not None and is_unknown:
        reason = (
            f"The file’s PixelSpacing is {spacing[0]:g} × {spacing[1]:g} mm, "
            "which converters write for “unknown”."
        )
    if spacing is not None:
        offered = (*offered, *_alternative(spacing))
    if reason is None or not (offered or is_unknown):
        return None
    objection = Uncalibrated(reason, _SAY_WHETHER) if offered else Uncalibrated(reason)
    return FileCalibration(objection=objection, alternatives=_without_repeats(offered))


def _is_believable_as_declared(region: Any) -> bool:
    declared = declared_box(region)
    if declared is None:
        return False
    mm_per_column, mm_per_row = _sides_mm(region)
    return _believable_sides(mm_per_column, mm_per_row, rows=declared[3] - declared[1] + 1)


def _without_repeats(
    offered: tuple[CalibrationCandidate, ...],
) -> tuple[CalibrationCandidate, ...]:
    """Return the first of each scale: there is nothing else to choose them by."""
    found: dict[tuple[CalibrationSource, str], CalibrationCandidate] = {}
    for candidate in offered:
        scale = candidate.calibration
        found.setdefault((scale.source, scale.scale_text), candidate)
    return tuple(found.values())


def _checked_against(
    spacing: Spacing | None, candidates: tuple[CalibrationCandidate, ...]
) -> FileCalibration:
    """Keep the regions that PixelSpacing does not contradict; where it contradicts all, object.

    One of the two is wrong. Of several regions it can agree with those of one scale only, and an
    outline in another is then left without.
    """
    if spacing is None:
        return FileCalibration(candidates)
    agreeing = tuple(c for c in candidates if _agrees(c.calibration, spacing))
    if agreeing:
        return FileCalibration(agreeing)
    return FileCalibration(
        candidates,
        Uncalibrated(
            "The file contradicts itself: its ultrasound region says "
            f"{candidates[0].calibration.scale_text}, "
            f"its PixelSpacing {spacing[1]:.4f} × {spacing[0]:.4f} mm/px.",
            "Say which of them is right, or measure a known distance with the ruler.",
        ),
        alternatives=(*candidates, *_alternative(spacing)),
    )


def _alternative(spacing: Spacing) -> tuple[CalibrationCandidate, ...]:
    mm_per_row, mm_per_column = spacing
    is_plausible = is_plausible_pixel_side(mm_per_column) and is_plausible_pixel_side(mm_per_row)
    if spacing in _UNKNOWN_SPACINGS or not is_plausible:
        return ()
    calibration = Calibration(mm_per_column, mm_per_row, CalibrationSource.PIXEL_SPACING)
    return (CalibrationCandidate(calibration),)


def _agrees(calibration: Calibration, spacing: Spacing) -> bool:
    return math.isclose(
        calibration.mm_per_row, spacing[0], rel_tol=SPACINGS_AGREE_WITHIN
    ) and math.isclose(calibration.mm_per_column, spacing[1], rel_tol=SPACINGS_AGREE_WITHIN)


def _unbelievable(number: int, region: Any) -> Uncalibrated:
    mm_per_column, mm_per_row = _sides_mm(region)
    return Uncalibrated(
        f"The scale of ultrasound region {number} is not believable: "
        f"{mm_per_column:.4g} × {mm_per_row:.4g} mm per pixel."
    )


def _from_spacing(spacing: Spacing, sop_class: str, rows: int) -> FileCalibration:
    mm_per_row, mm_per_column = spacing
    if sop_class not in _ULTRASOUND_CLASSES:
        return FileCalibration(
            objection=Uncalibrated("The file is not an ultrasound image: its scale is not used.")
        )
    if not _believable_sides(mm_per_column, mm_per_row, rows=rows):
        return FileCalibration(
            objection=Uncalibrated(
                "The file's PixelSpacing is not believable: "
                f"{mm_per_column:.4g} × {mm_per_row:.4g} mm per pixel."
            )
        )
    calibration = Calibration(mm_per_column, mm_per_row, CalibrationSource.PIXEL_SPACING)
    return FileCalibration((CalibrationCandidate(calibration),))
