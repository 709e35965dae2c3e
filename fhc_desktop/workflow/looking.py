"""What a program and its looker tell each other: pictures one way, the model's word the other."""

from dataclasses import dataclass
from pathlib import Path

from fhc_desktop.domain.examination.proposal import ModelIdentity, Proposal
from fhc_desktop.domain.image.ultrasound_image import Gray, ImageSource, UltrasoundImage

_NAMELESS = ImageSource(Path("picture"), "")


@dataclass(frozen=True, slots=True)
class Bundle:
    """Which networks are to look, and on which device."""

    model: Path | None
    device: str


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """What a looker sees of an image: grey values and a pixel's shape, and not whose it is."""

    gray: Gray
    pixel_aspect: float

    @classmethod
    def of(cls, image: UltrasoundImage) -> "Picture":
        return cls(image.gray, image.pixel_aspect)

    @property
    def image(self) -> UltrasoundImage:
        return UltrasoundImage(self.gray, _NAMELESS, pixel_aspect=self.pixel_aspect)

    def shows(self, image: UltrasoundImage) -> bool:
        """Return whether it was made of that image's very pixels, in the same shape."""
        return self.gray is image.gray and self.pixel_aspect == image.pixel_aspect


@dataclass(frozen=True, slots=True)
class Loading:
    """Asks for nothing but that the networks be there."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """The world's fault that kept it from a word, in two sentences."""

    problem: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A fault of the program itself, in the looker; ``trace`` says where, and not of what."""

    trace: str


Question = Picture | Loading
Answer = Proposal | ModelIdentity | Refusal | Breakdown
