"""A choice is short in the box and in full in the list, and is reported when a hand makes it."""

from enum import StrEnum

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStyleOptionComboBox

from fhc_desktop.gui.widgets.choice_box import ChoiceBox

pytestmark = pytest.mark.gui


class Method(StrEnum):
    LMP = "lmp"
    EDD = "edd"


@pytest.fixture
def box(qtbot):
    made = ChoiceBox("Dating method")
    qtbot.addWidget(made)
    made.offer(Method.LMP, "LMP", "LMP: last menstrual period")
    made.offer(Method.EDD, "EDD")
    made.show()
    return made


def in_the_box(box):
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    return option.currentText


def test_that_the_box_is_short_and_the_list_in_full(box):
    assert in_the_box(box) == "LMP"
    assert [box.itemText(index) for index in range(2)] == ["LMP: last menstrual period", "EDD"]


def test_that_what_is_chosen_is_the_value_that_was_offered(box):
    box.choose(Method.EDD)

    assert box.chosen is Method.EDD
    assert in_the_box(box) == "EDD"


def test_that_only_a_hand_reports_a_choice(qtbot, box):
    with qtbot.assertNotEmitted(box.activated):
        box.choose(Method.EDD)
    with qtbot.waitSignal(box.activated):
        qtbot.keyClick(box, Qt.Key.Key_Up)

    assert box.chosen is Method.LMP
