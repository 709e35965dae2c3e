"""Where a table has nothing to show, a note says what is so and the one next step."""

import pytest

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.gui.widgets.note_page import NOT_LOGGING, Note, NotePage, not_logging
from tests.gui.hand import button, visible_words

pytestmark = pytest.mark.gui


@pytest.fixture
def page(qtbot):
    made = NotePage()
    qtbot.addWidget(made)
    made.show()
    return made


def test_that_a_note_has_its_step_as_a_button(qtbot, page):
    page.show_note(Note("No measurements yet", "Open a scan.", "Open a scan"))

    assert visible_words(page) == "No measurements yet\nOpen a scan."
    with qtbot.waitSignal(page.step_taken) as taken:
        button(page, "Open a scan").click()
    assert taken.args == ["Open a scan"]


def test_that_nothing_stands_there_for_a_step_or_a_text_that_is_none(page):
    page.show_note(Note("A title", "", ""))

    assert visible_words(page) == "A title"
    assert not button(page, "").isVisible()


def test_that_an_error_has_its_sign(page):
    page.show_note(Note("The log has gone.", "Try again.", is_error=True))

    assert visible_words(page).startswith("✕ The log has gone.")


def test_that_without_a_log_the_reason_is_told_where_it_is_known():
    told = not_logging(FhcError("The log is damaged.", "Restore it from a backup."))

    assert (told.title, told.text) == (
        "Not logging: The log is damaged.",
        "Restore it from a backup.",
    )
    assert told.is_error
    assert not_logging(None) == NOT_LOGGING
