"""Videos are opened frame by frame, in the order and the shape in which they are shown."""

import contextlib
import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from fhc_desktop.imaging.catalogue import read_catalogue
from fhc_desktop.imaging.loader import UnreadableImage
from tests.reading import READERS, load_image

ROOT = Path(__file__).resolve().parents[3]
ROWS, COLUMNS, FRAMES = 96, 128, 24


@pytest.fixture
def film(tmp_path):
    """Draw a video whose frame n is n times 10 bright, with a white bar at its upper edge."""
    av = pytest.importorskip("av", reason="the extra “video” is not installed")

    def draw(name="film.mp4", codec="mpeg4", *, rotation=0, aspect=None, frames=FRAMES):
        with av.open(str(tmp_path / name), "w") as container:
            stream = container.add_stream(codec, rate=25)
            stream.width, stream.height = COLUMNS, ROWS
            stream.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
            if codec == "h264":
                stream.codec_context.max_b_frames = 2
            if aspect is not None:
                stream.codec_context.sample_aspect_ratio = aspect
            if rotation:
                stream.set_display_rotation(rotation)
            for number in range(1, frames + 1):
                picture = np.full((ROWS, COLUMNS, 3), 10 * number % 250, np.uint8)
                picture[:16] = 255
                frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
                container.mux(stream.encode(frame))
            container.mux(stream.encode())
        return tmp_path / name

    return draw


def level(path, frame):
    return float(np.median(load_image(path, frame=frame).image.gray[24:]))


@pytest.mark.parametrize(
    ("name", "codec"),
    [("a.mp4", "mpeg4"), ("a.mov", "h264"), ("a.avi", "mjpeg"), ("b.avi", "mpeg4")],
)
def test_that_each_frame_is_the_one_that_is_shown_at_its_place(film, name, codec):
    path = film(name, codec)

    source = load_image(path).image.source

    assert (source.frame, source.frame_count) == (1, FRAMES)
    for frame in (1, 2, 13, 24, 7):
        assert level(path, frame) == pytest.approx(10 * frame, abs=4)


@pytest.mark.parametrize(("name", "codec"), [("a.mp4", "mpeg4"), ("a.avi", "mjpeg")])
def test_that_a_video_says_its_rate(film, name, codec):
    times = load_image(film(name, codec)).image.frame_times

    assert times.intervals_ms == pytest.approx((40.0,))
    assert times.words == "25 frames/s by the video"


def test_that_a_video_is_known_by_its_content_and_gives_no_scale(film):
    path = film().rename(film().with_name("export"))

    loaded = load_image(path)

    assert loaded.image.gray.shape == (ROWS, COLUMNS)
    assert loaded.calibration.candidates == ()
    assert loaded.study.patient_name is None


@pytest.mark.parametrize(
    ("rotation", "edge"), [(90, np.s_[:, :8]), (-90, np.s_[:, -8:]), (180, np.s_[-8:])]
)
def test_that_a_turned_video_is_shown_upright(film, rotation, edge):
    gray = load_image(film(rotation=rotation), frame=1).image.gray

    assert gray.shape == ((ROWS, COLUMNS) if abs(rotation) == 180 else (COLUMNS, ROWS))
    assert gray[edge].min() > 200


def test_that_pixels_that_are_not_square_are_told(film):
    wide = load_image(film(aspect=Fraction(4, 3))).image

    assert wide.pixel_aspect == pytest.approx(3 / 4)


def test_that_turning_a_video_turns_its_pixels_too(film):
    turned = load_image(film(aspect=Fraction(4, 3), rotation=90)).image

    assert turned.pixel_aspect == pytest.approx(4 / 3)


def test_that_a_frame_beyond_the_end_is_refused(film):
    with pytest.raises(UnreadableImage, match=f"has no frame 25: it has {FRAMES} frames"):
        load_image(film(), frame=25)


def test_that_a_cut_or_changed_video_ends_in_a_sentence_or_a_picture(film):
    whole = film().read_bytes()
    for seed in range(12):
        noise = np.random.default_rng(seed)
        hurt = bytearray(whole[: int(noise.integers(40, len(whole)))])
        for at in noise.integers(32, len(hurt), 6):
            hurt[at] = int(noise.integers(256))
        path = film().with_name(f"hurt{seed}.mp4")
        path.write_bytes(hurt)
        with contextlib.suppress(UnreadableImage):
            assert load_image(path).image.gray.size


def test_that_a_folder_lists_its_videos(film):
    path = film("a.mov")

    assert [
        image.path for image in read_catalogue(path.parent, sandbox=READERS.catalogues).images
    ] == [path]


def test_that_without_the_extra_a_sentence_names_it(tmp_path):
    path = tmp_path / "film.mp4"
    path.write_bytes(b"\x00\x00\x00\x18ftypmp42" + bytes(2000))
    code = (
        "import sys; sys.modules['av'] = None\n"
        "from pathlib import Path; from fhc_desktop.imaging.sandbox.decoder import decode\n"
        f"path = Path({str(path)!r})\n"
        "try: decode(path.open('rb'), path, 'video', frame=1)\n"
        "except Exception as fault: print(fault)"
    )

    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert "cannot open videos. Install the extra “video” (pip install" in done.stdout
