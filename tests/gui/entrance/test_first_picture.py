"""The picture in the entrance is the program's picture, dot for dot."""

from dataclasses import replace

import numpy as np
import pytest

from fhc_desktop.domain.examination.outline_state import OutlineState
from fhc_desktop.gui.entrance.first_picture import FirstPicture
from fhc_desktop.gui.image.image_view import ImageView
from fhc_desktop.gui.image.picture_content import PictureContent
from tests.gui.hand import TALL
from tests.heads import bare, small_phantom

pytestmark = pytest.mark.gui
SIZES = [(1014, 705), (300, 640), (641, 363)]


def grey(rows, columns):
    image = small_phantom().image
    pixels = np.random.default_rng(5).integers(0, 256, (rows, columns), np.uint8)
    return replace(image, gray=pixels)


def coloured(rows, columns):
    image = grey(rows, columns)
    return replace(image, color=np.dstack([image.gray, image.gray[::-1], image.gray[:, ::-1]]))


IMAGES = {
    "a head": small_phantom().image,
    "tall pixels": replace(small_phantom().image, pixel_aspect=TALL),
    "in colours": coloured(540, 801),
    "few dots, each a square": grey(40, 30),
    "hardly any, at the largest zoom": grey(16, 16),
}


def shown(qtbot, view, size):
    qtbot.addWidget(view)
    view.resize(*size)
    view.show()
    return view


def dots(view):
    return view.grab().toImage()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("image", IMAGES.values(), ids=IMAGES)
def test_that_nothing_jumps_when_the_image_view_takes_its_place(qtbot, image, size):
    first, later = shown(qtbot, FirstPicture(), size), shown(qtbot, ImageView(), size)
    first.show_picture(bare(image))
    later.show_content(PictureContent(image, None, OutlineState.NONE, None, is_inert=True))

    assert dots(first) == dots(later)


def test_that_it_fits_the_window_whatever_that_becomes(qtbot):
    first, later = (shown(qtbot, FirstPicture(), (200, 150)) for _ in range(2))
    first.show_picture(bare(small_phantom().image))
    for view in (first, later):
        view.resize(640, 480)
    later.show_picture(bare(small_phantom().image))

    assert dots(first) == dots(later)


def test_that_it_takes_no_keys_and_nothing_that_is_dropped(qtbot):
    view = shown(qtbot, FirstPicture(), (200, 150))
    view.show_picture(bare(small_phantom().image))
    view.setFocus()

    assert not view.hasFocus()
    assert not view.acceptDrops()
    assert not view.viewport().acceptDrops()
