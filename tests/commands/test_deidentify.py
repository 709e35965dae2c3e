"""fhc-desktop deidentify: copies under pseudonyms, and the word that nobody has looked at them."""

import pydicom
import pytest

from fhc_desktop.__main__ import main
from tests.heads import small_phantom, write_dicom, write_png
from tests.reading import load_image

PHANTOM = small_phantom()


def deidentify(capsys, *arguments):
    """Return exit status, standard output and standard error; wrong use ends by itself."""
    try:
        status = main(["deidentify", *map(str, arguments)])
    except SystemExit as ended:
        status = ended.code
    said = capsys.readouterr()
    return status, said.out, said.err


@pytest.fixture
def scans(tmp_path):
    folder = tmp_path / "scans"
    folder.mkdir()
    write_dicom(PHANTOM, folder / "Miller_Anna_1.dcm")
    write_dicom(PHANTOM, folder / "Miller_Anna_2.dcm")
    write_png(PHANTOM, folder / "miller.png")
    return folder


def test_that_a_folder_is_copied_under_pseudonyms(capsys, scans, tmp_path):
    out = tmp_path / "made" / "here"

    status, said, err = deidentify(capsys, scans, "--out", out)

    copies = sorted(out.iterdir())
    assert status == 0
    assert err == ""
    assert [copy.suffix for copy in copies].count(".dcm") == 2
    assert not any("iller" in copy.name for copy in copies)
    first, second = (copy for copy in copies if copy.suffix == ".dcm")
    assert first.name.endswith("-001.dcm")
    assert second.name == first.name.replace("-001", "-002")
    assert pydicom.dcmread(first).PatientID + "-001.dcm" == first.name
    assert load_image(first).image.rows == PHANTOM.gray.shape[0]
    assert said.count("→") == 3
    assert "Nobody has looked at these pictures" in said


def test_that_a_bad_file_is_told_and_the_rest_goes_on(capsys, scans, tmp_path):
    (scans / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n")

    status, said, err = deidentify(capsys, scans, "--out", tmp_path / "out")

    assert status == 1
    assert said.count("→") == 3
    assert "broken.png" in err


def test_that_an_output_that_is_a_file_is_wrong_use(capsys, scans):
    status, _, err = deidentify(capsys, scans, "--out", scans / "miller.png")

    assert status == 2
    assert "miller.png is no folder" in err


def test_that_an_earlier_copy_is_never_overwritten(capsys, scans, tmp_path):
    for _ in range(2):
        deidentify(capsys, scans / "Miller_Anna_1.dcm", "--out", tmp_path / "out")

    assert len(list((tmp_path / "out").iterdir())) == 2


def test_that_copies_of_an_earlier_run_below_the_folder_are_not_copied_again(capsys, scans):
    deidentify(capsys, scans, "--out", scans / "copies")
    status, said, _ = deidentify(capsys, scans, "--out", scans / "copies")

    assert status == 0
    assert said.count("→") == 3
    assert len(list((scans / "copies").iterdir())) == 6
