"""The legend says what the marks on the chart mean."""

import pytest
from PySide6.QtWidgets import QLabel

from tests.gui.course_examples import FIVE, seen

pytestmark = pytest.mark.gui


@pytest.mark.parametrize(
    ("exams", "said"),
    [
        (FIVE, "◇ edited"),
        ((seen(140, drawn=True), seen(168)), "◇ drawn by hand"),
        ((seen(140, drawn=True), seen(168, edited=True)), "◇ edited or drawn by hand"),
    ],
)
def test_that_the_legend_says_what_its_diamond_means(drawn, exams, said):
    assert said in [label.text() for label in drawn(exams).findChildren(QLabel)]
