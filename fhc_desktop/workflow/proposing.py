"""Propose: whoever says where a head lies, and the shipped network that does."""

from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.proposal import ModelIdentity, Proposal
from fhc_desktop.domain.image.ultrasound_image import UltrasoundImage
from fhc_desktop.heap import give_back
from fhc_desktop.resources import resource

if TYPE_CHECKING:
    from fhc_desktop.segmentation.segmenter import Segmenter

SHIPPED_MODEL = "model/head_unet.safetensors"


class Proposer(Protocol):
    """Whoever says where a head lies."""

    def propose(self, image: UltrasoundImage) -> Proposal: ...


class LazySegmenter:
    """The shipped network, or another bundle's; runtime and weights are loaded at first use.

    ``device`` is "auto", "cpu", "cuda" or "mps"; on the CPU ``threads`` compute, or as many as
    there are cores to use.
    """

    def __init__(
        self, model: Path | None = None, device: str = "auto", threads: int | None = None
    ) -> None:
        self._model = model or resource(SHIPPED_MODEL)
        self._device = device
        self._threads = threads
        self._segmenter: Segmenter | None = None
        self._identity: ModelIdentity | None = None
        self._loading = Lock()

    @property
    def identity(self) -> ModelIdentity | None:
        """Which weights these are; None until they have been loaded."""
        return self._identity

    def propose(self, image: UltrasoundImage) -> Proposal:
        """Return the model's word on an image.

        Raises:
            UnusableModel: the bundle is missing, altered or of an unknown version.
        """
        return self.load().propose(image)

    def warm_up(self) -> None:
        """Load the network before it is asked; what is wrong with it is said when it is."""
        with suppress(FhcError):
            self.load()
            give_back()

    def load(self) -> "Segmenter":
        """Return the loaded network; the second call and later ones return at once.

        Raises:
            UnusableModel: the bundle is missing, altered or of an unknown version.
        """
        # Imported here: a window names proposals, and has another process make them.
        from fhc_desktop.segmentation.bundle import load_bundle  # noqa: PLC0415
        from fhc_desktop.segmentation.networks.loading import load_networks  # noqa: PLC0415
        from fhc_desktop.segmentation.segmenter import Segmenter  # noqa: PLC0415

        with self._loading:
            if self._segmenter is None:
                bundle = load_bundle(self._model)
                networks = load_networks(bundle, self._device, self._threads)
                self._segmenter = Segmenter(bundle, networks)
                self._identity = bundle.identity
            return self._segmenter
