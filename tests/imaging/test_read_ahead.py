"""An image is read before anybody asks for it: the very same is handed over, or none."""

import shutil
import sys
import time

import numpy as np
import pytest

from fhc_desktop.imaging.loader import Loader
from fhc_desktop.imaging.sandbox.protocol import GREETING
from fhc_desktop.imaging.sandbox.sandbox import Sandbox
from fhc_desktop.imaging.unreadable import UnreadableImage
from fhc_desktop.own_process import begin_decoder, begin_unheard
from tests.heads import small_phantom, write_pixel_size_table, write_png
from tests.imaging.test_glance import write_clip
from tests.reading import load_image

PATIENCE_S = 60


@pytest.fixture(scope="module")
def loader():
    sandbox = Sandbox(seconds=120)  # the machine may be busy
    yield Loader(sandbox)
    sandbox.close()


@pytest.fixture
def hanging():
    """A loader whose decoder never answers."""
    greet = f"import os, time\nos.write(1, {GREETING!r})\ntime.sleep(600)"
    sandbox = Sandbox([sys.executable, "-c", greet], seconds=120)
    yield Loader(sandbox)
    sandbox.close()


@pytest.fixture
def head(tmp_path):
    return write_png(small_phantom(seed=1), tmp_path / "head.png")


@pytest.fixture
def other(tmp_path):
    return write_png(small_phantom(seed=2), tmp_path / "other.png")


def read_ahead(loader, path):
    """Return what was read ahead, when nothing more comes."""
    ahead = loader.read_ahead(path)
    wait_until(lambda: ahead.is_over)
    return ahead


def wait_until(is_so):
    ends = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < ends
        time.sleep(0.001)


def test_that_its_pixels_are_handed_over_and_not_decoded_again(loader, head):
    ahead = read_ahead(loader, head)
    loaded = loader.load(head)

    assert loaded.image.gray is ahead.picture.gray
    assert loaded.image.source == ahead.picture.source
    assert np.array_equal(loaded.image.gray, small_phantom(seed=1).gray)


def test_that_its_pixels_can_be_looked_at_before_anything_else_is_known_of_it(loader, head):
    ahead = loader.read_ahead(head)
    wait_until(lambda: ahead.bare is not None)
    bare = ahead.bare
    ahead.note_seen()

    loaded = loader.load(head).image
    assert np.shares_memory(loaded.gray, np.frombuffer(bare.gray, np.uint8))
    assert (bare.rows, bare.columns) == loaded.gray.shape


def test_that_it_is_looked_at_in_the_shape_that_a_table_gives_its_pixels(loader, head):
    table = "filename,pixel width (mm),pixel height (mm)\nhead.png,0.2,0.3\n"
    (head.parent / "sizes.csv").write_text(table)
    ahead = read_ahead(loader, head)

    assert ahead.bare.pixel_aspect == loader.load(head).image.pixel_aspect == pytest.approx(1.5)


def test_that_all_else_is_as_without_it(loader, head):
    read_ahead(loader, head)
    ahead, now = loader.load(head), load_image(head)

    assert (ahead.study, ahead.calibration) == (now.study, now.calibration)
    assert ahead.image.source == now.image.source


def test_that_they_are_handed_over_once(loader, head):
    first = read_ahead(loader, head).picture

    assert loader.load(head).image.gray is first.gray
    assert loader.load(head).image.gray is not first.gray


def test_that_who_asks_before_it_is_read_waits_for_it(loader, head):
    ahead = loader.read_ahead(head)

    assert loader.load(head).image.gray is ahead.picture.gray


def test_that_another_image_is_another_one_and_ends_it(loader, head, other):
    ahead = read_ahead(loader, head)

    assert np.array_equal(loader.load(other).image.gray, small_phantom(seed=2).gray)
    assert not ahead.is_wanted()
    assert loader.load(head).image.gray is not ahead.picture.gray


def test_that_another_frame_is_not_what_was_read_ahead(loader, head):
    read_ahead(loader, head)

    with pytest.raises(UnreadableImage, match="no frame 2"):
        loader.load(head, frame=2)


def test_that_a_file_written_meanwhile_is_read_as_it_is_now(loader, head, other):
    read_ahead(loader, head)
    shutil.copy(other, head)

    assert np.array_equal(loader.load(head).image.gray, small_phantom(seed=2).gray)


def test_that_a_table_written_meanwhile_counts(loader, head):
    read_ahead(loader, head)
    write_pixel_size_table(head.parent, {"head.png": 0.25})

    (candidate,) = loader.load(head).calibration.candidates
    assert candidate.calibration.mm_per_column == 0.25


def test_that_what_is_wrong_with_a_file_is_said_to_who_asks_for_it(loader, tmp_path):
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    ahead = read_ahead(loader, broken)

    assert ahead.picture is None
    with pytest.raises(UnreadableImage) as said:
        loader.load(broken)
    with pytest.raises(UnreadableImage) as now:
        load_image(broken)
    assert (said.value.problem, said.value.remedy) == (now.value.problem, now.value.remedy)


def test_that_a_large_file_has_its_first_picture_to_look_at_before_it_is_read(loader, tmp_path):
    clip = write_clip(tmp_path / "clip.dcm")
    ahead = loader.read_ahead(clip)
    wait_until(lambda: ahead.picture is not None)
    glimpse = ahead.picture
    loaded = loader.load(clip).image

    assert glimpse.pixels_sha256 == loaded.pixels_sha256
    assert ahead.picture.gray is loaded.gray
    assert loaded.source.sha256 != ""


def test_that_a_glance_meanwhile_gives_what_there_is_to_look_at(loader, head):
    ahead = read_ahead(loader, head)

    assert loader.glance(head) is ahead.picture


@pytest.mark.parametrize("how", ["forgotten", "not wanted", "another"])
def test_that_nobody_waits_for_a_decoder_that_hangs_once_it_is_not_wanted(hanging, head, how):
    ahead = hanging.read_ahead(head)
    if how == "forgotten":
        hanging.forget_ahead()
    elif how == "not wanted":
        with pytest.raises(UnreadableImage, match="given up"):
            hanging.load(head, is_wanted=lambda: False)
    else:
        with pytest.raises(UnreadableImage, match="not there"):
            hanging.load(head.with_name("nowhere.png"))
    wait_until(lambda: ahead.is_over)

    assert ahead.picture is None


def test_that_waiting_for_a_picture_ends_where_there_will_be_none(loader, tmp_path):
    ahead = loader.read_ahead(tmp_path / "nowhere.png")
    ahead.wait_until_seen(PATIENCE_S)

    assert (ahead.bare, ahead.picture) == (None, None)


def test_that_a_decoder_begun_before_reads_the_first_file(head):
    begun = begin_decoder()
    sandbox = Sandbox(begun=begun, seconds=120)
    Loader(sandbox).load(head)

    assert sandbox.process_id == begun.pid
    sandbox.close()
    assert begun.poll() is not None


def test_that_a_decoder_begun_before_that_does_not_greet_is_replaced(head):
    begun = begin_unheard([sys.executable, "-c", "print('something else')"])
    sandbox = Sandbox(begun=begun, seconds=120)

    assert Loader(sandbox).load(head).image.rows == small_phantom().gray.shape[0]
    assert sandbox.process_id != begun.pid
    sandbox.close()


def test_that_a_decoder_begun_and_never_asked_is_ended():
    begun = begin_decoder()
    Sandbox(begun=begun).close()

    assert begun.poll() is not None
