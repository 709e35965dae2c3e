"""Menus, the patient and the usual steps stand in one row, whatever its width."""

import pytest
from PySide6.QtGui import QAction, QPixmap

from fhc_desktop.gui.window.patient_banner import BannerContent
from fhc_desktop.gui.window.top_row import TopRow

pytestmark = pytest.mark.gui


@pytest.fixture
def row(qtbot):
    made = TopRow()
    qtbot.addWidget(made)
    made.menus.addMenu("&File")
    made.resize(1000, made.sizeHint().height())
    made.show()
    return made


def test_that_the_banner_is_what_it_is_given(row):
    row.show_banner(BannerContent("Zoë Müller", ("4711", "", "2026-05-30")))

    assert row.banner_text == "Zoë Müller  ·  4711  ·  2026-05-30"


def test_that_a_button_does_its_action_and_is_no_longer_possible_with_it(qtbot, row):
    action = QAction("&Accept", row)
    made = row.add_button(action, with_text=True)

    with qtbot.waitSignal(action.triggered):
        made.click()
    action.setEnabled(False)

    assert not made.isEnabled()


def test_that_words_beside_icons_give_way_to_the_patient_in_a_narrow_row(qtbot, row):
    made = row.add_button(QAction(QPixmap(20, 20), "&Accept", row), with_text=True)
    row.resize(1366, row.height())
    wide = made.sizeHint().width()

    row.resize(1024, row.height())

    assert made.sizeHint().width() < wide


def test_that_a_long_name_takes_no_room_from_menus_and_buttons(row):
    made = row.add_button(QAction("&Accept", row), with_text=True)
    menus, narrow = row.menus.width(), row.minimumSizeHint().width()

    row.show_banner(BannerContent("Wilhelmina " * 40, ("4711",)))

    assert row.minimumSizeHint().width() == narrow
    assert row.menus.width() == menus
    assert made.geometry().right() <= row.width()
