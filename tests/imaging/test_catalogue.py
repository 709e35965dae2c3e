"""Folders and DICOMDIRs are listed whatever lies in them."""

import shutil
from datetime import date
from pathlib import Path

import pydicom
import pytest

from fhc_desktop.domain.image.ultrasound_image import StudyInfo
from fhc_desktop.imaging.catalogue import is_catalogue
from fhc_desktop.imaging.described_file import read_study
from fhc_desktop.imaging.loader import UnreadableImage
from tests.heads import small_phantom, write_dicom, write_png
from tests.imaging.archives import picture, zipped
from tests.imaging.listing import faults, in_order, listed, names
from tests.reading import READERS, load_image

PHANTOM = small_phantom()


def test_that_the_folder_of_a_dicomdir_is_listed_by_it(shared):
    folder = shared / "dicom" / "dicomdir" / "TINY_ALPHA"

    (patient,) = listed(folder).patients

    assert patient.first.patient_name == "Citizen, Jan"
    assert [image.instance_number for image in listed(folder).images] == list(range(50))


def test_that_an_archive_of_a_disc_is_listed_by_its_dicomdir(tmp_path, disc):
    members = [
        (str(path.relative_to(disc)), path.read_bytes())
        for path in disc.rglob("*")
        if path.is_file() and "TINY_ALPHA" not in path.parts
    ]

    found = listed(zipped(tmp_path / "disc.zip", members))

    assert len(found.images) == 31
    assert found.images[0].path.is_relative_to(tmp_path / "disc.zip")


def test_that_a_folder_is_listed_with_all_below_it(tmp_path):
    for place in ("a", "a/b", "c"):
        (tmp_path / place).mkdir()
    (tmp_path / "a" / "10.png").write_bytes(picture())
    (tmp_path / "a" / "2.png").write_bytes(picture())
    (tmp_path / "a" / "b" / "x").write_bytes(picture(kind="JPEG"))
    write_dicom(PHANTOM, tmp_path / "c" / "IM1")

    found = listed(tmp_path)

    assert names(found) == ["IM1", "2.png", "10.png", "x"]
    assert (found.images[0].rows, found.images[0].columns) == PHANTOM.gray.shape
    assert found.unlisted == ()


def test_that_images_are_listed_as_people_count_and_a_broken_one_in_its_place(tmp_path):
    for name in ("head10.png", "head2.png", "Head1.PNG", "scan", "head2_Annotation.png"):
        write_png(PHANTOM, tmp_path / name)
    for name in ("IM0003", ".hidden.dcm"):
        write_dicom(PHANTOM, tmp_path / name)
    (tmp_path / "sizes.csv").write_text("filename\n")
    (tmp_path / "broken.jpg").touch()
    (tmp_path / "sub").mkdir()
    write_png(PHANTOM, tmp_path / "sub" / "inner.png")

    assert in_order(tmp_path) == [
        ("broken.jpg", "broken.jpg is empty."),
        *((name, None) for name in ("Head1.PNG", "head2.png", "head10.png", "IM0003", "scan")),
        ("sub/inner.png", None),
    ]


@pytest.mark.parametrize("name", ["inner.zip", "INNER.ZIP", "study/inner"])
def test_that_an_archive_inside_an_archive_is_told(tmp_path, name):
    inner = zipped(tmp_path / "inner.zip", [("a.png", picture())]).read_bytes()
    outer = zipped(
        tmp_path / "outer.zip",
        [(name, inner), ("report.docx", inner), ("__MACOSX/._inner.zip", inner)],
    )

    found = listed(outer)

    assert found.images == ()
    assert faults(found) == [
        f"{Path(name).name} is an archive inside an archive and is not opened."
    ]


def test_that_an_archive_in_a_folder_is_told(tmp_path):
    (tmp_path / "1.png").write_bytes(picture())
    (tmp_path / "sub").mkdir()
    for name in ("old.ZIP", "sub/study", "report.docx", ".hidden.zip"):
        zipped(tmp_path / name, [("a.png", picture())])

    found = listed(tmp_path)

    assert names(found) == ["1.png"]
    assert faults(found) == [
        f"{name} is a ZIP archive and is not looked through with its folder."
        for name in ("old.ZIP", "study")
    ]
    assert {unlisted.remedy for unlisted in found.unlisted} == {"Open the archive by itself."}


