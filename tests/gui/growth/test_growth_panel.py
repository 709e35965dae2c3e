"""All standards are seen side by side, with what they flag, and none is cut off."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST, WHO_2017
from fhc_desktop.gui.window.sections import Section
from fhc_desktop.storage.preferences.settings import Settings
from tests.gui.growth.lens import GROUPS, click, in_force, lens, row_of, saved
from tests.gui.hand import do, exam, open_and_wait
from tests.local_charts import OURS_TOML

pytestmark = pytest.mark.gui


def test_that_each_standard_stands_there_with_its_percentile_interval_and_z(shown):
    window = shown()

    names = [row.words for row in lens(window).rows]
    assert [name.partition(" ")[0] for name in names] == ["INTERGROWTH-21st", "WHO", "Hadlock"]
    place = window.side_panel.measurement.place_text
    percentile, interval = place.partition(" percentile, ")[::2]
    assert in_force(window) == [names[0]]
    assert names[0].startswith(f"INTERGROWTH-21st 2014 {percentile} {interval.split()[0]}")
    assert "BPD" in row_of(window, "WHO").toolTip()


def test_that_the_standard_in_force_stays_in_force_when_it_is_clicked(qtbot, shown):
    window = shown()
    before = exam(window)
    click(qtbot, window, "INTERGROWTH")

    assert in_force(window)[0].startswith("INTERGROWTH")
    assert exam(window) == before


def test_that_arrows_and_space_take_a_standard(qtbot, shown):
    window = shown()
    do(window, "lens")
    qtbot.waitUntil(lens(window).rows[0].hasFocus)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert exam(window).standard is INTERGROWTH_21ST
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)

    assert exam(window).standard is WHO_2017


def test_that_whether_the_lens_stays_open_is_remembered(qtbot, shown, folders):
    window = shown()
    fold = window.side_panel.summaries[Section.STANDARDS]
    qtbot.mouseClick(fold, Qt.MouseButton.LeftButton)
    assert lens(window).isVisible()
    qtbot.mouseClick(fold, Qt.MouseButton.LeftButton)

    assert not lens(window).isVisible()
    assert not saved(folders).lens_open
    do(window, "lens")
    assert saved(folders).lens_open


def test_that_what_all_standards_lack_is_said_once(qtbot, start, uncalibrated):
    window = start()
    open_and_wait(qtbot, window, uncalibrated)

    assert lens(window).text.count("No calibration") == 1
    assert not lens(window).ages.isVisible()


def test_that_outside_its_ages_each_standard_says_so(shown):
    window = shown(days=290)

    assert "covers 14w0d to 40w0d; this age is 41w3d" in row_of(window, "INTERGROWTH").words
    assert "covers 12w0d to 40w0d; this age is 41w3d" in row_of(window, "Hadlock").words


def test_that_the_ultrasound_age_stands_by_each_method_with_its_range(shown):
    by_hadlock, by_intergrowth, by_both = lens(shown()).ages.text.split("\n")

    assert by_hadlock.startswith("Hadlock 1984 ")
    assert "± " in by_hadlock
    assert "–" in by_hadlock
    assert by_intergrowth.startswith("INTERGROWTH-21st 2016 ")
    assert by_both.startswith("Hadlock 1984, with BPD ")


def test_that_flags_are_remarks_and_no_warnings(shown):
    told = shown(days=190).side_panel.remarks.texts

    assert any("below the mean by INTERGROWTH-21st 2014 (SMFM 2016" in said for said in told)
    # The clinician decides.
    assert not any(said.startswith("▲") for said in told)


def test_that_an_lmp_far_from_the_age_by_hc_is_remarked(shown):
    window = shown()
    window.controller.set_exam_date(date(2026, 5, 20))
    window.controller.set_dating(Dating.from_lmp(date(2025, 11, 1)))

    assert any("ACOG Committee Opinion 700" in said for said in window.side_panel.remarks.texts)
    assert exam(window).dating == Dating.from_lmp(date(2025, 11, 1))


def test_that_without_remarks_nothing_is_announced(qtbot, start, uncalibrated):
    window = start()
    open_and_wait(qtbot, window, uncalibrated)

    assert window.side_panel.remarks.texts == []
    assert not window.side_panel.remarks.more.isVisible()


@pytest.mark.parametrize("days", [140, 190, 292], ids=["usual", "small", "outside"])
def test_that_no_word_of_the_lens_is_cut_off(qtbot, shown, chart, days):
    chart.write_text(OURS_TOML.replace("Our heads", "Our heads of a clinic with a long name"))
    everything = Settings(nichd_groups=GROUPS, local_charts=(str(chart),))
    window = shown(everything, days=days)
    do(window, "lens")
    # A layout settles in the next turns of the event loop.
    qtbot.waitUntil(lambda: assert_nothing_is_cut_off(window))


def assert_nothing_is_cut_off(window):
    widest = window.side_panel.width()
    for label in lens(window).findChildren(QLabel):
        if not label.isVisible() or not label.text():
            continue
        right = label.mapTo(window.side_panel, label.rect().topRight()).x()
        assert right <= widest, label.text()
        needed = label.heightForWidth(label.width()) if label.wordWrap() else 0
        assert label.height() >= needed, label.text()
        if not label.wordWrap():
            assert label.width() >= label.minimumSizeHint().width(), label.text()
