"""A place is looked through in order, to a limit, and never beyond itself."""

import os

import pydicom
import pytest

from fhc_desktop.imaging.loader import UnreadableImage
from tests.heads import small_phantom, write_dicom, write_png
from tests.imaging.archives import picture
from tests.imaging.listing import faults, in_order, listed, names

PHANTOM = small_phantom()


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

    # The one that is named otherwise now is found as a file that nobody named.
    assert len(found.images) == 31
    assert len(found.unlisted) == 1
    assert all(image.path.resolve().is_relative_to(disc.resolve()) for image in found.images)


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


def test_that_links_in_a_circle_end_and_pipes_do_not_hang(tmp_path):
    (tmp_path / "image.png").write_bytes(picture())
    (tmp_path / "round").symlink_to(tmp_path)
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")

    assert names(listed(tmp_path)) == ["image.png"]


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
