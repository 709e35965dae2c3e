"""What tells that a file is still the one that was measured."""

import os
from pathlib import Path

from fhc_desktop.imaging.files.file_stamp import FileStamps
from tests.imaging.archives import picture, zipped


def stamp(path):
    return FileStamps().stamp(path)


def test_that_a_file_that_is_written_again_has_another_stamp_and_a_read_one_has_not(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(b"first")
    times = path.stat().st_atime_ns, path.stat().st_mtime_ns
    before = stamp(path)
    path.read_bytes()
    assert stamp(path) == before

    path.write_bytes(b"other")
    os.utime(path, ns=times)  # as a copy that keeps the times does

    assert stamp(path) != before


def test_that_a_table_beside_a_file_or_above_it_is_part_of_its_stamp(tmp_path):
    path = tmp_path / "series" / "a.png"
    path.parent.mkdir()
    path.touch()
    found = [stamp(path)]
    for table in (path.parent / "sizes.csv", tmp_path / "series_pixel_size.TSV"):
        table.write_text("filename,pixel size(mm)")
        found.append(stamp(path))
        table.write_text("filename,pixel size(mm)\na.png,0.1")
        found.append(stamp(path))
    (tmp_path / "notes.txt").write_text("nothing of sizes")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "sizes.csv").touch()

    assert len({one.tables for one in found}) == 5
    assert stamp(path) == found[-1]


def test_that_a_member_changes_with_its_archive(tmp_path):
    archive = zipped(tmp_path / "a.zip", [("a/b.png", picture())])
    before = stamp(archive / "a" / "b.png")
    zipped(archive, [("a/b.png", picture()), ("c.png", picture())])

    assert before.own
    assert stamp(archive / "a" / "b.png") != before


def test_that_what_cannot_be_looked_at_has_an_empty_stamp(tmp_path):
    assert stamp(tmp_path / "none.png").own == ()
    assert stamp(Path("a\0b")).own == ()
