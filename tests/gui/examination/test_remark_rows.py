"""Two remarks have a line, and all of them are a click away, each in full."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from fhc_desktop.gui.examination.remark import Remark
from fhc_desktop.gui.examination.remark_rows import RemarkRows

pytestmark = pytest.mark.gui
SHORT, WARNING = Remark("A flag."), Remark("The pixel size is unverified.", is_warning=True)
LONG = Remark("Cephalic index 72.8 %, below 74 to 83 %: a long, narrow head." * 3)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def rows(qtbot):
    made = RemarkRows()
    qtbot.addWidget(made)
    made.setFixedWidth(320)
    made.show()
    return made


def test_that_two_short_remarks_stand_there_and_nothing_more_is_offered(rows):
    rows.show_remarks((WARNING, SHORT))

    assert rows.line_texts == ["▲ The pixel size is unverified.", "A flag."]
    assert not rows.more.isVisible()


@pytest.mark.parametrize(
    ("remarks", "words"),
    [
        ((SHORT, SHORT, SHORT), "1 more ▸"),
        ((SHORT, SHORT, SHORT, WARNING), "▲ 2 more ▸"),
        ((LONG,), "in full ▸"),
    ],
)
def test_that_what_has_no_room_is_counted_and_a_warning_among_it_has_its_sign(rows, remarks, words):
    rows.show_remarks(remarks)

    assert rows.more.isVisible()
    assert rows.more.text() == words


def test_that_an_elided_line_is_whole_in_tooltip_and_name(rows):
    rows.show_remarks((LONG,))
    line = rows.findChild(QLabel)

    assert line.text().endswith("…")
    assert line.toolTip() == line.accessibleName() == LONG.text


def test_that_every_remark_is_read_in_full_by_mouse_and_goes_by_escape(qtbot, rows):
    rows.show_remarks((LONG, SHORT, WARNING))

    qtbot.mouseClick(rows, LEFT)

    assert rows.sheet.isVisible()
    assert rows.sheet.text.split("\n") == [LONG.text, SHORT.text, f"▲ {WARNING.text}"]
    qtbot.keyClick(rows.sheet, Qt.Key.Key_Escape)
    assert not rows.sheet.isVisible()


def test_that_they_are_read_by_keys_alone(qtbot, rows):
    rows.show_remarks((SHORT, SHORT, WARNING))
    rows.more.setFocus()

    qtbot.keyClick(rows.more, Qt.Key.Key_Space)

    assert rows.sheet.isVisible()


def test_that_the_sheet_goes_with_the_last_remark_and_does_not_come_without_one(qtbot, rows):
    rows.show_remarks((LONG,))
    rows.show_sheet()

    rows.show_remarks(())
    assert not rows.sheet.isVisible()
    qtbot.mouseClick(rows, LEFT)
    assert not rows.sheet.isVisible()


def test_that_rows_keep_their_height_whatever_they_say(rows):
    before = rows.height()
    for remarks in ((), (LONG, LONG, LONG), (SHORT,)):
        rows.show_remarks(remarks)
        assert rows.height() == before
