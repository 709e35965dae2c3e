import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fhc_desktop.gui.widgets.paragraph import Paragraph
from tests.gui.widgets.test_number_label import LayoutWatch


@pytest.fixture
def placed(qtbot):
    owner = QWidget()
    qtbot.addWidget(owner)
    paragraph = Paragraph()
    QVBoxLayout(owner).addWidget(paragraph)
    owner.resize(200, 200)
    owner.show()
    qtbot.waitExposed(owner)
    yield paragraph  # noqa: PT022 - the owner must live as long


@pytest.mark.gui
def test_that_it_is_there_only_while_it_says_something(placed):
    assert placed.isHidden()

    placed.show_text("z −0.18  ·  INTERGROWTH-21st 2014")
    assert placed.isVisible()
    assert placed.text == placed.accessibleName() == "z −0.18  ·  INTERGROWTH-21st 2014"

    placed.show_text("")
    assert placed.isHidden()


@pytest.mark.gui
def test_that_only_another_height_asks_for_a_layout(qtbot, placed):
    placed.show_text("z −0.18")
    qtbot.wait(1)
    watch = LayoutWatch(placed.parentWidget())

    placed.show_text("z −0.19")
    qtbot.wait(1)
    assert watch.count == 0

    placed.show_text("so many words that they do not go into one line of this paragraph any more")
    qtbot.wait(1)
    assert watch.count > 0
    assert placed.height() >= placed.heightForWidth(placed.width())


@pytest.mark.gui
def test_that_the_text_is_painted_where_it_stands(placed):
    empty = placed.grab().toImage()

    placed.show_text("below the 1st percentile")

    assert placed.grab().toImage() != empty
