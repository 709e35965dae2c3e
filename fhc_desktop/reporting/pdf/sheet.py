"""A sheet of A4 measured from its top left corner in points, and a pen that keeps to it."""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.reporting.pdf.lettering import Face, fitted, printable
from fhc_desktop.reporting.pdf.paper import Paper
from fhc_desktop.reporting.pdf.right_to_left import in_visual_order

WIDTH, HEIGHT = Paper.A4.size


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the sheet; y grows downwards."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a curve is drawn; widths and dashes are points."""

    colour: str
    width: float
    dash: tuple[float, float] | None = None


class Sheet:
    """One page being drawn, or a part of it. Text is drawn as it is, never read as markup.

    ``height`` is that of its top over the canvas's origin.
    """

    def __init__(self, canvas: Any, height: float = HEIGHT) -> None:
        self._canvas = canvas
        self._height = height

    def text(self, x: float, baseline: float, text: str, face: Face) -> None:
        self._canvas.setFillColor(HexColor(face.colour))
        for font, piece in face.runs(in_visual_order(text)):
            self._canvas.setFont(font, face.size)
            self._canvas.drawString(x, self._height - baseline, piece)
            x += self._canvas.stringWidth(piece, font, face.size)

    def text_from_right(self, right: float, baseline: float, text: str, face: Face) -> None:
        self.text(right - face.width(text), baseline, text, face)

    def text_in(self, box_width: float, at: tuple[float, float], text: str, face: Face) -> None:
        """Draw one line of any text in a given width."""
        self.text(*at, fitted(printable(text), face, box_width), face)

    def line(
        self,
        points: list[tuple[float, float]],
        *,
        colour: str,
        width: float = 0.5,
        dash: tuple[float, float] | None = None,
    ) -> None:
        self._canvas.setStrokeColor(HexColor(colour))
        self._canvas.setLineWidth(width)
        self._canvas.setLineJoin(1)
        self._canvas.setDash(*(dash or ()))
        path = self._canvas.beginPath()
        path.moveTo(points[0][0], self._height - points[0][1])
        for x, y in points[1:]:
            path.lineTo(x, self._height - y)
        self._canvas.drawPath(path, stroke=1, fill=0)
        self._canvas.setDash()

    def disc(self, center: tuple[float, float], radius: float, *, colour: str) -> None:
        self._canvas.setFillColor(HexColor(colour))
        self._canvas.setStrokeColor(HexColor("#111111"))
        self._canvas.setLineWidth(0.75)
        self._canvas.circle(center[0], self._height - center[1], radius, stroke=1, fill=1)

    def polygon(self, corners: Sequence[tuple[float, float]], *, colour: str) -> None:
        self._canvas.setFillColor(HexColor(colour))
        self._canvas.setStrokeColor(HexColor("#111111"))
        self._canvas.setLineWidth(0.75)
        path = self._canvas.beginPath()
        path.moveTo(corners[0][0], self._height - corners[0][1])
        for x, y in corners[1:]:
            path.lineTo(x, self._height - y)
        path.close()
        self._canvas.drawPath(path, stroke=1, fill=1)

    def ellipse(self, curve: Ellipse, stroke: Stroke) -> None:
        """Draw an ellipse that is given in points of this sheet."""
        with self._kept():
            self._canvas.setStrokeColor(HexColor(stroke.colour))
            self._canvas.setLineWidth(stroke.width)
            self._canvas.setDash(*(stroke.dash or ()))
            self._canvas.translate(curve.center_x, self._height - curve.center_y)
            # The sheet's y grows downwards, the canvas's upwards.
            self._canvas.rotate(-math.degrees(curve.angle))
            a, b = curve.semi_axis_a, curve.semi_axis_b
            self._canvas.ellipse(-a, -b, a, b, stroke=1, fill=0)

    @contextmanager
    def clipped(self, box: Box) -> Iterator[None]:
        """Draw nothing outside a box meanwhile."""
        with self._kept():
            path = self._canvas.beginPath()
            path.rect(box.x, self._height - box.bottom, box.width, box.height)
            self._canvas.clipPath(path, stroke=0, fill=0)
            yield

    def panel(self, box: Box, *, colour: str) -> None:
        self._canvas.setFillColor(HexColor(colour))
        self._canvas.rect(box.x, self._height - box.bottom, box.width, box.height, stroke=0, fill=1)

    def picture(self, pixels: NDArray[np.uint8], box: Box) -> None:
        """Draw a picture, grey or RGB, over the whole box, each of its pixels as it is."""
        self._canvas.drawImage(
            ImageReader(Image.fromarray(pixels)),
            box.x,
            self._height - box.bottom,
            width=box.width,
            height=box.height,
        )

    def watermark(self, text: str, face: Face, *, opacity: float) -> None:
        """Draw a word across the whole page, through which everything can still be read."""
        with self._kept():
            self._canvas.setFillColor(HexColor(face.colour))
            self._canvas.setFillAlpha(opacity)
            self._canvas.translate(WIDTH / 2, self._height / 2)
            self._canvas.rotate(55)
            self._canvas.setFont(face.font, face.size)
            self._canvas.drawCentredString(0, -face.size / 3, text)

    @contextmanager
    def _kept(self) -> Iterator[None]:
        """Leave the canvas as it was before."""
        self._canvas.saveState()
        try:
            yield
        finally:
            self._canvas.restoreState()
