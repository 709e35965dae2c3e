"""read_depth_text(): the depth that a scanner writes beside its frame rate, or nothing."""

import re
from collections.abc import Iterator

from fhc_desktop.domain.image.ultrasound_image import Gray
from fhc_desktop.imaging.depth_marks.text_lines import Box, TextLine, text_lines

# Scanners write their settings above the picture or beside its upper part.
_UPPER_SHARE = 0.4
# A lost point makes 34 of 3.4: whatever could come of that is left out.
_LEAST_CM, _GREATEST_CM = 4.0, 30.0
# Shares of a line's height; lines of one block touch or overlap by a blurred row.
_ALIGNED, _LINE_GAP, _OVERLAP_PX = 0.35, 1.2, 2

# Of the rate only the unit counts. Of the depth every figure must be understood, and nothing may
# stand close before it that could be one more.
_DEPTH = r"([1-9]\d?(?:\.\d)?)cm"
_RATE = r"[\d?]{1,3}Hz"
_IN_ONE_LINE = re.compile(
    rf"(?:^|\s){_RATE}/{_DEPTH}(?:\s|$)|(?:^|\s\s){_DEPTH}(?: ?/ ?\d\.\d)? ?/ ?{_RATE}(?:\s|$)"
)
_DEPTH_ALONE = re.compile(rf"^{_DEPTH}(?:\s|$)")
_RATE_ALONE = re.compile(rf"^{_RATE}(?:\s|$)")


def read_depth_text(gray: Gray) -> float | None:
    """Return the depth in millimetres that stands with the frame rate; None where in doubt.

    ``gray`` has shape (rows, columns). Read are "22Hz/14.2cm" in one line, in either order, and
    "11cm" straight below "28Hz": a length elsewhere may be a measurement.
    """
    upper = gray[: round(_UPPER_SHARE * gray.shape[0])]
    depths = {depth_cm for lines in text_lines(upper) for depth_cm in _depths_cm(lines)}
    if len(depths) != 1:
        return None
    depth_cm = depths.pop()
    return 10 * depth_cm if _LEAST_CM <= depth_cm <= _GREATEST_CM else None


def _depths_cm(lines: tuple[TextLine, ...]) -> Iterator[float]:
    for line in lines:
        for text in line.readings:
            if found := _IN_ONE_LINE.search(text):
                yield float(found[1] or found[2])
            elif (found := _DEPTH_ALONE.search(text)) and _is_below_a_rate(line, lines):
                yield float(found[1])


def _is_below_a_rate(line: TextLine, lines: tuple[TextLine, ...]) -> bool:
    return any(
        _is_straight_below(line.box, other.box) and any(map(_RATE_ALONE.search, other.readings))
        for other in lines
    )


def _is_straight_below(box: Box, other: Box) -> bool:
    gap, shift = box.top - other.bottom, abs(box.left - other.left)
    return -_OVERLAP_PX <= gap <= _LINE_GAP * box.height and shift <= _ALIGNED * box.height