def test_that_a_broken_file_is_told_and_the_rest_goes_on(tmp_path):
    (tmp_path / "1.png").write_bytes(picture())
    (tmp_path / "2.png").write_bytes(b"not a picture")
    (tmp_path / "3.png").write_bytes(b"")
    (tmp_path / "4.dcm").write_bytes(bytes(128) + b"DICM" + b"\xff" * 300)
    (tmp_path / "5.png").write_bytes(picture()[:20])
    (tmp_path / "6.png").write_bytes(picture())

    found = listed(tmp_path)

    assert names(found) == ["1.png", "6.png"]
    assert [fault.split()[0] for fault in faults(found)] == ["2.png", "3.png", "4.dcm", "5.png"]


def test_that_an_encoding_that_is_not_read_is_told_by_its_name(tmp_path):
    path = write_dicom(PHANTOM, tmp_path / "IM1")
    dataset = pydicom.dcmread(path)
    dataset.file_meta.TransferSyntaxUID = "1.2.840.10008.1.2.4.100"
    dataset.PixelData = pydicom.encaps.encapsulate([b"video"])
    dataset.save_as(path)

    assert "MPEG2 Main Profile" in faults(listed(tmp_path))[0]


def test_that_what_is_no_image_is_passed_over_in_silence(tmp_path):
    (tmp_path / "image.png").write_bytes(picture())
    (tmp_path / "000_HC_Annotation.png").write_bytes(picture())
    (tmp_path / "notes.txt").write_text("no image")
    (tmp_path / "empty").touch()
    (tmp_path / ".hidden.png").write_bytes(picture())
    report = pydicom.dcmread(write_dicom(PHANTOM, tmp_path / "report"))
    del report.Rows, report.PixelData
    report.SOPClassUID = report.file_meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.88.33"
    report.save_as(tmp_path / "report")

    found = listed(tmp_path)

    assert names(found) == ["image.png"]
    assert found.unlisted == ()


def test_that_a_long_header_is_read_to_its_end(tmp_path):
    path = write_dicom(PHANTOM, tmp_path / "IM1")
    dataset = pydicom.dcmread(path)
    block = dataset.private_block(0x0009, "TEST", create=True)
    block.add_new(0x01, "OB", bytes(300_000))
    dataset.save_as(path)

    (header,) = listed(tmp_path).images

    assert header.rows == PHANTOM.gray.shape[0]


@pytest.mark.parametrize("inside", [None, "notes.txt", "head_Annotation.png"])
def test_that_a_folder_without_images_is_told(tmp_path, inside):
    if inside:
        (tmp_path / inside).write_text("none")

    with pytest.raises(UnreadableImage, match="no images in") as caught:
        listed(tmp_path)

    assert caught.value.remedy == (
        "Choose a folder, DICOMDIR or ZIP archive with PNG, JPEG, BMP, TIFF, DICOM or video files."
    )


def test_that_a_place_that_is_none_is_told(tmp_path):
    image = write_png(PHANTOM, tmp_path / "head.png")

    with pytest.raises(UnreadableImage, match="is not there"):
        listed(tmp_path / "gone")
    with pytest.raises(UnreadableImage, match="is neither a folder, a DICOMDIR nor a ZIP archive"):
        listed(image)


def test_that_listing_ends_when_nobody_waits_for_it_any_more(tmp_path):
    for i in range(5):
        (tmp_path / f"{i}.png").write_bytes(picture())
    answers = iter([True, True, False])

    assert names(listed(tmp_path, go_on=lambda: next(answers))) == ["0.png", "1.png"]


def test_that_a_catalogue_is_told_from_an_image_by_its_content(tmp_path, disc):
    image = tmp_path / "a.png"
    image.write_bytes(picture())
    moved = Path(shutil.copy(disc / "DICOMDIR", tmp_path / "directory.dcm"))

    assert is_catalogue(tmp_path)
    assert is_catalogue(moved)
    assert not is_catalogue(image)
    assert not is_catalogue(tmp_path / "gone")


def test_that_a_header_says_of_patient_and_study_what_the_opened_file_says(tmp_path):
    path = write_dicom(small_phantom(), tmp_path / "head.dcm")
    dataset = pydicom.dcmread(path)
    dataset.LastMenstrualDate, dataset.SeriesDate = "20250828", "20260230"
    # A header that goes on behind the first piece that is looked at.
    dataset.TextValue = "word " * 20_000
    dataset.save_as(path)

    found = read_study(path, sandbox=READERS.catalogues)

    assert found == load_image(path).study
    assert found.last_menstrual_date == date(2025, 8, 28)
    assert len(found.objections) == 1


def test_that_a_picture_that_is_no_dicom_says_nothing_of_a_patient(tmp_path):
    path = write_png(small_phantom(), tmp_path / "head.png")

    assert read_study(path, sandbox=READERS.catalogues) == StudyInfo()
