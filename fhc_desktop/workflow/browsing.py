"""Browse: list the images of a place, and show each of them small."""

from collections.abc import Callable
from pathlib import Path

from fhc_desktop.domain.catalogue import Catalogue
from fhc_desktop.domain.image.ultrasound_image import Gray
from fhc_desktop.imaging.catalogue import is_catalogue, read_catalogue
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.imaging.reports import is_structured_report
from fhc_desktop.imaging.thumbnail import read_thumbnail

# For those above, who do not see the imaging.
__all__ = ["browse", "is_catalogue", "is_structured_report", "thumbnail"]


def browse(path: Path, readers: Readers, *, go_on: Callable[[], bool]) -> Catalogue:
    """List the images of a folder, a DICOMDIR or a ZIP archive; end early where ``go_on`` says no.

    Raises:
        UnreadableImage: the place cannot be read, or there is nothing in it.
    """
    return read_catalogue(path, sandbox=readers.catalogues, go_on=go_on)


def thumbnail(path: Path, readers: Readers, *, width_px: int, height_px: int) -> Gray:
    """Return an image's first frame in RGB, no larger than this.

    Raises:
        UnreadableImage: the file cannot be shown.
    """
    return read_thumbnail(path, width_px=width_px, height_px=height_px, sandbox=readers.catalogues)
