"""What a picture and its outline say, as JSON objects; the keys are part of the interface."""

from typing import Any

from fhc_desktop.domain.examination.proposal import ModelIdentity
from fhc_desktop.domain.image.calibration import Calibration
from fhc_desktop.domain.image.depth_marks import DepthMarks
from fhc_desktop.domain.image.geometry import Ellipse


def calibration_object(scale: Calibration) -> dict[str, Any]:
    return {
        "mm_per_column": scale.mm_per_column,
        "mm_per_row": scale.mm_per_row,
        "source": scale.source.value,
    }


def depth_marks_object(marks: DepthMarks) -> dict[str, Any]:
    """What the picture shows of its scale; it is never the calibration that was measured with."""
    return {
        "mm_per_pixel": marks.mm_per_row,
        "ticks": len(marks.marks),
        "spacing_mm": marks.spacing_mm,
    }


def ellipse_object(outline_px: Ellipse) -> dict[str, float]:
    return {
        "center_x_px": outline_px.center_x,
        "center_y_px": outline_px.center_y,
        "semi_axis_a_px": outline_px.semi_axis_a,
        "semi_axis_b_px": outline_px.semi_axis_b,
        "angle_rad": outline_px.angle,
    }


def model_object(model: ModelIdentity) -> dict[str, str]:
    return {"name": model.name, "version": model.version, "sha256": model.sha256}
