"""The ruler is as thick on the screen at any zoom, and all of it lies in what is repainted."""

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from fhc_desktop.gui.image.ruler_item import RulerItem
from fhc_desktop.gui.widgets import style

pytestmark = [pytest.mark.gui, pytest.mark.usefixtures("qapp")]
SIDE_PX = 120


def painted(item, zoom):
    """A picture of the plane from its corner on, at a zoom, as rows of whether they are lit."""
    screen = QImage(SIDE_PX, SIDE_PX, QImage.Format.Format_RGB32)
    screen.fill(QColor("black"))
    painter = QPainter(screen)
    painter.scale(zoom, zoom)
    item.paint(painter, None)
    painter.end()
    return screen


def lit(screen):
    return [
        (x, y)
        for y in range(SIDE_PX)
        for x in range(SIDE_PX)
        if screen.pixelColor(x, y) == QColor(style.TEXT)
    ]


@pytest.mark.parametrize("zoom", [0.5, 1.0, 4.0])
def test_that_a_line_has_a_tick_at_each_end_of_the_same_size_at_any_zoom(zoom):
    item = RulerItem()
    item.set_zoom(zoom)
    item.show_line(QPointF(20 / zoom, 60 / zoom), QPointF(100 / zoom, 60 / zoom))

    found = lit(painted(item, zoom))

    for end in (20, 100):
        tick = [y for x, y in found if abs(x - end) <= 1]
        assert 14 <= max(tick) - min(tick) <= 18
    middle = [y for x, y in found if x == 60]
    assert max(middle) - min(middle) <= 2


@pytest.mark.parametrize("zoom", [0.5, 4.0])
def test_that_nothing_is_painted_outside_its_bounds(zoom):
    item = RulerItem()
    item.set_zoom(zoom)
    item.show_line(QPointF(60 / zoom, 30 / zoom), QPointF(40 / zoom, 90 / zoom))

    bounds = item.boundingRect()

    for x, y in lit(painted(item, zoom)):
        assert bounds.intersects(QRectF(x / zoom, y / zoom, 1 / zoom, 1 / zoom))


def test_that_it_is_not_there_before_it_is_drawn():
    item = RulerItem()
    assert not item.isVisible()

    item.show_line(QPointF(0, 0), QPointF(10, 0))

    assert item.isVisible()
