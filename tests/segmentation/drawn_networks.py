"""Networks that take what is bright for a head: a drawn picture says what they answer."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from fhc_desktop.domain.image.ultrasound_image import ImageSource, UltrasoundImage
from fhc_desktop.segmentation.bundle import BundleHeader, InferenceSpec, Look, ModelBundle
from fhc_desktop.segmentation.networks.networks import Seen
from fhc_desktop.segmentation.preprocessing import (
    PreprocessingSpec,
    to_network_mask,
    whole_picture,
)

ROWS, COLUMNS = 200, 300
# Grey values become 0 to 1, so that they can be answered as they are.
SURVEY = Look({}, PreprocessingSpec(96, 64, mean=0.0, deviation=1.0))
CLOSE_UP = Look({}, PreprocessingSpec(112, 96, mean=0.0, deviation=1.0))


class DrawnNetworks:
    """Brightness is the probability of head; ``asked`` is what was asked for, in turn.

    Each entry is a look, a member and a number of frames. The survey's maps are ``moved`` by
    pixels to the right and multiplied by ``dimmed``; the second member says the opposite. With
    ``levels`` a close look shows one level, of a quarter of the frame's size: its brightness.
    """

    device = "abacus"

    def __init__(self, *, moved=0, dimmed=1.0, notices=(), levels=False):
        self.notices = notices
        self.asked = []
        self._moved, self._dimmed, self._levels = moved, dimmed, levels

    def seen(self, look, member, frames):
        self.asked.append((look, member, len(frames)))
        found = np.clip(frames, 0, 1)
        level = found[:, None, ::4, ::4]
        if look == "survey":
            found = np.float32(self._dimmed) * np.roll(found, self._moved, axis=2)
        maps = 1 - found if member else found
        return Seen(maps, (level,) if self._levels and look == "close_up" else ())


def drawn_bundle(*, members=1, survey=SURVEY, close_up=CLOSE_UP, **changes):
    """A bundle without weights; ``changes`` are of its header."""
    header = BundleHeader(
        name="drawn",
        version="0",
        survey=replace(survey, members=members),
        close_up=None if close_up is None else replace(close_up, members=members),
        inference=InferenceSpec(views=2),
        licence="none",
    )
    return ModelBundle(replace(header, **changes), {}, sha256="d" * 64)


def bright(*outlines_px, shades=(255, 255), rows=ROWS, columns=COLUMNS):
    """A black picture with bright ellipses."""
    spec = PreprocessingSpec(columns, rows)
    placement = whole_picture((rows, columns), 1.0, spec)
    gray = np.zeros((rows, columns), np.float32)
    for outline_px, shade in zip(outlines_px, shades, strict=False):
        gray = np.maximum(gray, shade * to_network_mask(outline_px, placement, spec))
    return UltrasoundImage(gray.round().astype(np.uint8), ImageSource(Path("drawn.png"), "0" * 64))
