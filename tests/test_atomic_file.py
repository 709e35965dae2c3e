import os
import stat

import pytest

from fhc_desktop.atomic_file import (
    file_by_parts,
    make_private_folder,
    write_atomically,
    write_new_file,
    write_to_any_disk,
)

WRITERS = pytest.mark.parametrize("write", [write_atomically, write_to_any_disk])


@WRITERS
def test_that_a_file_is_replaced_whole_and_no_draft_stays(tmp_path, write):
    target = tmp_path / "a.txt"
    write(target, b"old")
    write(target, b"new")

    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


@WRITERS
def test_that_a_folder_in_the_way_stays_and_no_draft_does(tmp_path, write):
    target = tmp_path / "a"
    target.mkdir()
    (target / "inside").touch()

    with pytest.raises(OSError, match=r"directory"):
        write(target, b"new")

    assert list(tmp_path.iterdir()) == [target]


@WRITERS
def test_that_no_draft_stays_whatever_the_fault(tmp_path, write):
    with pytest.raises(TypeError):
        write(tmp_path / "a", "no bytes")

    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def unconfirming(ordinary_user, users_folder):
    """A folder that takes files and confirms no names, as some network disks."""
    place = users_folder / "share"
    with ordinary_user():
        place.mkdir()
        place.chmod(0o300)
        yield place


def test_that_a_disk_that_confirms_no_names_still_takes_a_report(unconfirming):
    write_to_any_disk(unconfirming / "report.pdf", b"whole")

    assert (unconfirming / "report.pdf").read_bytes() == b"whole"


def test_that_what_must_be_there_for_certain_is_not_taken_for_written_unconfirmed(unconfirming):
    with pytest.raises(PermissionError):
        write_atomically(unconfirming / "settings.json", b"whole")


def test_that_a_long_name_is_no_obstacle(tmp_path):
    target = tmp_path / ("ü" * 127)

    write_atomically(target, b"x")

    assert target.read_bytes() == b"x"


def test_that_an_ordinary_file_follows_the_users_umask(tmp_path):
    before = os.umask(0o027)
    try:
        write_atomically(tmp_path / "a", b"")
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


def test_that_a_new_file_never_replaces_one(tmp_path):
    (tmp_path / "key").write_bytes(b"old")

    with pytest.raises(FileExistsError):
        write_new_file(tmp_path / "key", b"new")

    assert (tmp_path / "key").read_bytes() == b"old"


def test_that_only_new_folders_are_closed_to_others(tmp_path):
    tmp_path.chmod(0o755)

    make_private_folder(tmp_path / "a" / "b")
    make_private_folder(tmp_path / "a" / "b")

    modes = [stat.S_IMODE(place.stat().st_mode) for place in (tmp_path, *tmp_path.rglob("*"))]
    assert modes == [0o755, 0o700, 0o700]


def test_that_a_file_by_parts_gets_its_name_when_all_is_there(tmp_path):
    target = tmp_path / "table.csv"

    with file_by_parts(target) as draft:
        draft.write_text("half")
        assert not target.exists()
        assert draft.parent.stat().st_mode & 0o077 == 0
        draft.write_text("whole")

    assert target.read_text() == "whole"
    assert list(tmp_path.iterdir()) == [target]


def test_that_a_file_by_parts_that_is_given_up_leaves_the_old_one(tmp_path):
    target = tmp_path / "table.csv"
    target.write_text("old")

    def give_up():
        with file_by_parts(target) as draft:
            draft.write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        give_up()

    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]
