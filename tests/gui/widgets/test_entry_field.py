"""A field reports what was typed to its end, and a wrong entry stays there to be mended."""

import pytest
from PySide6.QtCore import Qt

from fhc_desktop.gui.widgets.entry_field import EntryField

pytestmark = pytest.mark.gui


@pytest.fixture
def field(qtbot):
    made = EntryField("Name", "e.g. Erika")
    qtbot.addWidget(made)
    made.show()
    return made


def test_that_a_text_is_reported_once_and_only_at_its_end(qtbot, field):
    heard = []
    field.entered.connect(heard.append)

    qtbot.keyClicks(field.line, "Erika")
    assert heard == []
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    field.commit()

    assert heard == ["Erika"]


def test_that_what_is_being_typed_is_not_disturbed(qtbot, field):
    field.show_text("Ada")
    field.line.selectAll()
    qtbot.keyClicks(field.line, "Eri")

    field.show_text("Ada")

    assert field.line.text() == "Eri"
    field.show_text("Zoë")  # another image
    assert field.line.text() == "Zoë"


def test_that_a_wrong_entry_stays_with_its_sentence_until_it_is_mended(qtbot, field):
    field.show_text("Ada")
    qtbot.keyClick(field.line, Qt.Key.Key_End)
    qtbot.keyClicks(field.line, "?")
    field.complain("That is no name.")

    assert field.complaint_line.text().endswith("That is no name.")
    assert field.line.property("wrong")
    assert field.line.text() == "Ada?"
    qtbot.keyClick(field.line, Qt.Key.Key_Backspace)
    assert field.complaint == ""
    assert not field.line.property("wrong")


def test_that_unread_neither_the_entry_nor_its_complaint_is_quoted(field):
    field.show_text("Erika")
    field.complain("“Erika” is no date.")

    field.set_unread(unread=True)

    assert field.line.displayText() == ""
    assert "Erika" not in field.complaint_line.text()
    assert not field.isEnabled()
    field.set_unread(unread=False)
    assert "Erika" in field.complaint_line.text()
    assert field.line.displayText() == "Erika"


def test_that_a_text_from_the_file_says_so_with_its_attribute(field):
    field.mark_from_file("(0010,0010) Patient's Name")
    assert field.is_marked_from_file

    field.mark_from_file("")

    assert not field.is_marked_from_file


def test_that_a_long_text_shows_its_beginning(qtbot, field):
    field.show_text("x" * 300)

    assert field.line.cursorPosition() == 0
