"""Files that are there, files that are not, and files that are not what they are called."""

import hashlib
import mmap
import os
import subprocess
import sys
from contextlib import contextmanager
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from fhc_desktop.imaging.unreadable import UnreadableImage
from tests.heads import small_phantom, write_dicom, write_png
from tests.imaging.archives import zipped
from tests.imaging.listing import paths_in
from tests.reading import load_image, refusal

LOADS, LOADS_OF_THE_LONG_FORM = 60, 400


@pytest.fixture
def head(tmp_path):
    return write_png(small_phantom(), tmp_path / "head.png")


def test_that_the_source_names_the_file_and_its_digest(head, monkeypatch):
    monkeypatch.chdir(head.parent)

    source = load_image(head.relative_to(head.parent)).image.source

    assert source.path == head.resolve()
    assert source.sha256 == hashlib.sha256(head.read_bytes()).hexdigest()


def test_that_the_pixels_cannot_be_written(head):
    gray = load_image(head).image.gray

    with pytest.raises(ValueError, match="read-only"):
        gray[0, 0] = 1


def test_that_text_named_png_is_refused(tmp_path):
    path = tmp_path / "head.png"
    path.write_text("Head circumference 176 mm\n" * 20)

    assert "is not an image" in refusal(path).problem


@pytest.mark.skipif(os.name != "posix", reason="paths have other limits here")
def test_that_a_file_deeper_than_any_path_is_opened_from_where_it_lies(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for _ in range(25):
        Path("d" * 200).mkdir()
        os.chdir("d" * 200)
    write_png(small_phantom(), Path("head.png"))

    assert np.array_equal(load_image(Path("head.png")).image.gray, small_phantom().gray)


@pytest.mark.skipif(os.name != "posix", reason="names have other limits here")
def test_that_the_longest_name_is_opened(tmp_path):
    path = write_png(small_phantom(), tmp_path / ("ü" * 125 + "x.png"))

    assert len(os.fsencode(path.name)) == 255
    assert paths_in(tmp_path) == [path]
    assert load_image(path).image.rows == small_phantom().image.rows


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
    assert paths_in(folder) == [path]


def test_that_images_are_read_without_qt_or_torch_and_png_without_pydicom(head):
    program = (
        "import sys; from pathlib import Path; from fhc_desktop.imaging.readers import Readers;"
        "Readers().images.load(Path(sys.argv[1]));"
        "print([*{'PySide6', 'torch', 'onnxruntime', 'cv2', 'pydicom'} & {*sys.modules}])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program, str(head)], capture_output=True, text=True, check=True
    )

    assert answer.stdout.strip() == "[]"


def as_file(write):
    def content(phantom, folder):
        return write(phantom, folder / "made").read_bytes()

    return content


def as_member(phantom, folder):
    image = write_png(phantom, folder / "made.png")
    return zipped(folder / "made.zip", [("head", image.read_bytes())]).read_bytes()


CONTENTS = {
    "png": (as_file(write_png), ""),
    "dicom": (as_file(write_dicom), ""),
    "archive": (as_member, "head"),
}


# Another process, as a scanner is: a thread of this one would wait for its turn amid a file.
WRITE = """
import pathlib, sys, time
path, contents = pathlib.Path(sys.argv[1]), [pathlib.Path(p).read_bytes() for p in sys.argv[2:]]
while True:
    for content in contents:
        with path.open("r+b") as file:
            file.write(content)
            file.truncate()
        time.sleep(0.002)
"""


@contextmanager
def rewritten(path, contents):
    """Write one content after the other into a file for as long as this lasts."""
    path.write_bytes(contents[0])
    sources = [path.with_name(f"{number}.source") for number in range(len(contents))]
    for source, content in zip(sources, contents, strict=True):
        source.write_bytes(content)
    writer = subprocess.Popen([sys.executable, "-c", WRITE, str(path), *map(str, sources)])
    try:
        yield
    finally:
        writer.kill()
        writer.wait()


def half_written(contents):
    """What may lie on the disk amid a writing, by its digest: a page is old or new."""
    pairs = list(permutations(contents, 2))
    found = [new[:at] + old[at:] for new, old in pairs for at in range(0, len(new), mmap.PAGESIZE)]
    found += [new + old[len(new) :] for new, old in pairs]  # before its end is cut off
    return {hashlib.sha256(content).hexdigest(): content for content in found}


def outcomes_of_rewriting(kind, folder, count):
    """Load a file that is rewritten all the time; return how often it was opened and refused."""
    content_of, member = CONTENTS[kind]
    contents = [content_of(small_phantom(seed), folder) for seed in (1, 2)]
    path = folder / "rewritten"
    image = path / member if member else path
    pictures = {}
    for content in contents:
        path.write_bytes(content)
        loaded = load_image(image).image
        pictures[loaded.source.sha256] = loaded.pixels_sha256
    opened, refused, amid = 0, 0, []
    with rewritten(path, contents):
        for _ in range(count):
            try:
                loaded = load_image(image).image
            except UnreadableImage:
                refused += 1
            else:
                opened += 1
                if loaded.source.sha256 in pictures:
                    assert pictures[loaded.source.sha256] == loaded.pixels_sha256
                else:
                    amid.append(loaded)
    assert len(pictures) == 2
    for loaded in amid:  # a file of two halves is a file too, and has its own digest
        path.write_bytes(half_written(contents)[loaded.source.sha256])
        assert load_image(image).image.pixels_sha256 == loaded.pixels_sha256
    return opened, refused


@pytest.mark.parametrize("kind", CONTENTS)
def test_that_a_digest_is_that_of_the_picture_shown_whoever_writes_meanwhile(tmp_path, kind):
    assert sum(outcomes_of_rewriting(kind, tmp_path, LOADS)) == LOADS


@pytest.mark.slow
@pytest.mark.parametrize("kind", CONTENTS)
def test_that_four_hundred_digests_are_those_of_the_pictures_shown(tmp_path, kind):
    opened, _ = outcomes_of_rewriting(kind, tmp_path, LOADS_OF_THE_LONG_FORM)

    assert opened > LOADS_OF_THE_LONG_FORM / 2
