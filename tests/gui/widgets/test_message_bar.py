"""The bar says what happened and what to do, and in the de-identified view names nothing."""

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QLabel, QToolButton

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.gui.widgets.message import reading_ms
from fhc_desktop.gui.widgets.message_bar import HEIGHT_PX, MessageBar
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


def test_that_what_stands_there_is_withheld_when_the_patient_is_hidden_and_told_after(bar):
    bar.show_problem(PROBLEM)

    bar.set_deidentified(True)
    assert "Jones" not in visible_words(bar)
    assert "Jones" not in bar.accessibleName() + bar.toolTip()

    bar.set_deidentified(False)
    assert bar.text.startswith("Mrs_Jones.png")


def test_that_what_merely_tells_goes_when_the_patient_is_hidden(bar):
    bar.show_saved("The report", Path("/reports/Mrs_Jones.pdf"))

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


@pytest.fixture
def quick(qtbot):
    """A bar whose readers need no time."""
    made = MessageBar(reading_ms=lambda _: 0)
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize(
    "tell",
    [
        lambda bar: bar.show_hint("Drag a box round the head."),
        lambda bar: bar.show_saved("The report", Path("/reports/head.pdf")),
        lambda bar: bar.show_step("There is no scale.", QAction("Draw ruler", bar), stays=False),
    ],
)
def test_that_what_merely_tells_goes_by_itself(qtbot, quick, tell):
    tell(quick)
    assert quick.text

    qtbot.waitUntil(lambda: quick.text == "")


def test_that_a_problem_stays_and_is_seen_again_behind_what_merely_told(qtbot, quick):
    quick.show_problem(PROBLEM)
    quick.show_hint("Drag a box round the head.")
    assert quick.text == "Drag a box round the head."

    qtbot.waitUntil(lambda: quick.text.startswith("Mrs_Jones.png"))
    quick.dismiss()

    assert quick.text == ""


def test_that_closing_takes_what_is_seen_and_not_the_problem_behind_it(bar):
    bar.show_problem(PROBLEM)
    bar.show_hint("Drag a box round the head.")

    bar.dismiss()
    assert bar.text.startswith("Mrs_Jones.png")

    bar.dismiss()
    assert bar.text == ""


def test_that_a_step_that_was_taken_by_its_key_or_menu_ends_its_message(bar):
    step = QAction("Dra&w outline", bar)
    bar.show_step("No head was found.", step)

    step.trigger()

    assert bar.text == ""


def test_that_a_sentence_that_must_be_read_stands_longer_the_longer_it_is():
    assert reading_ms("Saved.") >= 3000
    assert reading_ms("word " * 30) > 2 * reading_ms("Saved.")


def test_that_a_screen_reader_hears_of_what_kind_it_is_and_what_it_says(bar):
    bar.show_problem(PROBLEM)
    assert bar.accessibleName() == f"Problem: {bar.text}"

    bar.show_hint("Drag a box round the head.")
    assert bar.accessibleName() == "Hint: Drag a box round the head."


class Opener(QObject):
    """Stands in for the file manager."""

    def __init__(self):
        super().__init__()
        self.opened = []

    @Slot("QUrl")
    def show(self, url):
        self.opened.append(url.toLocalFile())


@pytest.fixture
def file_manager(qapp):
    opener = Opener()
    QDesktopServices.setUrlHandler("file", opener, "show")
    yield opener
    QDesktopServices.unsetUrlHandler("file")


def test_that_what_was_saved_can_be_shown_where_it_lies(bar, file_manager, tmp_path):
    bar.show_saved("The report", tmp_path / "head.pdf")
    assert bar.step.text() == "Open folder"

    bar.step.click()

    assert file_manager.opened == [str(tmp_path)]
    assert bar.text == ""


def test_that_no_folder_is_offered_while_names_must_not_be_seen(bar):
    bar.set_deidentified(True)

    bar.show_saved("The report", Path("/Mrs_Jones/head.pdf"))

    assert not bar.step.isVisible()


@pytest.mark.parametrize("width", [300, 672, 1014, 1568])
def test_that_a_long_sentence_takes_more_lines_and_the_rest_is_in_its_tooltip(qtbot, bar, width):
    bar.show_problem(FhcError("w" * 60 + " " + "A long reason. " * 60, "Do this."))
    bar.resize(width, bar.heightForWidth(width))
    bar.show()

    (words,) = [label for label in bar.findChildren(QLabel) if label.text() != "✕"]
    qtbot.waitUntil(lambda: words.width() > 0 and "\n" in words.text())
    assert words.text().endswith("…")
    assert words.toolTip() == bar.text
    needed = words.fontMetrics().boundingRect(words.rect(), 0, words.text())
    assert words.rect().contains(needed.size().width() - 1, needed.size().height() - 1)


def test_that_a_short_sentence_takes_one_line_of_the_same_height_as_any_other(bar):
    bar.show_hint("Saved.")
    low = bar.heightForWidth(1014)

    bar.show_problem(PROBLEM)

    assert bar.heightForWidth(1014) == low == HEIGHT_PX
