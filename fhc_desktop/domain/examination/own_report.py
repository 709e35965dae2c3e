"""By what a structured report of this program is known among others, and what it says of itself."""

from dataclasses import dataclass

from fhc_desktop.domain.image.geometry import Ellipse

PRIVATE_SCHEME = "99FHC"
# Of the scheme itself: made once, by RFC 4122, and never changed.
PRIVATE_SCHEME_UID = "2.25.64000970249371688638735096029121285834"
# What the report rests on lies beside its tree: viewers pass by a private element in silence.
CARRIED_GROUP, CARRIED_OWNER, CARRIED_ELEMENT = 0x0099, "FHC DESKTOP MEASUREMENT", 0x01


@dataclass(frozen=True, slots=True)
class OwnReport:
    """Its own word on who accepted what: whoever has its file can have changed it.

    ``accepted_by`` is empty where nobody was named, ``accepted_at`` (YYYY-MM-DD HH:MM, by the clock
    where it was written) where it does not say. ``is_whole``: it has the outline with its scale,
    which the report for research systems has no room for.
    """

    accepted_by: str = ""
    accepted_at: str = ""
    outline_px: Ellipse | None = None
    is_whole: bool = False
