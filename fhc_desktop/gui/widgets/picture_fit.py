"""How large a picture is in a view that shows all of it, wherever it is shown."""

from PySide6.QtCore import QRect, QRectF, Qt

LARGEST_ZOOM = 32.0
SMALLEST_ZOOM = 0.05
# From here on each pixel is shown as the square it is.
NEAREST_FROM_ZOOM = 3.0
_MARGIN_PX = 12


def held_zoom(zoom: float) -> float:
    """Return the nearest zoom that a picture may have."""
    return min(max(zoom, SMALLEST_ZOOM), LARGEST_ZOOM)


def fitting_zoom(picture: QRectF, view: QRect) -> float | None:
    """Return the zoom at which a picture just fits a view; None where either has no room."""
    room = view.adjusted(_MARGIN_PX, _MARGIN_PX, -_MARGIN_PX, -_MARGIN_PX)
    if picture.isEmpty() or room.isEmpty():
        return None
    return held_zoom(min(room.width() / picture.width(), room.height() / picture.height()))


def scene_round(picture: QRectF) -> QRectF:
    """Return the scene of a picture that can be moved to any side of a view."""
    margin = max(picture.width(), picture.height())
    return picture.adjusted(-margin, -margin, margin, margin)


def is_smooth_at(dots_per_pixel: float) -> bool:
    """Return whether pixels run into each other where a column has so many of the screen's own."""
    return dots_per_pixel < NEAREST_FROM_ZOOM


def transformation(*, is_smooth: bool) -> Qt.TransformationMode:
    mode = Qt.TransformationMode
    return mode.SmoothTransformation if is_smooth else mode.FastTransformation
