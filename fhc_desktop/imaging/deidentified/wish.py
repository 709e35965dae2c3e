"""How a file is to be de-identified, and what comes of it: asked for by one process of another.

It imports nothing that decodes: whoever only asks need not wait for that.
"""

from dataclasses import asdict, dataclass, field
from typing import Any

from fhc_desktop.domain.image.calibration import RegionBox
from fhc_desktop.domain.pseudonym import PseudonymKey
from fhc_desktop.imaging.deidentified.device_names import DeviceNames


@dataclass(frozen=True, slots=True)
class DeidentifiedFile:
    """The new file's content, with the patient's pseudonym and the ending of its name.

    ``has_lost_scale``: the scale rested on a number that may not stay, and is left out.
    """

    content: bytes | bytearray
    pseudonym: str
    suffix: str
    devices: DeviceNames = field(default_factory=DeviceNames)
    has_lost_scale: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """How a file is to be de-identified.

    ``blanked`` is what is painted black in every frame; None leaves it to what the file says about
    where its scan lies. ``file_digest`` tells apart files that name no patient. ``vouched`` are the
    names of devices that the user was shown and keeps.
    """

    key: PseudonymKey
    blanked: tuple[RegionBox, ...] | None
    file_digest: str
    is_looked_at: bool
    vouched: frozenset[str] = frozenset()

    def to_message(self) -> dict[str, Any]:
        """Return the wish as JSON can say it."""
        boxes = None if self.blanked is None else [asdict(box) for box in self.blanked]
        return {
            "secret": self.key.secret.hex(),
            "blanked": boxes,
            "file_digest": self.file_digest,
            "is_looked_at": self.is_looked_at,
            "vouched": sorted(self.vouched),
        }

    @classmethod
    def from_message(cls, message: dict[str, Any]) -> "Wish":
        boxes = message["blanked"]
        return cls(
            PseudonymKey(bytes.fromhex(message["secret"])),
            None if boxes is None else tuple(RegionBox(**box) for box in boxes),
            message["file_digest"],
            message["is_looked_at"],
            frozenset(message["vouched"]),
        )
