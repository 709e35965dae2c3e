"""Files leave without the patient: in one export, all that belongs together stays together."""

from collections.abc import Iterable
from pathlib import Path

from fhc_desktop.domain.image.calibration import RegionBox
from fhc_desktop.domain.pseudonym import PseudonymKey
from fhc_desktop.imaging.deidentified.wish import DeidentifiedFile, Wish
from fhc_desktop.imaging.loader import digest_of, open_image_file
from fhc_desktop.imaging.sandbox.sandbox import Sandbox
from fhc_desktop.imaging.unreadable import UnreadableImage, shown_name


class Deidentification:
    """One export: its files share pseudonyms, UIDs and the shift of dates; no two exports do.

    What they are derived from lives as long as this object and is written nowhere.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self._key = PseudonymKey.fresh()
        self._sandbox = sandbox

    def copy(
        self,
        path: Path,
        *,
        blanked: Iterable[RegionBox] | None = None,
        looked_at: str | None = None,
        vouched: Iterable[str] = (),
    ) -> DeidentifiedFile:
        """Return a file's de-identified copy.

        ``blanked`` are boxes to paint black in every frame; None means all that the file does not
        call scan. ``looked_at`` is the SHA-256 of the file whose every frame, so blanked, a human
        has seen: never a guess. ``vouched`` are names of devices that a human has seen and keeps.

        Raises:
            UnreadableImage: whatever is wrong with the file; or it is not the one looked at.
        """
        with open_image_file(path) as (handle, kind):
            sha256 = digest_of(handle, path)
            if looked_at not in {None, sha256}:
                raise UnreadableImage(
                    f"{shown_name(path)} has changed since its pictures were looked at.",
                    "Open it again and look at its pictures.",
                )
            wish = Wish(
                key=self._key,
                blanked=None if blanked is None else tuple(blanked),
                file_digest=sha256,
                is_looked_at=looked_at is not None,
                vouched=frozenset(vouched),
            )
            return self._sandbox.deidentify(handle, path, kind, wish)
