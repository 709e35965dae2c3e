"""An encoding that is not decoded is refused by its name."""

import pytest
from pydicom.uid import JPEG2000MC, MPEG2MPML

from fhc_desktop.imaging.loader import UnreadableImage
from tests.reading import load_image


def refused(path):
    with pytest.raises(UnreadableImage) as caught:
        load_image(path)
    return caught.value.problem


@pytest.mark.parametrize(
    ("syntax", "words"),
    [
        (JPEG2000MC, "JPEG 2000 Part 2"),
        (MPEG2MPML, "MPEG2"),
        ("1.2.3.4.5", "unknown encoding (1.2.3.4.5)"),
    ],
)
def test_that_an_unsupported_encoding_is_named(dataset, saved, syntax, words):
    path = saved(dataset)
    old = dataset.file_meta.TransferSyntaxUID.encode().ljust(20, b"\0")
    new = str(syntax).encode().ljust(24, b"\0")
    head, tail = path.read_bytes().split(b"UI" + (20).to_bytes(2, "little") + old, 1)
    path.write_bytes(head + b"UI" + (24).to_bytes(2, "little") + new + tail)

    assert words in refused(path)
