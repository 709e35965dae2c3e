"""Which of the looks at a picture counts, and how much, where they disagree."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.segmentation.outline import FittedOutline
from fhc_desktop.segmentation.segmentation import Segmentation
from fhc_desktop.segmentation.trust.signals import Signals

# Between two numbers the weight of another look grows from none to all, so that no hair's breadth
# in a picture decides between two outlines. Differences in place or size, as shares, that ask for
# a look round what was found:
ASKEW = (0.015, 0.035)
# The looks of sound outlines differ by less, and are surer inside it.
LARGE_SHIFT = (0.08, 0.12)
LARGE_DOUBT = (0.15, 0.2)


@dataclass(frozen=True, slots=True)
class Finding:
    """An outline in image pixels, its fit in the frame of the last look, and signals of doubt.

    ``signals`` is None unless both looks found a head, and so is ``closer``, the last look; all
    are None where neither did. ``plane_odds`` are the log odds of a head's plane, None where
    nothing tells. ``others`` are what else in the picture may be a head.
    """

    outline_px: Ellipse | None
    fitted: FittedOutline | None
    signals: Signals | None
    closer: Segmentation | None = None
    plane_odds: float | None = None
    others: tuple["Finding", ...] = ()


def askew(first_px: Ellipse, second_px: Ellipse, pixel_aspect: float) -> float:
    """Return how much an outline deserves a frame of its own, 0 to 1."""
    # Shares of a size mean something only where pixels are as high as wide.
    first, second = first_px.scaled(1.0, pixel_aspect), second_px.scaled(1.0, pixel_aspect)
    moved = math.dist(first.center, second.center) / first.semi_major
    return _ramp(max(moved, abs(math.log(second.perimeter / first.perimeter))), ASKEW)


def distrust(signals: Signals | None) -> float:
    """Return how little the looks bear each other out, 0 to 1."""
    if signals is None:
        return 1.0
    return max(_ramp(signals.shift, LARGE_SHIFT), _ramp(signals.doubt, LARGE_DOUBT))


def unlikeness(finding: Finding, *, is_cut: bool) -> float:
    """Return how little what was found is like a head: a sure ellipse at either look."""
    signals = finding.signals
    if signals is None:
        return math.inf
    # A part that was cut off is not where the survey would have seen it alone.
    return signals.misfit + signals.doubt + (0.0 if is_cut else signals.shift)


def apart(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings but those of a head that one before them found already."""
    kept: list[Finding] = []
    for finding in findings:
        if not any(_is_one_head(finding.outline_px, other.outline_px) for other in kept):
            kept.append(finding)
    return kept


def _ramp(value: float, ends: tuple[float, float]) -> float:
    low, high = ends
    return min(max((value - low) / (high - low), 0.0), 1.0)


def between(first: Finding, second: Finding, share: float) -> Finding:
    """Return the finding that counts more, its outline a share of the way between both heads'."""
    nearer = second if share >= 0.5 else first  # noqa: PLR2004
    a, b = first.outline_px, second.outline_px
    if a is None or b is None or not (a.contains(b.center) and b.contains(a.center)):
        return nearer
    return replace(nearer, outline_px=a.between(b, share))


def _is_one_head(first: Ellipse | None, second: Ellipse | None) -> bool:
    """Whether two outlines lie in each other's way: no head lies within another."""
    if first is None or second is None:
        return False
    return first.contains(second.center) or second.contains(first.center)
