"""The bar says what happened and what to do, and in the de-identified view names nothing."""

from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.gui.widgets.message_bar import MessageBar
from tests.gui.hand import visible_words

pytestmark = pytest.mark.gui
PROBLEM = FhcError("Mrs_Jones.png is not an image.", "Choose another file.")


@pytest.fixture
def bar(qtbot):
    made = MessageBar()
    qtbot.addWidget(made)
    return made


def test_that_a_problem_stands_with_its_remedy_until_it_is_closed(bar):
    assert bar.text == ""
    bar.show_problem(PROBLEM)

    assert bar.text == "Mrs_Jones.png is not an image. Choose another file."
    assert "✕" in visible_words(bar)
    bar.findChild(QToolButton).click()
    assert bar.text == ""


def test_that_the_step_it_offers_is_taken_by_its_button_and_gone_with_its_message(qtbot, bar):
    step = QAction("Dra&w outline", bar)
    bar.show_step("No head was found.", step)

    assert bar.step.text() == "Draw outline"
    with qtbot.waitSignal(step.triggered):
        bar.step.click()
    bar.show_hint("Drag a box round the head.")
    assert not bar.step.isVisible()


def test_that_a_problem_is_withheld_while_the_patient_is_hidden_and_told_after(bar):
    bar.set_deidentified(True)
    bar.show_problem(PROBLEM)

    assert "Jones" not in visible_words(bar)
    assert "needs your attention" in bar.text
    bar.set_deidentified(False)
    assert bar.text.startswith("Mrs_Jones.png")


def test_that_what_stands_there_goes_when_the_patient_is_hidden(bar):
    bar.show_problem(PROBLEM)

    bar.set_deidentified(True)

    assert bar.text == ""


def test_that_what_names_nobody_is_told_all_the_same(bar):
    bar.set_deidentified(True)

    bar.show_problem(FhcError("Not accepted.", "Correct it."), is_nameless=True)

    assert bar.text == "Not accepted. Correct it."


@pytest.mark.parametrize(
    ("hidden", "said"),
    [(False, "The report was saved as Mrs_Jones.pdf."), (True, "The report was saved.")],
)
def test_that_what_was_saved_is_named_only_while_names_may_be_seen(bar, hidden, said):
    bar.set_deidentified(hidden)

    bar.show_saved("The report", Path("/reports/Mrs_Jones.pdf"))

    assert bar.text == said
