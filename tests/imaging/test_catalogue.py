"""Folders and DICOMDIRs are listed whatever lies in them."""

import os
import shutil
from datetime import date
from pathlib import Path

import pydicom
import pytest

from fhc_desktop.domain.image.ultrasound_image import StudyInfo
from fhc_desktop.imaging.catalogue import is_catalogue, list_images, read_catalogue, read_study
from fhc_desktop.imaging.loader import UnreadableImage
from tests.heads import small_phantom, write_dicom, write_png
from tests.imaging.archives import picture, zipped
from tests.reading import READERS, load_image

PHANTOM = small_phantom()


def listed(path, **options):
    return read_catalogue(path, sandbox=READERS.catalogues, **options)


def in_order(path):
    """Return (path below the place, problem or None) of each item in the order of the place."""
    return [
        (item.path.relative_to(path).as_posix(), getattr(item, "problem", None))
        for item in list_images(path, sandbox=READERS.catalogues)
    ]


def names(catalogue):
    return [image.path.name for image in catalogue.images]


def faults(catalogue):
    return [unlisted.problem for unlisted in catalogue.unlisted]


def shape(catalogue):
    return [
        (
            patient.first.patient_name,
            [[len(series.images) for series in study.series] for study in patient.studies],
        )
        for patient in catalogue.patients
    ]


@pytest.fixture
def disc(tmp_path, shared):
    """A copy of the disc of two patients, without the variants of its DICOMDIR."""
    copy = tmp_path / "disc"
    shutil.copytree(shared / "dicom" / "dicomdir", copy, ignore=shutil.ignore_patterns("*-*"))
    for path in [copy, *copy.rglob("*")]:
        path.chmod(0o755)
    return copy


# --- DICOMDIR ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "variant", ["", "-bigEnd", "-implicit", "-nooffset", "-nopatient", "-reordered"]
)
def test_that_each_variant_of_a_dicomdir_lists_the_same_two_patients(shared, variant):
    found = listed(shared / "dicom" / "dicomdir" / f"DICOMDIR{variant}")

    assert shape(found) == [
        ("Doe, Archibald", [[4], [1, 1, 1]]),
        ("Doe, Peter", [[2, 5], [1, 3], [1, 3, 7], [1, 1]]),
    ]
    assert found.unlisted == ()


def test_that_an_empty_dicomdir_is_told(shared):
    found = listed(shared / "dicom" / "dicomdir" / "DICOMDIR-empty.dcm")

    assert faults(found) == ["DICOMDIR-empty.dcm names no image."]


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


def test_that_a_missing_file_is_told_and_the_others_go_on(disc):
    (disc / "77654033" / "CR1" / "6154").unlink()

    found = listed(disc)

    assert len(found.images) == 30
    assert faults(found) == ["DICOMDIR names 77654033/CR1/6154, which is not there."]


def test_that_small_letters_of_a_mounted_disc_are_the_same_names(disc):
    (disc / "77654033").rename(disc / "x")
    (disc / "x" / "CR1").rename(disc / "x" / "cr1")
    (disc / "x").rename(disc / "77654033")

    assert len(listed(disc).images) == 31


def renamed(directory, place, file_id):
    dataset = pydicom.dcmread(directory)
    images = [r for r in dataset.DirectoryRecordSequence if r.DirectoryRecordType == "IMAGE"]
    images[place].ReferencedFileID = file_id
    dataset.save_as(directory)


@pytest.mark.parametrize(
    "file_id",
    [
        ["..", "SECRET"],
        ["77654033", "..", "..", "SECRET"],
        ["/etc", "passwd"],
        ["LINK"],
        ["LINKED", "SECRET"],
        ["77654033"],
        "",
        "C:\\SECRET",
    ],
)
def test_that_no_dicomdir_leads_out_of_its_folder(disc, file_id):
    secret = write_dicom(PHANTOM, disc.parent / "SECRET")
    (disc / "LINK").symlink_to(secret)
    (disc / "LINKED").symlink_to(disc.parent)
    renamed(disc / "DICOMDIR", 0, file_id)

    found = listed(disc)

    assert len(found.images) == 30
    assert len(found.unlisted) == 1
    assert all(image.path.resolve().is_relative_to(disc.resolve()) for image in found.images)


def test_that_a_broken_dicomdir_is_told_and_the_folder_is_looked_through(disc):
    (disc / "DICOMDIR").write_bytes(b"no DICOMDIR")

    found = listed(disc)

    assert [name for name, _ in shape(found)] == ["Doe, Archibald", "Doe, Peter"]
    assert "DICOMDIR is damaged" in faults(found)[0]


def test_that_records_in_a_circle_end(disc):
    dataset = pydicom.dcmread(disc / "DICOMDIR")
    for record in dataset.DirectoryRecordSequence:
        record.OffsetOfTheNextDirectoryRecord = 396
        record.OffsetOfReferencedLowerLevelDirectoryEntity = 396
    dataset.save_as(disc / "DICOMDIR")

    assert len(listed(disc).images) == 31


# --- folders -------------------------------------------------------------------------------------


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


def test_that_the_folders_below_are_looked_through_in_order(tmp_path):
    for name in ("p10/s1/a.png", "p2/s2/b.png", "p2/s1/c.png", "p2/d.png", "z.png", ".h/x.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(picture())

    assert in_order(tmp_path) == [
        (name, None) for name in ("z.png", "p2/d.png", "p2/s1/c.png", "p2/s2/b.png", "p10/s1/a.png")
    ]


def test_that_folders_are_looked_through_to_a_limit(tmp_path):
    folder = tmp_path
    for number in range(20):
        folder = folder / f"d{number}"
        folder.mkdir()
        (folder / "head.png").write_bytes(picture())

    assert len(in_order(tmp_path)) == 16


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


def test_that_links_in_a_circle_end_and_pipes_do_not_hang(tmp_path):
    (tmp_path / "image.png").write_bytes(picture())
    (tmp_path / "round").symlink_to(tmp_path)
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")

    assert names(listed(tmp_path)) == ["image.png"]


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


@pytest.mark.parametrize("mode", [0o000, 0o400])
def test_that_a_place_without_read_permission_is_told(ordinary_user, users_folder, mode):
    closed = users_folder / "closed"
    with ordinary_user():
        closed.mkdir()
        write_png(PHANTOM, closed / "head.png")
        closed.chmod(mode)
        with pytest.raises(UnreadableImage, match="no permission to read closed"):
            listed(closed)


def test_that_a_folder_that_is_closed_to_us_is_told(users_folder, ordinary_user):
    (users_folder / "a").mkdir()
    (users_folder / "b.png").write_bytes(picture())
    (users_folder / "a").chmod(0)

    with ordinary_user():
        found = listed(users_folder)

    assert names(found) == ["b.png"]
    assert faults(found) == ["You have no permission to read a."]


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
