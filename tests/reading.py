"""What reads files for the tests: one for all of them, since a decoder takes its time to start."""

import pytest

from fhc_desktop.imaging.readers import Readers
from fhc_desktop.imaging.unreadable import UnreadableImage

READERS = Readers()
load_image = READERS.images.load


def refusal(path, **options):
    """Return why a file is not read, in two sentences for its user."""
    with pytest.raises(UnreadableImage) as caught:
        load_image(path, **options)
    for sentence in (caught.value.problem, caught.value.remedy):
        assert sentence.endswith(".")
        assert "\n" not in sentence
    return caught.value
