"""A ZIP archive is read where it lies, within limits, and puts nothing on a disk."""

import os
import resource
import shutil
import stat
import zipfile
from pathlib import Path

import pytest

from fhc_desktop.imaging.catalogue import is_catalogue, read_catalogue
from fhc_desktop.imaging.files.archive import MOST_MEMBERS
from fhc_desktop.imaging.loader import UnreadableImage
from tests.heads import small_phantom, write_dicom, write_pixel_size_table, write_png
from tests.imaging.archives import entry, link, picture, zipped
from tests.reading import READERS, load_image

PHANTOM = small_phantom()


def listed(path):
    return read_catalogue(path, sandbox=READERS.catalogues)


def names(catalogue):
    return [image.path.name for image in catalogue.images]


def faults(catalogue):
    return [unlisted.problem for unlisted in catalogue.unlisted]


def refusal(path):
    with pytest.raises(UnreadableImage) as caught:
        listed(path)
    return caught.value.problem


def test_that_an_image_in_an_archive_is_the_image_itself(tmp_path):
    plain = write_dicom(PHANTOM, tmp_path / "head.dcm")
    archive = zipped(tmp_path / "export.zip", [("study/IM1", plain.read_bytes())])

    (header,) = listed(archive).images
    packed, unpacked = load_image(header.path), load_image(plain)

    assert header.path == archive / "study" / "IM1"
    assert packed.image.source.sha256 == unpacked.image.source.sha256
    assert packed.image.source.path == archive.resolve() / "study" / "IM1"
    assert (packed.image.gray == unpacked.image.gray).all()
    assert packed.calibration == unpacked.calibration
    assert packed.study == unpacked.study


def test_that_the_table_in_an_archive_gives_the_pixel_size_of_its_images(tmp_path):
    image = write_png(PHANTOM, tmp_path / "head.png")
    table = write_pixel_size_table(tmp_path, {"head.png": 0.25})
    archive = zipped(
        tmp_path / "hc18.zip",
        [("set/head.png", image.read_bytes()), ("set_pixel_size.csv", table.read_bytes())],
    )
    table.unlink()

    (candidate,) = load_image(archive / "set" / "head.png").calibration.candidates

    assert candidate.calibration.mm_per_column == 0.25
    assert candidate.calibration.detail == "set_pixel_size.csv"


