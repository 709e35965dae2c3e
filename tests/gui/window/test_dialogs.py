"""Dialogs show data as plain text, refuse nonsense with a sentence, and answer safely."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from fhc_desktop import __version__
from fhc_desktop.domain.examination.examination import ModelIdentity
from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST, WHO_2017
from fhc_desktop.domain.growth.ultrasound_age import HADLOCK_1984_CITATION
from fhc_desktop.domain.image.calibration import Calibration, CalibrationSource
from fhc_desktop.gui.calibration.number_dialogs import (
    PixelSizeDialog,
    Refusal,
    RulerLengthDialog,
    ask_pixel_size,
    ask_ruler_length,
    pixel_size,
    ruler_length,
)
from fhc_desktop.gui.window.about import NOT_A_DEVICE, AboutDialog
from fhc_desktop.gui.window.keyboard_dialog import KeyboardDialog
from fhc_desktop.gui.window.our_fault import show_our_fault

MARKUP = "<b>Møller</b> & <img src='x'>"
MODEL = ModelIdentity(name="head_unet", version="1.2.0", sha256="0123456789abcdef" * 4)


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def shown(qtbot):
    def show(dialog):
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return show


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def button(dialog: QWidget, text: str) -> QPushButton:
    return next(b for b in dialog.findChildren(QPushButton) if b.text() == text)


def open_dialogs(window: QWidget) -> list[QDialog]:
    return [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]


def answer_with(act) -> None:
    """Do something to the dialog that is about to block."""
    QTimer.singleShot(0, lambda: act(QApplication.activeModalWidget()))


def type_and_confirm(qtbot, text):
    def act(dialog):
        field = dialog.findChild(QLineEdit)
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Qt.Key.Key_Return)

    return act


@pytest.mark.gui
def test_that_no_dialog_takes_data_for_markup(window, shown):
    show_our_fault(window, Path("/tmp") / "log")  # noqa: S108 - only a name
    dialogs = [
        *open_dialogs(window),
        shown(AboutDialog(window, ModelIdentity(MARKUP, MARKUP, "0" * 64))),
        shown(KeyboardDialog(window, [(MARKUP, MARKUP)])),
        shown(RulerLengthDialog(window)),
        shown(PixelSizeDialog(window, None)),
    ]

    for dialog in dialogs:
        labels = dialog.findChildren(QLabel)
        assert labels
        assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}


@pytest.mark.gui
def test_that_our_fault_names_the_log_file_and_copies_its_path(window, qtbot, tmp_path):
    log_file = tmp_path / "Üntersuchung" / "fhc.log"

    show_our_fault(window, log_file)

    (dialog,) = open_dialogs(window)
    assert dialog.findChild(QLineEdit).text() == str(log_file)
    qtbot.mouseClick(button(dialog, "Copy path"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == str(log_file)


@pytest.mark.gui
def test_that_our_fault_is_not_stacked_upon_itself(window, tmp_path):
    show_our_fault(window, tmp_path / "fhc.log")
    show_our_fault(window, tmp_path / "fhc.log")

    assert len(open_dialogs(window)) == 1


@pytest.mark.gui
def test_that_our_fault_is_shown_again_after_it_was_closed(window, qtbot, tmp_path):
    show_our_fault(window, tmp_path / "fhc.log")
    (first,) = open_dialogs(window)
    with qtbot.waitSignal(first.destroyed):
        qtbot.mouseClick(button(first, "Close"), Qt.MouseButton.LeftButton)

    show_our_fault(window, tmp_path / "fhc.log")

    assert len(open_dialogs(window)) == 1


@pytest.mark.parametrize(
    ("text", "length_mm"),
    [
        ("50", 50.0),
        (" 12,5 ", 12.5),
        ("12.5 mm", 12.5),
        ("12,5MM", 12.5),
        ("5 cm", 50.0),
        ("1,5cm", 15.0),
        ("٥٠", 50.0),
    ],
)
def test_that_a_length_is_understood_with_comma_or_point(text, length_mm):
    assert ruler_length(text) == pytest.approx(length_mm)


@pytest.mark.parametrize(
    "text",
    ["", " ", "abc", "-50", "+50", "1e2", "nan", "inf", "1.000,5", "1,000.5", "5 0", "50 in", "mm"],
)
def test_that_a_length_that_is_no_number_is_refused(text):
    refused = ruler_length(text)

    assert isinstance(refused, Refusal)
    assert "for example 50" in refused.sentence


@pytest.mark.parametrize(
    ("text", "word"),
    [("0", "too short"), ("4,9", "too short"), ("401", "at most"), ("9" * 400, "")],
)
def test_that_a_length_that_no_scan_has_is_refused(text, word):
    refused = ruler_length(text)

    assert isinstance(refused, Refusal)
    assert word in refused.sentence


@given(st.text(max_size=20))
def test_that_any_text_is_a_plausible_length_or_a_refusal(text):
    answer = ruler_length(text)

    assert isinstance(answer, Refusal) or 5 <= answer <= 400


@pytest.mark.gui
def test_that_the_ruler_length_is_asked_for_and_returned_in_mm(window, qtbot):
    answer_with(type_and_confirm(qtbot, "37,5"))

    assert ask_ruler_length(window) == pytest.approx(37.5)


@pytest.mark.gui
def test_that_a_dismissed_question_has_no_answer(window, qtbot):
    answer_with(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape))
    assert ask_ruler_length(window) is None

    current = Calibration(0.154, 0.154, CalibrationSource.TYPED)
    answer_with(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape))
    assert ask_pixel_size(window, current) is None


@pytest.mark.gui
def test_that_a_wrong_length_keeps_the_dialog_open_and_says_why(shown, qtbot):
    dialog = shown(RulerLengthDialog(None))
    qtbot.keyClicks(dialog.field, "1000")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)

    assert dialog.isVisible()
    assert dialog.length_mm is None
    assert "1000 mm" in words(dialog)

    qtbot.keyClicks(dialog.field, "50")  # the refused text is marked: typing replaces it
    assert "1000 mm" not in words(dialog)
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.length_mm == pytest.approx(50.0)
    assert not dialog.isVisible()


@pytest.mark.parametrize(
    ("across", "down", "sides"),
    [
        ("0.154", "0.154", (0.154, 0.154)),
        ("0,154", "0,2", (0.154, 0.2)),
        (".2", "0.2 mm/px", (0.2, 0.2)),
    ],
)
def test_that_a_pixel_size_is_understood(across, down, sides):
    assert pixel_size(across, down) == pytest.approx(sides)


@pytest.mark.parametrize(
    ("across", "down"),
    [("", "0.2"), ("0.2", ""), ("0.019", "0.2"), ("0.2", "1.51"), ("x", "x"), ("154", "154")],
)
def test_that_a_pixel_size_no_scanner_has_is_refused(across, down):
    refused = pixel_size(across, down)

    assert isinstance(refused, Refusal)
    assert refused.sentence.endswith(".")


@pytest.mark.gui
def test_that_pixels_are_square_unless_somebody_says_otherwise(window, qtbot):
    answer_with(type_and_confirm(qtbot, "0,154"))

    assert ask_pixel_size(window, None) == pytest.approx((0.154, 0.154))


@pytest.mark.gui
def test_that_unequal_sides_can_be_typed(shown, qtbot):
    dialog = shown(PixelSizeDialog(None, None))
    assert not dialog.down.isEnabled()

    dialog.square.setChecked(False)
    qtbot.keyClicks(dialog.across, "0.154")
    qtbot.keyClicks(dialog.down, "0.2")
    qtbot.keyClick(dialog.down, Qt.Key.Key_Return)

    assert dialog.mm_per_pixel == pytest.approx((0.154, 0.2))


@pytest.mark.gui
def test_that_the_present_calibration_is_offered_for_change(shown, qtbot):
    unequal = shown(PixelSizeDialog(None, Calibration(0.154, 0.2, CalibrationSource.TYPED)))

    assert (unequal.across.text(), unequal.down.text()) == ("0.154", "0.2")
    assert not unequal.square.isChecked()
    assert unequal.down.isEnabled()

    unequal.square.setChecked(True)
    assert unequal.down.text() == "0.154"
    qtbot.mouseClick(button(unequal, "Use this size"), Qt.MouseButton.LeftButton)
    assert unequal.mm_per_pixel == pytest.approx((0.154, 0.154))


@pytest.mark.gui
def test_that_a_wrong_pixel_size_is_marked_where_it_is_wrong(shown, qtbot):
    dialog = shown(PixelSizeDialog(None, Calibration(0.154, 0.2, CalibrationSource.TYPED)))
    dialog.down.clear()
    qtbot.keyClicks(dialog.down, "12")
    qtbot.keyClick(dialog.down, Qt.Key.Key_Return)

    assert dialog.mm_per_pixel is None
    assert "0.02 to 1.5 mm" in words(dialog)
    assert dialog.down.selectedText() == "12"


@pytest.mark.gui
def test_that_about_names_version_model_citations_and_purpose(shown):
    about = words(shown(AboutDialog(None, MODEL)))

    assert __version__ in about
    assert "head_unet 1.2.0" in about
    assert "".join(about.split()).count(MODEL.sha256) == 1
    assert NOT_A_DEVICE in about
    assert INTERGROWTH_21ST.citation in about
    assert HADLOCK_1984_CITATION in about
    assert "(CC BY 4.0)" in WHO_2017.citation
    assert WHO_2017.citation in about
    assert "MIT" in about


@pytest.mark.gui
def test_that_about_says_when_no_model_was_used(shown):
    assert "No model has been used yet." in words(shown(AboutDialog(None, None)))


@pytest.mark.gui
def test_that_every_key_is_listed_however_many_there_are(shown):
    shortcuts = [(f"Action {number}", f"Ctrl+{number}") for number in range(80)]
    dialog = shown(KeyboardDialog(None, shortcuts))

    listed = words(dialog)
    assert all(text in listed for pair in shortcuts for text in pair)
    assert dialog.height() <= dialog.screen().availableSize().height()
    assert dialog.findChild(QDialogButtonBox).isVisible()
