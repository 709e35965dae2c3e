"""Read the picture that a row of the log speaks of, for somebody to look at beside the row."""

from fhc_desktop.domain.image.ultrasound_image import UltrasoundImage
from fhc_desktop.imaging.loader import Loader
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.storage.log.measurement_log import LogEntry
from fhc_desktop.workflow.continuing import FileChanged


def logged_picture(entry: LogEntry, readers: Readers) -> UltrasoundImage:
    """Return the picture as its file has it, if that is still the same file.

    It is read where thumbnails are: the image on the screen does not wait for it.

    Raises:
        UnreadableImage: the file has gone or cannot be shown.
        FileChanged: it is not the file that the row speaks of.
    """
    read = Loader(readers.catalogues).load(entry.image.path, frame=entry.image.frame).image
    if read.source.sha256 != entry.image.sha256:
        raise FileChanged(
            "The image file has changed since this measurement was logged.",
            "Its picture then is not shown with this outline.",
        )
    return read