def test_that_reading_an_archive_leaves_nothing_on_the_disk(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    archive = zipped(tmp_path / "a.zip", [("b.png", picture()), ("c.png", picture(7))])

    for header in listed(archive).images:
        load_image(header.path)

    assert list(tmp_path.iterdir()) == [archive]


@pytest.mark.parametrize(
    "name",
    [
        "../out.png",
        "a/../../out.png",
        "/etc/out.png",
        "C:/out.png",
        "C:\\out.png",
        "..\\out.png",
        "\\\\server\\share\\out.png",
        "out.png:stream",
    ],
)
def test_that_a_name_that_leads_out_is_told_and_the_others_go_on(tmp_path, name):
    archive = zipped(tmp_path / "a.zip", [(entry(name), picture()), ("good.png", picture())])

    found = listed(archive)

    assert names(found) == ["good.png"]
    (fault,) = faults(found)
    assert "leads out of the archive" in fault
    with pytest.raises(UnreadableImage):
        load_image(archive / name)


def renamed(archive, name, other):
    """Write another name of the same length into an archive, which zipfile itself never would."""
    archive.write_bytes(archive.read_bytes().replace(name.encode(), other))
    return archive


def test_that_a_member_without_a_name_is_told_and_the_others_go_on(tmp_path):
    members = [("head.png", picture()), ("none.png", picture())]
    archive = renamed(zipped(tmp_path / "a.zip", members), "none.png", b"\0one.png")

    found = listed(archive)

    assert names(found) == ["head.png"]
    assert faults(found) == ["A file without a name is in the archive, and is not opened."]


def test_that_an_archive_of_nothing_but_a_nameless_file_is_one_sentence(tmp_path):
    archive = renamed(zipped(tmp_path / "a.zip", [("x", picture())]), "x", b"\0")

    assert len(faults(listed(archive))) == 1


@pytest.mark.parametrize("mode", [stat.S_IFLNK | 0o777, stat.S_IFCHR | 0o600, stat.S_IFIFO | 0o600])
def test_that_a_link_or_a_device_is_not_opened(tmp_path, mode):
    archive = zipped(tmp_path / "a.zip", [(entry("a.png", mode=mode), b"/etc/passwd")])

    assert "is a link or a device" in faults(listed(archive))[0]


def test_that_a_link_in_the_middle_of_the_others_hides_none_of_them(tmp_path):
    members = [("1.png", picture()), (link("2.png"), b"1.png"), ("3.png", picture())]

    assert names(listed(zipped(tmp_path / "a.zip", members))) == ["1.png", "3.png"]


def test_that_of_two_members_of_one_name_neither_is_opened(tmp_path):
    with pytest.warns(UserWarning, match="Duplicate"):
        archive = zipped(
            tmp_path / "a.zip",
            [("a.png", picture(1)), ("a.png", picture(2)), ("./b.png", picture()), ("c.png", b"")],
        )

    found = listed(archive)

    assert names(found) == ["b.png"]
    assert "c.png is empty" in faults(found)[0]
    assert "more than once" in faults(found)[1]


def test_that_a_locked_member_is_told(tmp_path):
    archive = zipped(tmp_path / "a.zip", [("a.png", picture()), ("b.png", picture())])
    packed = bytearray(archive.read_bytes())
    for sign, flags_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        packed[packed.index(sign) + flags_at] |= 1
    archive.write_bytes(packed)

    found = listed(archive)

    assert faults(found) == ["a.png is locked with a password."]
    assert names(found) == ["b.png"]


def test_that_an_uncommon_packing_is_told(tmp_path):
    archive = zipped(tmp_path / "a.zip", [("a.png", picture())], zipfile.ZIP_LZMA)

    assert "only plain and deflated files" in faults(listed(archive))[0]


def test_that_a_member_that_swells_is_told_and_the_others_go_on(tmp_path):
    swelling = picture() + bytes(20_000_000)
    others = os.urandom(200_000)
    archive = zipped(tmp_path / "a.zip", [("a.png", swelling), ("b.png", picture() + others)])

    found = listed(archive)

    assert names(found) == ["b.png"]
    assert "more than 200 times its size" in faults(found)[0]


def test_that_an_archive_that_swells_as_a_whole_is_refused_before_it_is_unpacked(tmp_path):
    members = [(f"{i}.png", bytes(900_000)) for i in range(40)]

    assert "unpacks to more than 200 times" in refusal(zipped(tmp_path / "a.zip", members))


def test_that_an_archive_of_too_many_files_is_refused(tmp_path):
    members = [(f"{i}", b"") for i in range(MOST_MEMBERS + 1)]

    assert "more than 10,000 files" in refusal(zipped(tmp_path / "a.zip", members))


def test_that_a_table_of_contents_beyond_any_is_refused_with_little_memory(tmp_path):
    members = [(f"{i:060000}", b"") for i in range(80)]
    archive = zipped(tmp_path / "a.zip", members, zipfile.ZIP_STORED)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    assert "damaged or incomplete" in refusal(archive)

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000


def test_that_what_is_said_of_a_size_is_never_exceeded(tmp_path):
    archive = zipped(tmp_path / "a.zip", [("a.png", picture() + bytes(5_000_000))])
    packed = bytearray(archive.read_bytes())
    at = packed.index(b"PK\x01\x02")
    packed[at + 24 : at + 28] = (100).to_bytes(4, "little")
    archive.write_bytes(packed)

    with pytest.raises(UnreadableImage, match="damaged"):
        load_image(archive / "a.png")


def test_that_every_cut_of_an_archive_ends_in_a_sentence_or_a_list(tmp_path):
    whole = zipped(tmp_path / "a.zip", [("a.png", picture()), ("b.png", picture())]).read_bytes()
    for length in range(4, len(whole), 7):
        cut = tmp_path / "cut.zip"
        cut.write_bytes(whole[:length])
        assert "damaged or incomplete" in refusal(cut)


def test_that_an_archive_within_an_archive_is_passed_over(tmp_path):
    inner = zipped(tmp_path / "inner.zip", [("a.png", picture())])
    outer = zipped(tmp_path / "o.zip", [("inner.zip", inner.read_bytes()), ("b.png", picture())])

    assert names(listed(outer)) == ["b.png"]


def test_that_an_archive_is_known_by_its_content(tmp_path):
    archive = zipped(tmp_path / "a.zip", [("a.png", picture())])
    renamed = Path(shutil.copy(archive, tmp_path / "export"))
    (tmp_path / "text.zip").write_text("no archive at all")

    assert is_catalogue(renamed)
    assert names(listed(renamed)) == ["a.png"]
    assert not is_catalogue(tmp_path / "text.zip")


def test_that_a_vanished_archive_is_told_when_its_image_is_opened(tmp_path):
    archive = zipped(tmp_path / "a.zip", [("a.png", picture())])
    archive.unlink()

    with pytest.raises(UnreadableImage, match="is not there"):
        load_image(archive / "a.png")


def test_that_an_archive_itself_is_not_an_image(tmp_path):
    archive = zipped(tmp_path / "a.zip", [("a.png", picture())])

    with pytest.raises(UnreadableImage, match="is a ZIP archive, not an image"):
        load_image(archive)
