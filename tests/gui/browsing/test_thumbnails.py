"""A thumbnail comes to the image that it was made of, and only while it is wanted."""

from pathlib import Path

import numpy as np

from fhc_desktop.gui.browsing.thumbnails import Thumbnails
from tests.gui.hand import PATIENCE_MS


def test_that_each_thumbnail_answers_with_its_own_path(qtbot):
    thumbnails = Thumbnails(lambda path: _level(int(path.name)))
    made = {}
    thumbnails.made.connect(made.setdefault)

    thumbnails.want([Path("10"), Path("20")])
    thumbnails.want([Path("30"), Path("40")])
    qtbot.waitUntil(lambda: {Path("30"), Path("40")} <= made.keys(), timeout=PATIENCE_MS)

    for path, pixmap in made.items():
        assert pixmap.toImage().pixelColor(0, 0).red() == int(path.name)
    thumbnails.close(5)


def test_that_forgotten_thumbnails_do_not_come(qtbot):
    thumbnails = Thumbnails(lambda path: _level(int(path.name)))
    made = []
    thumbnails.made.connect(lambda path, _: made.append(path))

    thumbnails.want([Path("10"), Path("20")])
    thumbnails.forget()
    thumbnails.want([Path("30")])
    qtbot.waitUntil(lambda: bool(made), timeout=PATIENCE_MS)

    assert made == [Path("30")]
    thumbnails.close(5)


def _level(gray):
    return np.full((4, 6, 3), gray, np.uint8)
