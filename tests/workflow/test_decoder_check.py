"""Every encoding is tried on a drawn picture, and one that is not read as drawn is named."""

import shutil

import pytest

from fhc_desktop.imaging.dicom.transfer_syntaxes import DECODINGS, RLE
from fhc_desktop.resources import resource
from fhc_desktop.workflow.decoder_check import undecoded
from tests.decoder_pictures import write_picture
from tests.reading import READERS


@pytest.fixture
def pictures(tmp_path):
    return shutil.copytree(resource("check"), tmp_path / "check")


def test_that_there_is_one_picture_for_each_encoding_and_all_are_read():
    assert {path.stem for path in resource("check").iterdir()} == DECODINGS.keys()
    assert undecoded(resource("check"), READERS) == []


def test_that_an_encoding_whose_picture_cannot_be_read_is_named_with_the_reason(pictures):
    (pictures / f"{RLE}.dcm").write_bytes(bytes(300))

    (fault,) = undecoded(pictures, READERS)

    assert fault.startswith("RLE Lossless: ")
    assert fault.endswith(".")


def test_that_a_decoder_that_gives_other_levels_is_noticed(pictures):
    path = pictures / "1.2.840.10008.1.2.1.dcm"
    path.write_bytes(path.read_bytes()[:-1] + b"\x00")

    (fault,) = undecoded(pictures, READERS)

    assert fault == "Explicit VR Little Endian: 252 grey levels off"


@pytest.mark.parametrize("syntax", DECODINGS)
def test_that_the_pictures_that_are_shipped_can_be_drawn_again(syntax, tmp_path):
    for other in DECODINGS:
        shutil.copy(resource(f"check/{other}.dcm"), tmp_path)
    write_picture(syntax, tmp_path / f"{syntax}.dcm")

    assert undecoded(tmp_path, READERS) == []
