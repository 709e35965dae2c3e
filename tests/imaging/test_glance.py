"""The first picture of a large file comes from its beginning, before anybody knows the rest."""

import numpy as np
import pydicom
import pytest
from pydicom.encaps import encapsulate
from pydicom.uid import RLELossless

from fhc_desktop.imaging.loader import Loader
from fhc_desktop.imaging.sandbox.sandbox import Sandbox
from tests.heads import small_phantom, write_dicom
from tests.imaging.archives import zipped

ROWS, COLUMNS, FRAMES = 800, 1000, 45


def write_clip(path, *, frames=FRAMES, more=()):
    """A clip of noise without compression, 36 MB; ``more`` are elements of its header."""
    dataset = pydicom.dcmread(write_dicom(small_phantom(), path))
    dataset.Rows, dataset.Columns, dataset.NumberOfFrames = ROWS, COLUMNS, frames
    rng = np.random.default_rng(3)
    pixels = rng.integers(0, 256, (frames, ROWS, COLUMNS), np.uint8)
    dataset.PixelData = pixels.tobytes()
    for tag, value in more:
        dataset.add_new(tag, "OB", value)
    dataset.save_as(path)
    return path


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    return write_clip(tmp_path_factory.mktemp("clip") / "clip.dcm")


@pytest.fixture
def loader():
    sandbox = Sandbox(seconds=120)  # the machine may be busy
    yield Loader(sandbox)
    sandbox.close()


def test_that_it_is_the_first_frame_without_a_digest(clip, loader):
    glimpse = loader.glance(clip)
    whole = loader.load(clip).image

    assert glimpse.pixels_sha256 == whole.pixels_sha256
    assert (glimpse.source.frame_count, glimpse.source.path) == (FRAMES, whole.source.path)
    assert glimpse.source.sha256 == ""
    assert len(whole.source.sha256) == 64


def test_that_what_was_glanced_at_is_read_and_digested_afterwards(clip, loader):
    whole = loader.load(clip).image.source.sha256
    other = Loader(Sandbox(seconds=120))
    other.glance(clip)

    assert other.load(clip).image.source.sha256 == whole


def test_that_a_file_that_was_read_needs_no_glance(clip, loader):
    loader.load(clip)

    assert loader.glance(clip) is None


def test_that_a_still_is_read_at_once(tmp_path, loader):
    assert loader.glance(write_dicom(small_phantom(), tmp_path / "still.dcm")) is None


def test_that_what_is_no_image_is_left_to_whoever_reads_all_of_it(tmp_path, loader):
    (tmp_path / "words.dcm").write_text("no image " * 2**22)

    assert loader.glance(tmp_path / "words.dcm") is None
    assert loader.glance(tmp_path / "nowhere.dcm") is None


def test_that_pixels_behind_the_beginning_are_not_made_up(tmp_path, loader):
    """A header so long that the first frame does not follow it within what is read."""
    path = write_clip(
        tmp_path / "clip.dcm", frames=32, more=[(0x00091010, bytes(8 * 2**20 - 400_000))]
    )

    assert loader.glance(path) is None
    assert loader.load(path).image.rows == ROWS


def test_that_a_compressed_clip_gives_its_first_frame_or_none(tmp_path, loader):
    path = write_dicom(small_phantom(), tmp_path / "clip.dcm")
    dataset = pydicom.dcmread(path)
    dataset.NumberOfFrames = 2
    one = bytes(64) + bytes(2**25)
    dataset.PixelData = encapsulate([one, one])
    dataset["PixelData"].VR = "OB"
    dataset.file_meta.TransferSyntaxUID = RLELossless
    dataset.save_as(path)

    assert loader.glance(path) is None


def test_that_what_lies_in_an_archive_is_unpacked_once_and_not_twice(clip, tmp_path, loader):
    archive = zipped(tmp_path / "disc.zip", [("clip.dcm", clip.read_bytes())])

    assert loader.glance(archive / "clip.dcm") is None
