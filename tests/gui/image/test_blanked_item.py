"""What stands outside the scan, where names are burnt in, is black in the de-identified view."""

import numpy as np
import pytest

from tests.gui.hand import do, open_and_wait

pytestmark = pytest.mark.gui


def picture_of(view):
    image = view.grab().toImage()
    return np.frombuffer(image.constBits(), np.uint8).copy()


def test_that_burnt_in_text_at_the_top_is_covered(named):
    before = picture_of(named.image_view)
    do(named, "deidentified_view")
    during = picture_of(named.image_view)
    do(named, "deidentified_view")

    assert named.actions_by_name["deidentified_view"].isChecked() is False
    assert np.array_equal(picture_of(named.image_view), before)
    assert named.controller.exam.image.gray.any()
    # The phantom's one region is the whole picture: nothing stands outside it.
    assert np.array_equal(during, before)


def test_that_a_picture_without_regions_has_its_top_covered(qtbot, window, calibrated):
    open_and_wait(qtbot, window, calibrated)
    before = picture_of(window.image_view)

    do(window, "deidentified_view")

    assert not np.array_equal(picture_of(window.image_view), before)
