"""Files leave without the patient: in one export, all that belongs together stays together."""

from collections.abc import Iterable
from pathlib import Path

from fhc_desktop.domain.calibration import RegionBox
from fhc_desktop.domain.pseudonym import PseudonymKey
from fhc_desktop.imaging.deidentified_file import DeidentifiedFile, Wish
from fhc_desktop.imaging.loader import open_image_file
from fhc_desktop.imaging.sandbox import Sandbox, export_sandbox


class Deidentification:
    """One export: its files share pseudonyms, UIDs and the shift of dates; no two exports do.

    What they are derived from lives as long as this object and is written nowhere.
    """

    def __init__(self, sandbox: Sandbox = export_sandbox) -> None:
        self._key = PseudonymKey.fresh()
        self._sandbox = sandbox

    def copy(
        self, path: Path, *, blanked: Iterable[RegionBox] | None = None, is_looked_at: bool = False
    ) -> DeidentifiedFile:
        """Return a file's de-identified copy.

        ``blanked`` are boxes to paint black in every frame; None means all that the file does not
        call scan. ``is_looked_at`` is a human's word for every frame so blanked, never a guess.

        Raises:
            UnreadableImage: whatever is wrong with the file, in a sentence.
        """
        with open_image_file(path) as (handle, sha256, kind):
            wish = Wish(
                self._key, None if blanked is None else tuple(blanked), sha256, is_looked_at
            )
            return self._sandbox.deidentify(handle, path, kind, wish)
