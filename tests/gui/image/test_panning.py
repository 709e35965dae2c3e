"""The picture goes where the hand takes it, and stays where it is let go."""

import pytest
from PySide6.QtCore import QPoint, Qt

from tests.gui.hand import Drag, do, in_view

pytestmark = pytest.mark.gui


def test_that_the_picture_follows_the_hand_and_stays(opened):
    do(opened, "zoom_in")
    view = opened.image_view
    before = in_view(view, 5, 5)

    Drag(view, in_view(view, 15, 10)).by(-40, 25).drop()

    assert in_view(view, 5, 5) - before == QPoint(-40, 25)
    Drag(view, in_view(view, 15, 10)).drop()
    assert in_view(view, 5, 5) - before == QPoint(-40, 25)


def test_that_the_hand_closes_while_it_holds_the_picture(opened):
    view = opened.image_view
    drag = Drag(view, in_view(view, 15, 10))

    assert view.viewport().cursor().shape() is Qt.CursorShape.ClosedHandCursor
    drag.drop()
    assert view.viewport().cursor().shape() is not Qt.CursorShape.ClosedHandCursor
