"""RememberedProposals: what was said of pictures before anybody opened them."""

from fhc_desktop.domain.examination.draft import PictureKey
from fhc_desktop.domain.examination.proposal import Proposal
from fhc_desktop.domain.image.ultrasound_image import UltrasoundImage
from fhc_desktop.workflow.proposing import Proposer


class RememberedProposals:
    """Says what it is told to remember of a picture, and asks about all others.

    It is for pictures of one run that were looked at before anybody opened them. Any thread may
    ask.
    """

    def __init__(self, proposer: Proposer) -> None:
        self._proposer = proposer
        self._said: dict[PictureKey, Proposal] = {}

    def remember(self, picture: PictureKey, proposal: Proposal) -> None:
        self._said[picture] = proposal

    def propose(self, image: UltrasoundImage) -> Proposal:
        """Return the word on a picture.

        Raises:
            FhcError: what whoever is asked may raise.
        """
        said = self._said.get(PictureKey.of(image)) if self._said else None
        return self._proposer.propose(image) if said is None else said
