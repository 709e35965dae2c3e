"""What leaves without its patient names her nowhere: in no header, no text, no file's name."""

import pydicom
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from fhc_desktop.__main__ import main
from tests.e2e.field.drawn_files import drawn
from tests.heads import small_phantom

CANARY = "ZQXNAME"
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")


@pytest.fixture
def folder(tmp_path):
    """A scan and three pictures, with the patient in each place where such files have texts."""
    made = tmp_path / "in"
    scan = drawn(
        made / f"{CANARY}_scan.dcm",
        PatientName=f"{CANARY}^Ada",
        PatientID=f"{CANARY}-1",
        PatientBirthDate="19850312",
        Manufacturer=f"Dr. {CANARY}",
        ManufacturerModelName="Voluson 1985-03-12",
        SeriesNumber="19850312",
        TransducerType=CANARY,
        PatientComments=CANARY,
    )
    assert CANARY.encode() in scan.read_bytes()
    picture = Image.fromarray(small_phantom().gray)
    exif = Image.Exif()
    exif[0x010E] = exif[0x013B] = exif[0x8298] = CANARY
    texts = PngInfo()
    texts.add_text("Patient", CANARY)
    texts.add_itxt("XML:com.adobe.xmp", CANARY, zip=False)
    xmp = f"<x>{CANARY}</x>".encode()
    picture.save(made / "head.png", pnginfo=texts, exif=exif)
    picture.save(
        made / f"{CANARY}.jpg", comment=CANARY.encode(), exif=exif, xmp=xmp, icc_profile=xmp
    )
    iptc = b"\x1c\x02\x05" + len(CANARY).to_bytes(2, "big") + CANARY.encode()
    picture.save(made / "head.tif", tiffinfo={270: CANARY, 315: CANARY, 33723: iptc})
    return made


def copies_of(folder, out):
    assert main(["deidentify", str(folder), "--out", str(out)]) == 0
    return sorted(out.iterdir())


def assert_nothing_of(word, copies):
    for copy in copies:
        assert word.casefold() not in copy.name.casefold()
        content = copy.read_bytes().lower()
        for encoding in ENCODINGS:
            assert word.casefold().encode(encoding) not in content, copy.name


def test_that_scans_and_pictures_leave_without_their_texts(folder, tmp_path):
    copies = copies_of(folder, tmp_path / "out")

    assert [copy.suffix for copy in copies].count(".png") == 3
    assert_nothing_of(CANARY, copies)
    assert_nothing_of("19850312", [copy for copy in copies if copy.suffix == ".dcm"])
    (scan,) = (copy for copy in copies if copy.suffix == ".dcm")
    assert pydicom.dcmread(scan).SequenceOfUltrasoundRegions[0].PhysicalDeltaX


def test_that_the_real_files_leave_without_their_texts(shared, tmp_path):
    folder = shared / "field" / "identifiers_removed" / "in"
    if not folder.is_dir():
        pytest.skip("the cases of the field are not there")

    copies = copies_of(folder, tmp_path / "out")

    assert len(copies) == 4
    assert_nothing_of("ZQX", copies)
