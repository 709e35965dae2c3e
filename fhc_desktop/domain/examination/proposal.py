"""What the model said of an image, and which weights spoke."""

from dataclasses import dataclass, field
from datetime import datetime

from fhc_desktop.domain.confidence import Confidence
from fhc_desktop.domain.image.geometry import Ellipse


@dataclass(frozen=True, slots=True)
class ModelIdentity:
    """Which weights spoke; ``sha256`` is that of the bundle file."""

    name: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the model said of an image; ``outline_px`` is None when it found no head.

    ``confidence`` is None where the bundle cannot tell. ``said_at``, in UTC, is no part of what was
    said; None where nobody looked at the clock.
    """

    outline_px: Ellipse | None
    model: ModelIdentity
    device: str
    notices: tuple[str, ...] = ()
    confidence: Confidence | None = None
    said_at: datetime | None = field(default=None, compare=False, metadata={"is_kept": False})

    @property
    def offered_outline_px(self) -> Ellipse | None:
        """The outline to measure: none where the model calls what it found not measurable."""
        if self.confidence is not None and not self.confidence.is_measurable:
            return None
        return self.outline_px
