"""What the export dialog says of the device's names, before they leave."""

from dataclasses import dataclass

from fhc_desktop.domain.image.ultrasound_image import StudyInfo
from fhc_desktop.imaging.deidentified.device_names import (
    MAKER,
    MODEL,
    is_known_name,
    may_be_vouched_for,
)

_WITHHELD = (
    "The file names its device in words that no list of makers has. They may be anybody's name and "
    "are left out: leave the de-identified view (Ctrl+Shift+H) to read and keep them."
)

_TOO_LONG = "A name of the device that is longer than the standard lets it be is left out."


@dataclass(frozen=True, slots=True)
class DeviceContent:
    """A sentence on what the copy says, and the names that are kept only where somebody says so."""

    said: str = ""
    asked: tuple[str, ...] = ()

    @classmethod
    def of(cls, study: StudyInfo, *, is_deidentified: bool) -> "DeviceContent":
        """Sort a file's names of its device; in the de-identified view an unknown one is hidden."""
        names = [
            (keyword, name)
            for keyword, name in ((MAKER, study.manufacturer), (MODEL, study.device))
            if name
        ]
        known = [name for keyword, name in names if is_known_name(keyword, name)]
        asked = [name for _, name in names if name not in known and may_be_vouched_for(name)]
        has_more = len(known) + len(asked) < len(names)
        told = (
            f"The copy names the device: {', '.join(known)}." if known else "",
            _WITHHELD if asked and is_deidentified else "",
            _TOO_LONG if has_more else "",
        )
        said = " ".join(sentence for sentence in told if sentence)
        return cls(said, () if is_deidentified else tuple(dict.fromkeys(asked)))


def question(name: str) -> str:
    """Return what a user answers by a tick: a maker's name may be a physician's."""
    return f"Keep the device’s name “{name}”: it names neither a person nor a place"
