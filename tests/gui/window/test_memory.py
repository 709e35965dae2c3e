"""However many pictures are opened, what the window remembers of them has an end."""

import gc
import tracemalloc

import numpy as np
import pytest
from PIL import Image

from fhc_desktop.gui.cine import frame_measuring
from fhc_desktop.workflow import keeping
from tests.gui.hand import open_and_wait

pytestmark = pytest.mark.gui
# The same growth shows sooner where a day is short.
SHORT_DAY, WARM, FILES = 6, 16, 40
WARM_OF_THE_LONG_FORM, FILES_OF_THE_LONG_FORM = 700, 10_000
# A picture that stays leaves six kilobytes of objects; over few of them what is made once counts.
MOST_BYTES, MOST_BYTES_OF_THE_LONG_FORM = 2048, 512
NAMES = 4


def write_picture(folder, phantom, number):
    """A head whose bytes no other number has, under one of a few names."""
    gray = np.array(phantom.gray)
    gray[0, :4] = list(number.to_bytes(4, "little"))
    path = folder / f"{number % NAMES}.png"
    Image.fromarray(gray).save(path)
    return path


def bytes_a_file(qtbot, window, folder, phantom, *, warm, files):
    """Return by how much Python's objects grow with each file, once a day's are remembered."""
    numbers = iter(range(warm + files))
    window.side_panel.chart.draw_now()  # its library is imported before anything is counted
    tracemalloc.start()
    try:
        for _ in range(warm):
            open_and_wait(qtbot, window, write_picture(folder, phantom, next(numbers)))
        gc.collect()
        before, _ = tracemalloc.get_traced_memory()
        for number in numbers:
            open_and_wait(qtbot, window, write_picture(folder, phantom, number))
        gc.collect()
        return (tracemalloc.get_traced_memory()[0] - before) / files
    finally:
        tracemalloc.stop()


def test_that_a_picture_that_was_looked_at_leaves_nothing_for_good(
    qtbot, window, tmp_path, phantom, monkeypatch
):
    monkeypatch.setattr(keeping, "MOST_WITHOUT_WORK", SHORT_DAY)
    monkeypatch.setattr(frame_measuring, "MOST_FILES", SHORT_DAY)

    grown = bytes_a_file(qtbot, window, tmp_path, phantom, warm=WARM, files=FILES)
    assert grown < MOST_BYTES


@pytest.mark.slow
@pytest.mark.timeout(14400)
def test_that_ten_thousand_pictures_leave_half_a_kilobyte_each_at_most(
    qtbot, window, tmp_path, phantom
):
    grown = bytes_a_file(
        qtbot,
        window,
        tmp_path,
        phantom,
        warm=WARM_OF_THE_LONG_FORM,
        files=FILES_OF_THE_LONG_FORM,
    )
    assert grown < MOST_BYTES_OF_THE_LONG_FORM
