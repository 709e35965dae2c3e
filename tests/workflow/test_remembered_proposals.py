"""Of a picture that was looked at before, the same is said again."""

from dataclasses import replace

from fhc_desktop.domain.examination.draft import PictureKey
from fhc_desktop.workflow.remembered_proposals import RememberedProposals
from tests.fakes import FakeSegmenter
from tests.heads import small_phantom


def test_that_what_is_remembered_of_a_picture_is_said_without_looking():
    asked = []

    class Counting(FakeSegmenter):
        def propose(self, image):
            asked.append(image.source.frame)
            return super().propose(image)

    image = small_phantom().image
    other = replace(image, source=replace(image.source, frame=2))
    proposals = RememberedProposals(Counting(small_phantom().outline_px))
    said = proposals.propose(image)

    proposals.remember(PictureKey.of(image), said)

    assert proposals.propose(image) is said
    proposals.propose(other)
    assert asked == [1, 2]
