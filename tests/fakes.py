"""Stand-ins where the real thing would only cost time."""

from threading import Event

from fhc_desktop.domain.confidence import Confidence
from fhc_desktop.domain.examination.proposal import ModelIdentity, Proposal
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.ultrasound_image import UltrasoundImage

IDENTITY = ModelIdentity("fake", "0", "f" * 64)


class FakeSegmenter:
    """Says of each image what it was told to say, at once or when its gate is opened."""

    def __init__(
        self,
        outline_px: Ellipse | None,
        gate: Event | None = None,
        confidence: Confidence | None = None,
    ) -> None:
        self.outline_px = outline_px
        self.gate = gate
        self.confidence = confidence

    def propose(self, image: UltrasoundImage) -> Proposal:
        if self.gate is not None:
            self.gate.wait(10)
        # The outline's place names the image it was made for.
        outline = None if self.outline_px is None else self.outline_px.moved(image.columns / 1e3, 0)
        return Proposal(outline, IDENTITY, "CPU", confidence=self.confidence)
