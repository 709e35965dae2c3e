"""A clip plays its pictures at its file's rate, by a clock in the test's hand."""

import pytest

from fhc_desktop.gui.cine.playback import Playback
from tests.gui.hand import PATIENCE_MS
from tests.heads import small_phantom, write_cine
from tests.reading import READERS, load_image

pytestmark = pytest.mark.gui
FRAMES = 8
FRAME_S = 1 / 25  # the file says no rate


class Clock:
    """Seconds that pass only when somebody says so."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def cine(tmp_path):
    return write_cine(small_phantom(), tmp_path / "loop.dcm", frames=FRAMES)


@pytest.fixture
def playback(qtbot, qapp, clock):
    made = Playback(READERS.images, qapp, clock)
    yield made
    made.stop()


def wait_for(qtbot, playback, frame):
    qtbot.waitUntil(lambda: playback.picture.source.frame == frame, timeout=PATIENCE_MS)


def test_that_each_frame_comes_when_it_is_due(qtbot, playback, clock, cine):
    playback.start(load_image(cine).image)
    assert playback.picture.source.frame == 1

    clock.now += FRAME_S / 2
    for frame in range(2, FRAMES + 1):
        clock.now += FRAME_S
        wait_for(qtbot, playback, frame)


def test_that_the_first_frame_follows_the_last(qtbot, playback, clock, cine):
    playback.start(load_image(cine, frame=FRAMES).image)

    clock.now += FRAME_S * 1.5
    wait_for(qtbot, playback, 1)


def test_that_it_ends_with_the_last_frame_where_it_does_not_loop(qtbot, playback, clock, cine):
    playback.set_loops(loops=False)
    playback.start(load_image(cine, frame=FRAMES - 1).image)

    with qtbot.waitSignal(playback.ended, timeout=PATIENCE_MS):
        clock.now += 5
    assert playback.stop() == FRAMES


def test_that_from_the_last_frame_it_plays_all_where_it_does_not_loop(qtbot, playback, clock, cine):
    playback.set_loops(loops=False)
    playback.start(load_image(cine, frame=FRAMES).image)

    clock.now += FRAME_S * 1.5
    wait_for(qtbot, playback, 2)


def test_that_frames_are_left_out_rather_than_shown_late(qtbot, playback, clock, cine):
    shown = []
    playback.changed.connect(lambda: playback.picture and shown.append(frame_of(playback)))
    playback.start(load_image(cine).image)

    clock.now += 5.5 * FRAME_S
    wait_for(qtbot, playback, 6)

    assert shown == sorted(shown)
    assert len(shown) < 6


def frame_of(playback):
    return playback.picture.source.frame


def test_that_it_stops_at_the_frame_that_is_shown(qtbot, playback, clock, cine):
    playback.start(load_image(cine).image)
    clock.now += 2.5 * FRAME_S
    wait_for(qtbot, playback, 3)

    assert playback.stop() == 3
    assert playback.picture is None
    assert playback.stop() is None


def test_that_a_file_that_has_gone_ends_it_with_a_sentence(qtbot, playback, clock, cine):
    image = load_image(cine).image
    cine.unlink()
    with qtbot.waitSignal(playback.failed, timeout=PATIENCE_MS) as told:
        playback.start(image)
        clock.now += FRAME_S

    assert "loop.dcm" in told.args[0].problem
