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


def test_that_the_devices_names_are_shown_and_kept_by_a_word_only(capsys, scans, tmp_path):
    path, out = scans / "Miller_Anna_1.dcm", tmp_path / "out"
    dataset = pydicom.dcmread(path)
    dataset.SpecificCharacterSet = "ISO_IR 100"
    dataset.Manufacturer, dataset.ManufacturerModelName = "GE Healthcare", "Praxis Gräf"
    dataset.save_as(path)

    _, said, _ = deidentify(capsys, path, "--out", out)
    (first,) = out.iterdir()
    assert "The copies name the device: “GE Healthcare”." in said
    assert "Not named, since no list of makers has it or it is somebody's: “Praxis Gräf”" in said
    assert b"Praxis" not in first.read_bytes()

    keep = ("--keep-device-name", "Praxis Gräf", "--keep-device-name", "Sonomax")
    _, said, _ = deidentify(capsys, path, "--out", out, *keep)
    (second,) = set(out.iterdir()) - {first}
    assert "The copies name the device: “GE Healthcare”, “Praxis Gräf”." in said
    assert "In no copy: “Sonomax”." in said
    assert pydicom.dcmread(second).ManufacturerModelName == "Praxis Gräf"


def test_that_a_scale_that_had_to_go_is_told(capsys, scans, tmp_path):
    path = scans / "Miller_Anna_1.dcm"
    dataset = pydicom.dcmread(path)
    dataset.PatientBirthDate = "19850312"
    (region,) = dataset.SequenceOfUltrasoundRegions
    region.PhysicalDeltaX = region.PhysicalDeltaY = 0.0519850312
    dataset.save_as(path)

    status, said, _ = deidentify(capsys, path, "--out", tmp_path / "out")

    assert status == 0
    assert "Without its scale" in said


def test_that_a_file_whose_pixels_would_lose_their_shape_is_refused(capsys, scans, tmp_path):
    path = scans / "Miller_Anna_1.dcm"
    dataset = pydicom.dcmread(path)
    dataset.PatientBirthDate = "19850312"
    dataset.SequenceOfUltrasoundRegions[0].PhysicalDeltaX = 0.0519850312
    dataset.save_as(path)

    status, _, err = deidentify(capsys, path, "--out", tmp_path / "out")

    assert status == 1
    assert "a shape in numbers that no copy may keep" in err


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
