"""The other heads are drawn where they were accepted, with their words over them, and not held."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QGraphicsScene

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.gui.image.heads_beside_item import HeadsBesideItem
from fhc_desktop.gui.image.picture_content import HeadBeside
from fhc_desktop.gui.widgets import style

pytestmark = [pytest.mark.gui, pytest.mark.usefixtures("qapp")]
HEAD = HeadBeside(Ellipse(100.0, 120.0, 60.0, 40.0, 0.0), "Fetus A")
SIDE = 250


def painted(item, width=SIDE, height=SIDE):
    """The item alone on black, one pixel of the picture a pixel."""
    scene = QGraphicsScene(0, 0, width, height)
    scene.addItem(item)
    shown = QImage(width, height, QImage.Format.Format_RGB32)
    shown.fill(QColor("black"))
    painter = QPainter(shown)
    scene.render(painter)
    painter.end()
    scene.removeItem(item)
    return shown


def is_lit(shown, x, y, reach=2):
    around = range(-reach, reach + 1)
    return any(shown.pixelColor(x + dx, y + dy).lightness() > 20 for dx in around for dy in around)


@pytest.mark.parametrize("aspect", [1.0, 1.5])
def test_that_the_outline_is_drawn_faintly_where_it_was_accepted(aspect):
    item = HeadsBesideItem()
    item.show_heads((HEAD,), pixel_aspect=aspect)

    shown = painted(item)

    for x, y in ((160, 120), (40, 120), (100, 160)):
        assert is_lit(shown, x, round(y * aspect))
    assert not is_lit(shown, 100, round(120 * aspect))
    levels = [shown.pixelColor(x, y).lightness() for x in range(SIDE) for y in range(SIDE)]
    assert 20 < max(levels) < QColor(style.ACCEPTED).lightness()


@pytest.mark.parametrize("zoom", [0.5, 1.0, 4.0])
def test_that_the_words_stand_over_the_outline_and_within_what_is_painted(zoom):
    bare, named = HeadsBesideItem(), HeadsBesideItem()
    for item, words in ((bare, ""), (named, "Fetus A")):
        item.set_zoom(zoom)
        item.show_heads((HeadBeside(HEAD.outline_px, words),), pixel_aspect=1.0)

    assert named.boundingRect().contains(bare.boundingRect())
    assert named.boundingRect().top() < HEAD.outline_px.center_y - HEAD.outline_px.semi_minor
    assert painted(named) != painted(bare)


def test_that_it_comes_and_goes_and_cannot_be_taken():
    item = HeadsBesideItem()
    assert not item.isVisible()

    item.show_heads((HEAD,), pixel_aspect=1.0)
    assert item.isVisible()
    assert item.acceptedMouseButtons() == Qt.MouseButton.NoButton
    item.show_heads((), pixel_aspect=1.0)

    assert not item.isVisible()
    assert item.heads == ()
