"""A sheet of A4 measured from its top left corner in points, and a pen that keeps to it."""

import io
from dataclasses import dataclass
from typing import Any

from PIL import Image
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader

from fhc_desktop.reporting.pdf.lettering import Face, fitted, printable
from fhc_desktop.reporting.pdf.paper import Paper
from fhc_desktop.reporting.pdf.right_to_left import in_visual_order
from fhc_desktop.reporting.rendering import RGB

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


class Sheet:
    """One page being drawn. Text is drawn as it is, never read as markup."""

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas

    def text(self, x: float, baseline: float, text: str, face: Face) -> None:
        self._canvas.setFillColor(HexColor(face.colour))
        for font, piece in face.runs(in_visual_order(text)):
            self._canvas.setFont(font, face.size)
            self._canvas.drawString(x, HEIGHT - baseline, piece)
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
        path.moveTo(points[0][0], HEIGHT - points[0][1])
        for x, y in points[1:]:
            path.lineTo(x, HEIGHT - y)
        self._canvas.drawPath(path, stroke=1, fill=0)
        self._canvas.setDash()

    def disc(self, center: tuple[float, float], radius: float, *, colour: str) -> None:
        self._canvas.setFillColor(HexColor(colour))
        self._canvas.setStrokeColor(HexColor("#111111"))
        self._canvas.setLineWidth(0.75)
        self._canvas.circle(center[0], HEIGHT - center[1], radius, stroke=1, fill=1)

    def panel(self, box: Box, *, colour: str) -> None:
        self._canvas.setFillColor(HexColor(colour))
        self._canvas.rect(box.x, HEIGHT - box.bottom, box.width, box.height, stroke=0, fill=1)

    def picture(self, pixels: RGB, box: Box) -> None:
        """Draw a picture over the whole box, without loss."""
        stored = io.BytesIO()
        Image.fromarray(pixels).save(stored, format="PNG", compress_level=1)
        stored.seek(0)
        self._canvas.drawImage(
            ImageReader(stored), box.x, HEIGHT - box.bottom, width=box.width, height=box.height
        )

    def watermark(self, text: str, face: Face, *, opacity: float) -> None:
        """Draw a word across the whole page, through which everything can still be read."""
        self._canvas.saveState()
        self._canvas.setFillColor(HexColor(face.colour))
        self._canvas.setFillAlpha(opacity)
        self._canvas.translate(WIDTH / 2, HEIGHT / 2)
        self._canvas.rotate(55)
        self._canvas.setFont(face.font, face.size)
        self._canvas.drawCentredString(0, -face.size / 3, text)
        self._canvas.restoreState()
