"""A disc is listed by its DICOMDIR, whatever its files are called, and with what it forgot."""

import shutil

import pydicom
import pytest

from tests.imaging.archives import picture, zipped
from tests.imaging.discs import FOLDER, burnt, head, renamed
from tests.imaging.listing import faults, listed, names


@pytest.fixture(scope="module")
def burnt_disc(tmp_path_factory):
    return burnt(tmp_path_factory.mktemp("burnt") / "cd")


@pytest.fixture
def cd(tmp_path, burnt_disc):
    return shutil.copytree(burnt_disc, tmp_path / "cd")


def packed(disc):
    files = [path for path in sorted(disc.rglob("*")) if path.is_file()]
    members = [(path.relative_to(disc).as_posix(), path.read_bytes()) for path in files]
    return zipped(disc.with_suffix(".zip"), members)


RENAMES = {
    "with .dcm": lambda name: f"{name}.dcm",
    "with .DCM": lambda name: f"{name}.DCM",
    "with the version": lambda name: f"{name};1",
    "with a dot": lambda name: f"{name}.",
    "with a dot and the version": lambda name: f"{name}.;1",
    "in small letters": str.lower,
    "in small letters with .dcm": lambda name: f"{name.lower()}.dcm",
}


@pytest.mark.parametrize("rename", RENAMES.values(), ids=RENAMES)
@pytest.mark.parametrize("place", [lambda disc: disc, packed], ids=["folder", "archive"])
def test_that_a_copied_disc_is_listed_by_its_directory(cd, place, rename):
    found = listed(place(renamed(cd, rename)))

    assert names(found) == [rename("IM000000"), rename("IM000001")]
    assert [image.instance_number for image in found.images] == [1, 2]
    assert found.unlisted == ()


@pytest.mark.parametrize("name", ["dicomdir", "DICOMDIR.", "DICOMDIR;1", "DICOMDIR.dcm"])
def test_that_the_directory_itself_may_be_spelled_otherwise(cd, name):
    (cd / "DICOMDIR").rename(cd / name)
    (cd / "PT000000").rename(cd / "pt000000")

    found = listed(cd)

    assert names(found) == ["IM000000", "IM000001"]
    assert found.unlisted == ()


@pytest.mark.parametrize("place", [lambda disc: disc, packed], ids=["folder", "archive"])
def test_that_a_file_that_the_directory_forgot_is_listed(cd, place):
    head(cd.joinpath(*FOLDER, "IM000002"), 3)
    (cd / "VIEWER").mkdir()
    (cd / "VIEWER" / "logo.png").write_bytes(picture())
    (cd / "README.TXT").write_text("Start VIEWER.EXE")

    found = listed(place(cd))

    assert names(found) == ["IM000000", "IM000001", "IM000002"]
    assert found.unlisted == ()


def test_that_a_file_that_was_moved_is_missing_and_listed_where_it_is(cd):
    shutil.move(cd.joinpath(*FOLDER, "IM000001"), cd / "MOVED")

    found = listed(cd)

    assert names(found) == ["IM000000", "MOVED"]
    assert faults(found) == [f"DICOMDIR names {'/'.join(FOLDER)}/IM000001, which is not there."]


def test_that_of_two_files_for_one_name_neither_is_guessed(cd):
    renamed(cd, lambda name: f"{name}.dcm")
    head(cd.joinpath(*FOLDER, "im000000"), 3)

    found = listed(cd)

    assert sorted(names(found)) == ["IM000000.dcm", "IM000001.dcm", "im000000"]
    (fault,) = faults(found)
    assert fault.startswith(f"DICOMDIR names {'/'.join(FOLDER)}/IM000000, and IM000000.dcm and ")
    assert fault.endswith("im000000 may each be that: they are listed by what they say.")


def test_that_of_two_files_the_one_of_exactly_this_name_is_meant(cd):
    head(cd.joinpath(*FOLDER, "IM000000.dcm"), 3)

    found = listed(cd)

    assert sorted(names(found)) == ["IM000000", "IM000000.dcm", "IM000001"]
    assert found.unlisted == ()


def test_that_what_is_no_dicom_is_no_second_file_of_that_name(cd):
    renamed(cd, lambda name: f"{name}.dcm")
    cd.joinpath(*FOLDER, "IM000000.img").write_bytes(picture())

    assert listed(cd).unlisted == ()


def test_that_a_disc_in_a_folder_of_a_disc_is_its_own(cd, burnt_disc):
    shutil.copytree(burnt_disc, cd / "OTHER")

    assert len(listed(cd).images) == 2
    assert len(listed(cd / "OTHER").images) == 2


@pytest.mark.parametrize("name", ["LINK", "LINK.dcm"])
def test_that_no_link_leads_out_of_a_disc(cd, tmp_path, name):
    (cd / name).symlink_to(head(tmp_path / "secret.dcm", 3))
    cd.joinpath(*FOLDER, "IM000001").rename(cd / "X")
    (cd.joinpath(*FOLDER) / "IM000001.dcm").symlink_to(tmp_path / "secret.dcm")

    found = listed(cd)

    assert names(found) == ["IM000000", "X"]
    assert len(found.unlisted) == 1


def test_that_a_directory_that_names_nothing_hides_nothing(cd):
    directory = pydicom.dcmread(cd / "DICOMDIR")
    directory.DirectoryRecordSequence = []
    directory.save_as(cd / "DICOMDIR")

    found = listed(cd)

    assert names(found) == ["IM000000", "IM000001"]
    assert faults(found) == ["DICOMDIR names no image."]


def test_that_names_in_a_directory_are_read_as_utf_8(tmp_path):
    disc = burnt(tmp_path / "cd", 1, PatientName="Mxxller^Bxxrbel")
    content = (disc / "DICOMDIR").read_bytes()
    content = content.replace(b"Mxxller^Bxxrbel", "Müller^Bärbel".encode())
    (disc / "DICOMDIR").write_bytes(content)

    assert listed(disc).patients[0].first.patient_name == "Müller, Bärbel"
