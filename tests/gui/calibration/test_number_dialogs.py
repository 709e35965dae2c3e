"""A length or a pixel size that no scan has is refused with a sentence, in place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit

from fhc_desktop.domain.image.calibration import Calibration, CalibrationSource
from fhc_desktop.gui.calibration.number_dialogs import (
    PixelSizeDialog,
    Refusal,
    ask_pixel_size,
    pixel_size,
    ruler_length,
)
from tests.gui.hand import button, visible_words


def answer_with(act) -> None:
    """Do something to the dialog that is about to block."""
    QTimer.singleShot(0, lambda: act(QApplication.activeModalWidget()))


def type_and_confirm(qtbot, text):
    def act(dialog):
        field = dialog.findChild(QLineEdit)
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Qt.Key.Key_Return)

    return act


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
def test_that_a_dismissed_question_has_no_answer(owner, qtbot):
    current = Calibration(0.154, 0.154, CalibrationSource.TYPED)
    answer_with(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape))
    assert ask_pixel_size(owner, current) is None


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
def test_that_pixels_are_square_unless_somebody_says_otherwise(owner, qtbot):
    answer_with(type_and_confirm(qtbot, "0,154"))

    assert ask_pixel_size(owner, None) == pytest.approx((0.154, 0.154))


@pytest.mark.gui
def test_that_unequal_sides_can_be_typed(present, qtbot):
    dialog = present(PixelSizeDialog(None, None))
    assert not dialog.down.isEnabled()

    dialog.square.setChecked(False)
    qtbot.keyClicks(dialog.across, "0.154")
    qtbot.keyClicks(dialog.down, "0.2")
    qtbot.keyClick(dialog.down, Qt.Key.Key_Return)

    assert dialog.mm_per_pixel == pytest.approx((0.154, 0.2))


@pytest.mark.gui
def test_that_the_present_calibration_is_offered_for_change(present, qtbot):
    unequal = present(PixelSizeDialog(None, Calibration(0.154, 0.2, CalibrationSource.TYPED)))

    assert (unequal.across.text(), unequal.down.text()) == ("0.154", "0.2")
    assert not unequal.square.isChecked()
    assert unequal.down.isEnabled()

    unequal.square.setChecked(True)
    assert unequal.down.text() == "0.154"
    qtbot.mouseClick(button(unequal, "Use this size"), Qt.MouseButton.LeftButton)
    assert unequal.mm_per_pixel == pytest.approx((0.154, 0.154))


@pytest.mark.gui
def test_that_a_wrong_pixel_size_is_marked_where_it_is_wrong(present, qtbot):
    dialog = present(PixelSizeDialog(None, Calibration(0.154, 0.2, CalibrationSource.TYPED)))
    dialog.down.clear()
    qtbot.keyClicks(dialog.down, "12")
    qtbot.keyClick(dialog.down, Qt.Key.Key_Return)

    assert dialog.mm_per_pixel is None
    assert "0.02 to 1.5 mm" in visible_words(dialog)
    assert dialog.down.selectedText() == "12"


pytestmark = pytest.mark.gui


@pytest.fixture
def dialog(qtbot):
    def shown(current=None, *, pixel_aspect=0.9375):
        made = PixelSizeDialog(None, current, pixel_aspect=pixel_aspect)
        qtbot.addWidget(made)
        made.show()
        return made

    return shown


def typed(dialog, text):
    dialog.across.setText(text)
    dialog.across.textEdited.emit(text)
    dialog.accept()
    return dialog.mm_per_pixel


def test_that_the_height_follows_from_the_width_by_the_files_shape(dialog):
    asked = dialog()

    assert asked.square.isChecked()
    assert asked.square.text() == "Pixels 0.9375 times as high as wide, as the file says"
    assert typed(asked, "0,2") == pytest.approx((0.2, 0.1875))


def test_that_both_sides_can_be_typed_against_the_files_shape(dialog):
    asked = dialog()
    asked.square.setChecked(False)
    asked.down.setText("0.2")

    assert typed(asked, "0.2") == pytest.approx((0.2, 0.2))


def test_that_a_size_typed_before_comes_back_with_its_shape(dialog):
    shaped = Calibration(0.154, 0.154 * 0.9375, CalibrationSource.TYPED)
    square = Calibration(0.154, 0.154, CalibrationSource.TYPED)

    assert dialog(shaped).square.isChecked()
    assert not dialog(square).square.isChecked()
    assert dialog(square, pixel_aspect=1.0).square.isChecked()


def test_that_what_is_no_number_is_refused_in_one_field(dialog):
    asked = dialog()

    assert typed(asked, "wide") is None
    assert asked.isVisible()
