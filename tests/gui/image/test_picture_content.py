"""The picture shows the outline in its state, and marks only while their scale waits."""

import pytest

from fhc_desktop.domain.examination.outline_state import OutlineState
from fhc_desktop.gui.image.picture_content import PictureContent
from tests.reporting.examinations import accepted, edited, headless, proposed


@pytest.mark.parametrize(
    ("exam", "state"),
    [
        (proposed(), OutlineState.PROPOSED),
        (edited(), OutlineState.EDITED),
        (accepted(), OutlineState.ACCEPTED),
    ],
)
def test_that_an_outline_is_shown_in_its_state(exam, state):
    content = PictureContent.of(exam)

    assert content.state is state
    assert content.outline_px == exam.outline_px
    assert content.image is exam.image


def test_that_without_a_head_there_is_no_outline():
    content = PictureContent.of(headless())

    assert (content.outline_px, content.state) == (None, OutlineState.NONE)
