"""A pixel's size is typed once where the file knows its shape."""

import pytest

from fhc_desktop.domain.image.calibration import Calibration, CalibrationSource
from fhc_desktop.gui.calibration.number_dialogs import PixelSizeDialog

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
