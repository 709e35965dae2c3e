"""A row says where a head lies on one standard; a click alone changes nothing in it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST
from fhc_desktop.gui.growth.standard_row import StandardRow, column_widths_px
from fhc_desktop.reporting.content.growth_content import StandardLine

pytestmark = pytest.mark.gui
LINE = StandardLine(
    INTERGROWTH_21ST,
    is_in_force=False,
    percentile="43rd",
    interval="38th–48th",
    z="−0.18",
    bpd="51st",
)
WIDTHS_PX = (40, 70, 40)


@pytest.fixture
def row(qtbot):
    made = StandardRow()
    qtbot.addWidget(made)
    made.show_line(LINE, WIDTHS_PX)
    made.show()
    return made


def test_that_it_says_name_percentile_interval_and_z(row):
    assert row.words == "INTERGROWTH-21st 2014 43rd 38th–48th −0.18"
    assert row.accessibleName() == LINE.words


def test_that_instead_of_numbers_it_says_why_there_are_none(row):
    none = StandardLine(INTERGROWTH_21ST, is_in_force=False, reason="covers 14w0d to 40w0d")

    row.show_line(none, WIDTHS_PX)

    assert row.words == "INTERGROWTH-21st 2014 covers 14w0d to 40w0d"


def test_that_a_click_asks_and_what_is_in_force_is_said_from_outside(qtbot, row):
    with qtbot.waitSignal(row.clicked):
        qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert not row.isChecked()

    row.show_line(replace(LINE, is_in_force=True), WIDTHS_PX)

    assert row.isChecked()


def test_that_a_closer_look_tells_the_other_diameters_and_the_source(row):
    assert "BPD 51st (outer-outer)" in row.toolTip()
    assert "OFD" not in row.toolTip()
    assert INTERGROWTH_21ST.citation in row.toolTip()
    assert "Click" in row.toolTip()
    row.show_line(replace(LINE, is_in_force=True), WIDTHS_PX)
    assert "In force" in row.toolTip()


def test_that_columns_are_as_wide_as_the_widest_of_all_rows_and_never_narrower_than_usual(qapp):
    usual = column_widths_px([], "90 %")
    wider = column_widths_px([LINE, replace(LINE, interval="below the 1st–3rd")], "90 %")

    assert wider[1] > column_widths_px([LINE], "90 %")[1] > usual[1]
    assert column_widths_px([replace(LINE, percentile="1st")], "90 %")[0] == usual[0]
