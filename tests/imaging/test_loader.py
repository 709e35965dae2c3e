"""Files that are there, files that are not, and files that are not what they are called."""

import hashlib
import os
import subprocess
import sys
from contextlib import contextmanager

import numpy as np
import pytest

from fhc_desktop.imaging.loader import UnreadableImage, list_images, load_image
from tests.phantoms import small_phantom, write_dicom, write_png


@pytest.fixture
def head(tmp_path):
    return write_png(small_phantom(), tmp_path / "head.png")


@contextmanager
def _as_nobody():
    """Root may read everything: step down to a user who may not."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def refusal(path, **options):
    with pytest.raises(UnreadableImage) as caught:
        load_image(path, **options)
    for sentence in (caught.value.problem, caught.value.remedy):
        assert sentence.endswith(".")
        assert "\n" not in sentence
    return caught.value


def test_that_the_source_names_the_file_and_its_digest(head, monkeypatch):
    monkeypatch.chdir(head.parent)

    source = load_image(head.relative_to(head.parent)).image.source

    assert source.path == head.resolve()
    assert source.sha256 == hashlib.sha256(head.read_bytes()).hexdigest()


def test_that_the_pixels_cannot_be_written(head):
    gray = load_image(head).image.gray

    with pytest.raises(ValueError, match="read-only"):
        gray[0, 0] = 1


def test_that_an_empty_file_is_refused(tmp_path):
    path = tmp_path / "head.png"
    path.touch()

    assert "is empty" in refusal(path).problem


def test_that_text_named_png_is_refused(tmp_path):
    path = tmp_path / "head.png"
    path.write_text("Head circumference 176 mm\n" * 20)

    assert "is not an image" in refusal(path).problem


def test_that_a_vanished_file_is_refused(head):
    (listed,) = list_images(head.parent)
    head.unlink()

    assert "is not there" in refusal(listed).problem


def test_that_a_folder_is_refused(tmp_path):
    assert "is a folder" in refusal(tmp_path).problem


def test_that_a_name_that_cannot_exist_is_refused(tmp_path):
    assert "is not the name of a file" in refusal(tmp_path / "head\0.png").problem
    assert "cannot be opened" in refusal(tmp_path / ("long" * 100)).problem


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_that_a_pipe_is_refused_instead_of_waited_for(tmp_path):
    os.mkfifo(tmp_path / "head.png")

    assert "is not an ordinary file" in refusal(tmp_path / "head.png").problem


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions are other here")
def test_that_a_file_without_read_permission_is_refused(head):
    head.chmod(0o000)

    with _as_nobody():
        assert "no permission" in refusal(head).problem


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions are other here")
def test_that_a_folder_without_read_permission_is_refused(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o000)

    with _as_nobody(), pytest.raises(UnreadableImage, match="no permission"):
        list_images(closed)


@pytest.mark.parametrize("frame", [-1, 0, 2])
@pytest.mark.parametrize("write", [write_png, write_dicom])
def test_that_a_frame_that_does_not_exist_is_refused(tmp_path, write, frame):
    path = write(small_phantom(), tmp_path / "head")

    assert "it has 1 frame." in refusal(path, frame=frame).problem


@pytest.mark.parametrize("write", [write_png, write_dicom])
def test_that_long_and_foreign_paths_are_opened(tmp_path, write):
    folder = tmp_path
    for part in ("Ultraschall-Köpfe", "超音波画像", "صور", "x" * 200, "y" * 200):
        folder /= part
    folder.mkdir(parents=True)
    path = write(small_phantom(), folder / "голова 🤰.img")

    assert np.array_equal(load_image(path).image.gray, small_phantom().gray)
    assert list_images(folder) == [path]


def test_that_a_refusal_stays_printable_whatever_the_name(tmp_path):
    path = tmp_path / os.fsdecode(b"head\xff\n" + b"n" * 150)
    path.touch()

    problem = refusal(path).problem

    assert problem.encode("utf-8")
    assert len(problem) < 120


def test_that_a_folder_lists_its_images_as_people_count(tmp_path):
    phantom = small_phantom()
    for name in ("head10.png", "head2.png", "Head1.PNG", "scan", "head2_Annotation.png"):
        write_png(phantom, tmp_path / name)
    for name in ("IM0003", "DICOMDIR", ".hidden.dcm"):
        write_dicom(phantom, tmp_path / name)
    (tmp_path / "sizes.csv").write_text("filename\n")
    (tmp_path / "broken.jpg").touch()
    (tmp_path / "sub").mkdir()
    write_png(phantom, tmp_path / "sub" / "inner.png")

    assert [path.name for path in list_images(tmp_path)] == [
        "broken.jpg", "Head1.PNG", "head2.png", "head10.png", "IM0003", "scan",
    ]  # fmt: skip


def test_that_a_folder_without_images_is_refused(tmp_path):
    (tmp_path / "notes.txt").write_text("none")

    with pytest.raises(UnreadableImage, match="no images in it"):
        list_images(tmp_path)


def test_that_a_missing_folder_or_a_file_cannot_be_listed(head):
    with pytest.raises(UnreadableImage, match="is not there"):
        list_images(head.parent / "gone")
    with pytest.raises(UnreadableImage, match="is not a folder"):
        list_images(head)


def test_that_images_are_read_without_qt_or_torch_and_png_without_pydicom(head):
    program = (
        "import sys; from pathlib import Path; from fhc_desktop.imaging.loader import load_image;"
        "load_image(Path(sys.argv[1]));"
        "print([m for m in ('PySide6', 'torch', 'cv2', 'pydicom') if m in sys.modules])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program, str(head)], capture_output=True, text=True, check=True
    )

    assert answer.stdout.strip() == "[]"
