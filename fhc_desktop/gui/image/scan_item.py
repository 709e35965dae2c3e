"""ScanItem: the scan itself, through the table that says how its grey levels are shown."""

from dataclasses import replace

import cv2
import numpy as np
from PySide6.QtGui import QPixmap, QTransform
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPixmapItem

from fhc_desktop.domain.image.display import Display
from fhc_desktop.domain.image.ultrasound_image import Gray, UltrasoundImage
from fhc_desktop.gui.widgets.picture_fit import is_smooth_at, transformation
from fhc_desktop.gui.widgets.pixmap import pixmap_of


class ScanItem(QGraphicsPixmapItem):
    """Shows a picture by a display; the picture's own pixels stay as they are."""

    def __init__(self) -> None:
        super().__init__()
        self._pixels: Gray | None = None
        self._display = Display()
        self._dots_per_pixel = 1.0
        # The scan is scaled once a zoom, not at each move of the outline over it.
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    @property
    def display(self) -> Display:
        return self._display

    @property
    def is_smooth(self) -> bool:
        """Whether pixels run into each other: by the display's word, else by the zoom."""
        return is_smooth(self._display, self._dots_per_pixel)

    def show_image(self, image: UltrasoundImage | None, display: Display) -> None:
        """Show another picture; the origin is the centre of its top left pixel."""
        self._display = display
        if image is None:
            self._pixels = None
            self.setPixmap(QPixmap())
            return
        self._pixels = image.gray if image.color is None else image.color
        self._paint_pixels()
        self.setOffset(-0.5, -0.5)
        self.setTransform(QTransform.fromScale(1.0, image.pixel_aspect))
        self._sample()

    def show_display(self, display: Display) -> None:
        """Show the same picture otherwise."""
        before, self._display = self._display, display
        if replace(display, is_smooth=before.is_smooth) != before:
            self._paint_pixels()
        self._sample()

    def set_zoom(self, dots_per_pixel: float) -> None:
        """Tell how many of the screen's own pixels a column of the picture has."""
        self._dots_per_pixel = dots_per_pixel
        self._sample()

    def _paint_pixels(self) -> None:
        if self._pixels is not None:
            self.setPixmap(pixmap_of(shown_pixels(self._pixels, self._display)))

    def _sample(self) -> None:
        wanted = transformation(is_smooth=self.is_smooth)
        if wanted is not self.transformationMode():
            self.setTransformationMode(wanted)


def shown_pixels(pixels: Gray, display: Display) -> Gray:
    """Return what a display makes of pixels, (rows, columns) or (rows, columns, 3) in RGB."""
    if not display.changes_greys:
        return pixels
    return np.asarray(cv2.LUT(pixels, display.table()), dtype=np.uint8)


def is_smooth(display: Display, dots_per_pixel: float) -> bool:
    by_zoom = is_smooth_at(dots_per_pixel)
    return by_zoom if display.is_smooth is None else display.is_smooth
