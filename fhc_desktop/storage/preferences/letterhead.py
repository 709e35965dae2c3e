"""The letterhead: an institution as the settings name it, with its logo read from a file."""

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.institution import Institution, Logo
from fhc_desktop.ordinary_file import open_ordinary_file
from fhc_desktop.storage.preferences.settings import Settings

# A letter's head has room for no more, and no report shall be large by it.
LARGEST_LOGO_BYTES = 1024**2
LONGEST_LOGO_SIDE = 2000
_FORMATS = ("PNG", "JPEG")
_REMEDY = (
    f"Choose a PNG or JPEG of at most {LONGEST_LOGO_SIDE} pixels a side and "
    f"{LARGEST_LOGO_BYTES // 1024**2} MB, or leave the logo out."
)


class UnreadableLogo(FhcError):  # noqa: N818 - says what was found
    """A file that is no logo for a letterhead."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """An institution, and a sentence for the user where its logo is missing from it."""

    institution: Institution
    notice: str | None = None


def letterhead_of(settings: Settings) -> Letterhead:
    """Return whose reports they are; a logo that cannot be read is left out and told."""
    named = (settings.institution_name.strip(), settings.institution_address.strip())
    if not settings.institution_logo:
        return Letterhead(Institution(*named))
    try:
        return Letterhead(Institution(*named, load_logo(Path(settings.institution_logo))))
    except UnreadableLogo as fault:
        return Letterhead(Institution(*named), f"The report has no logo. {fault}")


def load_logo(path: Path) -> Logo:
    """Return the logo of a file, as it looks on white.

    Raises:
        UnreadableLogo: it cannot be read, is no PNG or JPEG, or too large.
    """
    try:
        with open_ordinary_file(path) as file:
            content = file.read(LARGEST_LOGO_BYTES + 1)
    except (OSError, ValueError) as cause:
        why = getattr(cause, "strerror", None) or "no file has such a name"
        raise UnreadableLogo(f"The logo {path.name} cannot be read ({why}).", _REMEDY) from cause
    if len(content) > LARGEST_LOGO_BYTES:
        raise UnreadableLogo(f"The logo {path.name} is too large.", _REMEDY)
    return Logo(hashlib.sha256(content).hexdigest(), _pixels(content, path.name))


def _pixels(content: bytes, name: str) -> NDArray[np.uint8]:
    from PIL import Image  # noqa: PLC0415 - few have a logo, and every window the settings

    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as found:
            if max(found.size) > LONGEST_LOGO_SIDE:
                raise UnreadableLogo(f"The logo {name} has too many pixels.", _REMEDY)
            colours = found.convert("RGBA")
    except Image.DecompressionBombError as cause:
        raise UnreadableLogo(f"The logo {name} has too many pixels.", _REMEDY) from cause
    # A damaged picture may stumble anywhere in the library, whose faults have no root of their own.
    except (ArithmeticError, LookupError, OSError, SyntaxError, TypeError, ValueError) as cause:
        raise UnreadableLogo(f"The logo {name} is no picture.", _REMEDY) from cause
    white = Image.new("RGBA", colours.size, "white")
    white.alpha_composite(colours)
    pixels = np.asarray(white.convert("RGB"), dtype=np.uint8)
    pixels.flags.writeable = False
    return pixels
