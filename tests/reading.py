"""What reads files for the tests: one for all of them, since a decoder takes its time to start."""

from fhc_desktop.imaging.readers import Readers

READERS = Readers()
load_image = READERS.images.load
