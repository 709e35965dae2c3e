"""A proposal of two heads, as of twins on one screen."""

from fhc_desktop.domain.confidence import Confidence, Grade
from fhc_desktop.domain.examination.proposal import Proposal, ProposedHead
from fhc_desktop.domain.image.geometry import Ellipse
from tests.fakes import IDENTITY, FakeSegmenter

LEFT = Ellipse(50.0, 60.0, 40.0, 30.0, 0.1)
RIGHT = Ellipse(150.0, 62.0, 38.0, 31.0, 0.2)
TWO_HEADS = Proposal(None, IDENTITY, "CPU").of_several(
    [
        ProposedHead(LEFT, Confidence(Grade.GOOD, expected_error=0.01)),
        ProposedHead(RIGHT, Confidence(Grade.LOOK_AGAIN, ("Blurred.",), 0.03)),
    ]
)


class TwoHeads(FakeSegmenter):
    """Finds the same two heads in every picture."""

    def __init__(self):
        super().__init__(None)

    def propose(self, image):
        super().propose(image)
        return TWO_HEADS
