"""Only ordinary files are opened, and what is not says why."""

import os

import pytest

from fhc_desktop.imaging.loader import UnreadableImage
from tests.heads import small_phantom, write_png
from tests.imaging.listing import paths_in
from tests.reading import refusal


@pytest.fixture
def head(tmp_path):
    return write_png(small_phantom(), tmp_path / "head.png")


def test_that_an_empty_file_is_refused(tmp_path):
    path = tmp_path / "head.png"
    path.touch()

    assert "is empty" in refusal(path).problem


def test_that_a_vanished_file_is_refused(head):
    head.unlink()

    assert "is not there" in refusal(head).problem


def test_that_a_folder_is_refused(tmp_path):
    assert "is a folder" in refusal(tmp_path).problem


def test_that_a_name_that_cannot_exist_is_refused(tmp_path):
    assert "is not the name of a file" in refusal(tmp_path / "head\0.png").problem


@pytest.mark.skipif(os.name != "posix", reason="paths have other limits here")
@pytest.mark.parametrize("parts", [["n" * 256 + ".png"], ["d" * 200] * 25 + ["head.png"]])
def test_that_a_path_beyond_the_systems_limits_is_refused_as_such(tmp_path, parts):
    found = refusal(tmp_path.joinpath(*parts))

    assert "longer than this system allows" in found.problem
    assert len(found.problem) < 150
    with pytest.raises(UnreadableImage, match="longer than this system allows"):
        paths_in(tmp_path.joinpath(*parts))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_that_a_pipe_is_refused_instead_of_waited_for(tmp_path):
    os.mkfifo(tmp_path / "head.png")

    assert "is not an ordinary file" in refusal(tmp_path / "head.png").problem


def test_that_a_file_without_read_permission_is_refused(ordinary_user, users_folder):
    path = write_png(small_phantom(), users_folder / "head.png")
    path.chmod(0o000)

    with ordinary_user():
        assert paths_in(users_folder) == [path]
        assert "no permission to read head.png" in refusal(path).problem


def test_that_an_image_that_cannot_be_looked_up_is_refused(ordinary_user, users_folder):
    closed = users_folder / "closed"
    closed.mkdir()
    path = write_png(small_phantom(), closed / "head.png")
    closed.chmod(0o000)

    with ordinary_user():
        assert "no permission to read head.png" in refusal(path).problem
