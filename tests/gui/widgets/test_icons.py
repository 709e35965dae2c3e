"""Icons are drawn in the colour they stand for, sharp at the size of the screen."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QGuiApplication, QIcon

from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.icons import icon, pixmap
from fhc_desktop.resources import resource

pytestmark = [pytest.mark.gui, pytest.mark.usefixtures("qapp")]
NAMES = sorted(drawing.stem for drawing in resource("icons").glob("*.svg"))


def inks(picture):
    """The colours of what is fully drawn."""
    image = picture.toImage()
    seen = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {color.name() for color in seen if color.alpha() == 255}


@pytest.mark.parametrize("name", [name for name in NAMES if name not in {"chevron", "program"}])
def test_that_an_icon_is_in_the_colour_of_the_text_and_paler_where_disabled(name):
    made, size = icon(name), QSize(64, 64)

    assert QColor(style.TEXT).name() in inks(made.pixmap(size, QIcon.Mode.Normal))
    disabled = inks(made.pixmap(size, QIcon.Mode.Disabled))
    assert QColor(style.DISABLED_TEXT).name() in disabled
    assert QColor(style.TEXT).name() not in disabled


def test_that_an_icon_is_drawn_at_the_scale_of_each_screen_and_else_from_the_largest():
    made = icon("open")
    scale = QGuiApplication.primaryScreen().devicePixelRatio()

    for size in (16, 20):  # those of buttons and of the top row
        side = round(size * scale)
        assert QSize(side, side) in made.availableSizes()
        assert made.pixmap(QSize(size, size), scale).width() == side
    assert made.pixmap(QSize(47, 47), 1.0).width() == 47  # a desktop's, that nobody drew


def test_that_a_drawing_for_a_label_has_its_size_and_colour_on_a_dense_screen():
    made = pixmap("window", 72, color=style.ERROR)

    assert made.deviceIndependentSize().toSize() == QSize(72, 72)
    assert made.size() == QSize(144, 144)
    assert QColor(style.ERROR).name() in inks(made)
