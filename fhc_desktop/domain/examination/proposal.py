"""What the model said of an image, and which weights spoke."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from fhc_desktop.domain.confidence import Confidence, Grade
from fhc_desktop.domain.image.geometry import Ellipse

_NUMBERS = {2: "Two", 3: "Three"}


@dataclass(frozen=True, slots=True)
class ModelIdentity:
    """Which weights spoke; ``sha256`` is that of the bundle file."""

    name: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ProposedHead:
    """One of several heads in an image; ``confidence`` is None where the bundle cannot tell."""

    outline_px: Ellipse
    confidence: Confidence | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the model said of an image; ``outline_px`` is None when it found no head.

    ``confidence`` is None where the bundle cannot tell. ``heads`` are there where it found several,
    from left to right: none of them is offered before somebody chooses one. ``said_at``, in UTC, is
    no part of what was said; None where nobody looked at the clock.
    """

    outline_px: Ellipse | None
    model: ModelIdentity
    device: str
    notices: tuple[str, ...] = ()
    confidence: Confidence | None = None
    heads: tuple[ProposedHead, ...] = ()
    said_at: datetime | None = field(default=None, compare=False, metadata={"is_kept": False})

    @property
    def heads_words(self) -> str:
        """How many heads there are, where there are several: Two heads."""
        return f"{_NUMBERS.get(len(self.heads), 'Several')} heads" if self.heads else ""

    def of_several(self, heads: Iterable[ProposedHead]) -> "Proposal":
        """Return it as said of several heads, of which none is preferred."""
        from_left = tuple(sorted(heads, key=lambda head: head.outline_px.center_x))
        found = replace(self, outline_px=None, heads=from_left)
        reason = f"{found.heads_words} in the picture: choose which one to measure"
        return replace(found, confidence=Confidence(Grade.NOT_MEASURABLE, (reason,)))

    def about(self, outline_px: Ellipse | None) -> "Proposal":
        """Return what was said of the one head of several that an outline lies round.

        Where there is no such head, or only one at all, it is what it was.
        """
        number = self.number_of(outline_px)
        if number is None:
            return self
        head = self.heads[number]
        said = f"{self.heads_words} in the picture: this is number {number + 1} from the left."
        return replace(
            self,
            outline_px=head.outline_px,
            confidence=head.confidence,
            notices=(*self.notices, said),
            heads=(),
        )

    def number_of(self, outline_px: Ellipse | None) -> int | None:
        """Return which of several heads an outline lies round, counted from 0."""
        if outline_px is None:
            return None
        center = outline_px.center
        distances = {
            number: math.dist(head.outline_px.center, center)
            for number, head in enumerate(self.heads)
            if outline_px.contains(head.outline_px.center)
        }
        return min(distances, key=distances.__getitem__, default=None)

    def head_after(self, outline_px: Ellipse | None) -> Ellipse | None:
        """Return the next head to the right, the first after the last; None unless several."""
        if not self.heads:
            return None
        number = self.number_of(outline_px)
        after = 0 if number is None else (number + 1) % len(self.heads)
        return self.heads[after].outline_px

    @property
    def offered_outline_px(self) -> Ellipse | None:
        """The outline to measure: none where the model calls what it found not measurable."""
        if self.confidence is not None and not self.confidence.is_measurable:
            return None
        return self.outline_px
