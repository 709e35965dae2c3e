"""Settings as scanners write them, drawn into pictures: the depth is known."""

from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from fhc_desktop.domain.image.ultrasound_image import Gray
from fhc_desktop.resources import resource

# The reader knows the first two; the others it has never seen.
FONTS = ("DejaVuSans", "DejaVuSans-Bold", "simplex", "duplex", "complex", "plain")
_HERSHEY = {
    "simplex": cv2.FONT_HERSHEY_SIMPLEX,
    "duplex": cv2.FONT_HERSHEY_DUPLEX,
    "complex": cv2.FONT_HERSHEY_COMPLEX,
    "plain": cv2.FONT_HERSHEY_PLAIN,
}
FORMS = ("rate/depth", "depth/zoom/rate", "depth below rate")


@dataclass(frozen=True, slots=True)
class DepthLabel:
    """``height_px`` is that of a figure; ``depth`` is written as it stands."""

    depth: str
    form: str = "rate/depth"
    font: str = "DejaVuSans"
    height_px: int = 13
    rate: int = 22

    @property
    def depth_mm(self) -> float:
        return 10 * float(self.depth)

    @property
    def lines(self) -> tuple[str, ...]:
        return {
            "rate/depth": (f"{self.rate}Hz/{self.depth}cm",),
            "depth/zoom/rate": (f"{self.depth}cm / 1.3 / {self.rate}Hz",),
            "depth below rate": (f"{self.rate}Hz", f"{self.depth}cm"),
        }[self.form]


def random_label(rng: np.random.Generator, fonts: tuple[str, ...] = FONTS) -> DepthLabel:
    depth = f"{rng.uniform(4, 30):.1f}" if rng.random() < 0.8 else f"{rng.integers(4, 31)}"
    return DepthLabel(
        depth,
        FORMS[rng.integers(len(FORMS))],
        fonts[rng.integers(len(fonts))],
        int(rng.integers(9, 23)),
        int(rng.integers(8, 90)),
    )


def put_label(gray: Gray, label: DepthLabel, rng: np.random.Generator) -> Gray:
    """Return the picture with the label somewhere at its top, in half of all cases re-saved."""
    left = int(rng.integers(0, max(1, gray.shape[1] - 22 * label.height_px)))
    written = write_label(gray, label, left=left, top=int(rng.integers(0, 60)))
    if rng.random() < 0.5:
        return written
    blurred = cv2.GaussianBlur(written, (0, 0), rng.uniform(0.3, 0.8))
    quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(70, 97))]
    return cv2.imdecode(cv2.imencode(".jpg", blurred, quality)[1], cv2.IMREAD_GRAYSCALE)


def write_label(gray: Gray, label: DepthLabel, *, left: int, top: int) -> Gray:
    for number, words in enumerate(label.lines):
        at = top + round(number * 1.6 * label.height_px)
        gray = write_words(
            gray, words, left=left, top=at, font=label.font, height_px=label.height_px
        )
    return gray


def write_words(
    gray: Gray, words: str, *, left: int, top: int, font: str = "DejaVuSans", height_px: int = 13
) -> Gray:
    """Return the picture with words on it, bright and with a dark shadow below."""
    written = gray.copy()
    pixels = _drawn(words, font, height_px)
    for shift, value in ((1, 0), (0, 235)):
        part = written[top + shift :, left + shift :][: pixels.shape[0], : pixels.shape[1]]
        share = pixels[: part.shape[0], : part.shape[1]] / 255.0
        part[:] = np.rint((1 - share) * part + share * value).astype(np.uint8)
    return written


def _drawn(words: str, font: str, height_px: int) -> Gray:
    """Return the words alone, bright on black, so that a figure is ``height_px`` high."""
    canvas = np.zeros((4 * height_px, 60 * height_px), np.uint8)
    if font in _HERSHEY:
        face = _HERSHEY[font]
        scale = cv2.getFontScaleFromHeight(face, height_px)
        at = (height_px, 2 * height_px)
        weight = 2 if height_px > 13 else 1
        cv2.putText(canvas, words, at, face, scale, 255, weight, cv2.LINE_AA)
    else:
        image = Image.fromarray(canvas)
        # Figures of this family are 0.73 of its size high.
        face = ImageFont.truetype(resource(f"fonts/{font}.ttf"), round(height_px / 0.73))
        ImageDraw.Draw(image).text((height_px, height_px), words, fill=255, font=face)
        canvas = np.asarray(image)
    rows, columns = np.nonzero(canvas.any(axis=1))[0], np.nonzero(canvas.any(axis=0))[0]
    # Lines keep their left edge; their height is that of all the words' letters.
    return canvas[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
