"""Standards are chosen, seen side by side, and never taken or lost in silence."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from fhc_desktop.domain.confidence import Confidence, Grade, IntervalRule
from fhc_desktop.domain.dating.gestation import Dating, GestationalAge
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.growth.standards import (
    HADLOCK_1984_GROWTH,
    INTERGROWTH_21ST,
    NICHD_2015,
    WHO_2017,
)
from fhc_desktop.domain.patient import Patient
from fhc_desktop.gui.application import build_window
from fhc_desktop.gui.growth.standards_dialog import StandardsDialog
from fhc_desktop.storage.preferences.settings import Settings, load_settings, save_settings
from tests.fakes import FakeSegmenter
from tests.gui.hand import PATIENCE_MS, do, open_and_wait
from tests.local_charts import OURS_TOML
from tests.reading import READERS

pytestmark = pytest.mark.gui

RULE = IntervalRule(0.9, (100.0, 300.0), (1.5, 1.0), 1.0, 0.01, 0.1, heads=161)
GOOD = Confidence(Grade.GOOD, (), expected_error=0.001, rule=RULE)
GROUPS = tuple(standard.key for standard in NICHD_2015)
OURS = "Our heads (local chart)"


@pytest.fixture
def start(qtbot, folders, phantom):
    """Start the program with what the settings say."""

    def start(settings=None):
        if settings is not None:
            save_settings(settings, folders.settings_file)
        made = build_window(folders, FakeSegmenter(phantom.outline_px, confidence=GOOD), READERS)
        qtbot.addWidget(made)
        made.resize(1366, 768)
        with qtbot.waitActive(made):
            made.show()
            made.activateWindow()
        return made

    return start


@pytest.fixture
def shown(qtbot, start, calibrated):
    """Start it, and open a head of 20 weeks."""

    def show(settings=None, *, days=140):
        window = start(settings)
        open_and_wait(qtbot, window, calibrated)
        window.controller.set_dating(Dating.from_age(GestationalAge(days)))
        return window

    return show


@pytest.fixture
def chart(tmp_path):
    path = tmp_path / "our_heads.toml"
    path.write_text(OURS_TOML)
    return path


def exam(window):
    return window.controller.exam


def lens(window):
    return window.side_panel.growth


def row_of(window, name):
    return next(row for row in lens(window).rows if row.words.startswith(name))


def in_force(window):
    return [row.words for row in lens(window).rows if row.isChecked()]


def click(qtbot, window, name):
    qtbot.mouseClick(row_of(window, name), Qt.MouseButton.LeftButton)


def saved(folders):
    return load_settings(folders.settings_file).settings


def answer_standards(window, answer):
    """Do what ``answer`` does to the dialog of standards, and press OK."""

    def act():
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(10, act)
            return
        answer(dialog)
        dialog.accept()

    QTimer.singleShot(0, act)
    do(window, "standards")


def reopen_newest(qtbot, window):
    with qtbot.waitSignal(window.controller.opened, timeout=PATIENCE_MS):
        window.controller.open_entry(window._log.entries()[0])


# The lens ------------------------------------------------------------------------------------


def test_that_each_standard_stands_there_with_its_percentile_interval_and_z(shown):
    window = shown()

    names = [row.words for row in lens(window).rows]
    assert [name.partition(" ")[0] for name in names] == ["INTERGROWTH-21st", "WHO", "Hadlock"]
    place = window.side_panel.measurement.place_text
    percentile, interval = place.partition(" percentile, ")[::2]
    assert in_force(window) == [names[0]]
    assert names[0].startswith(f"INTERGROWTH-21st 2014 {percentile} {interval.split()[0]}")
    assert "BPD" in row_of(window, "WHO").toolTip()


def test_that_a_click_takes_a_standard_and_undo_gives_it_back(qtbot, shown):
    window = shown()
    click(qtbot, window, "WHO")

    assert exam(window).standard is WHO_2017
    assert "WHO 2017" in window.side_panel.measurement.place_text
    assert [words.partition(" 2")[0] for words in in_force(window)] == ["WHO"]
    do(window, "undo")
    assert exam(window).standard is INTERGROWTH_21ST
    do(window, "redo")
    assert "WHO" in in_force(window)[0]


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


def test_that_another_standard_after_accepting_needs_accepting_again(qtbot, shown):
    window = shown()
    do(window, "accept")
    click(qtbot, window, "Hadlock")

    assert not exam(window).is_accepted
    assert "accept again" in window.side_panel.measurement.state_text
    do(window, "accept")
    newest, oldest = window._log.entries()
    assert (newest.facts.standard_key, oldest.facts.standard_key) == (
        "hadlock1984",
        "intergrowth21",
    )
    assert newest.supersedes == oldest.entry_id


def test_that_what_was_chosen_judges_the_next_image_also_after_a_restart(
    qtbot, shown, start, calibrated, folders
):
    window = shown()
    click(qtbot, window, "WHO")
    open_and_wait(qtbot, window, calibrated)

    assert exam(window).standard is WHO_2017
    assert saved(folders).standard_key == "who2017"
    again = start()
    open_and_wait(qtbot, again, calibrated)
    assert exam(again).standard is WHO_2017


def test_that_a_choice_taken_back_does_not_judge_the_next_image(qtbot, shown, calibrated, folders):
    window = shown()
    click(qtbot, window, "WHO")
    do(window, "undo")
    open_and_wait(qtbot, window, calibrated)

    assert exam(window).standard is INTERGROWTH_21ST
    assert saved(folders).standard_key == "intergrowth21"


def test_that_the_lens_stays_folded_until_it_is_unfolded(qtbot, shown, start, calibrated):
    window = shown()
    assert lens(window).lens.isVisible()
    qtbot.mouseClick(lens(window).fold, Qt.MouseButton.LeftButton)
    assert not lens(window).lens.isVisible()

    again = start()
    open_and_wait(qtbot, again, calibrated)
    assert not lens(again).lens.isVisible()
    do(again, "lens")
    assert lens(again).lens.isVisible()


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


# Flags and remarks ---------------------------------------------------------------------------


def test_that_flags_are_told_below_and_announced_above(qtbot, shown):
    window = shown(days=190)
    told = lens(window).remarks.sentences

    assert "below the mean by INTERGROWTH-21st 2014 (SMFM 2016" in told[0]
    button = window.side_panel.measurement.remarks
    assert button.text() == f"{len(told)} remark{'' if len(told) == 1 else 's'} below"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    first = lens(window).remarks._labels[0]
    qtbot.waitUntil(lambda: not first.visibleRegion().isEmpty())
    # They are no warnings: the clinician decides.
    assert window.side_panel.measurement.warning_texts == []


def test_that_an_lmp_far_from_the_age_by_hc_is_remarked(shown):
    window = shown()
    window.controller.set_exam_date(date(2026, 5, 20))
    window.controller.set_dating(Dating.from_lmp(date(2025, 11, 1)))

    assert any("ACOG Committee Opinion 700" in said for said in lens(window).remarks.sentences)
    assert exam(window).dating == Dating.from_lmp(date(2025, 11, 1))


def test_that_without_remarks_nothing_is_announced(shown, qtbot, start, uncalibrated):
    window = start()
    open_and_wait(qtbot, window, uncalibrated)

    assert not window.side_panel.measurement.remarks.isVisible()
    assert not lens(window).remarks.isVisible()


# Charts by group -----------------------------------------------------------------------------


def test_that_charts_by_group_are_shown_only_where_they_were_ticked(shown, folders):
    window = shown()
    assert "NICHD" not in lens(window).text

    answer_standards(window, lambda dialog: dialog.groups[GROUPS[2]].setChecked(True))
    assert lens(window).text.count("NICHD") == 1
    assert "NICHD 2015, Hispanic" in lens(window).text
    assert exam(window).standard is INTERGROWTH_21ST
    assert saved(folders).nichd_groups == (GROUPS[2],)


def test_that_the_report_has_the_standards_of_the_window(qtbot, shown, tmp_path):
    window = shown(Settings(nichd_groups=(GROUPS[1],)))
    do(window, "accept")
    target = tmp_path / "report.pdf"
    with qtbot.waitSignal(window.controller.exported, timeout=PATIENCE_MS):
        window.controller.export_pdf(target)

    text = PdfReader(target).pages[1].extract_text()
    for row in lens(window).rows:
        assert row.words.rpartition(" ")[2] in text  # z
    assert "NICHD 2015, non-Hispanic Black" in text
    assert "White" not in text


# Local charts --------------------------------------------------------------------------------


def test_that_a_local_chart_is_added_taken_and_marked_everywhere(
    qtbot, monkeypatch, shown, chart, folders
):
    window = shown()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(chart), ""))
    answer_standards(window, lambda dialog: qtbot.mouseClick(dialog.add, Qt.MouseButton.LeftButton))
    click(qtbot, window, "Our heads")
    do(window, "accept")
    do(window, "log")

    assert OURS in window.side_panel.measurement.place_text
    assert window.side_panel.chart._caption.full_text == OURS
    assert saved(folders).local_charts == (str(chart),)
    assert saved(folders).standard_key == "local_our_heads"
    model = window.log_windows.log_window._model
    row = [model.index(0, column).data() for column in range(model.columnCount())]
    assert "our_heads (local chart)" in row


def test_that_an_open_course_learns_of_a_local_chart_at_once(qtbot, monkeypatch, shown, chart):
    window = shown()
    window.controller.set_patient(Patient("4711", "Zoë Müller"))
    do(window, "accept")
    do(window, "course")
    offered = window.log_windows.course_window.page.selection.standards
    assert offered.findText(OURS) < 0
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(chart), ""))
    answer_standards(window, lambda dialog: qtbot.mouseClick(dialog.add, Qt.MouseButton.LeftButton))

    assert offered.findText(OURS) >= 0


def test_that_a_chart_that_does_not_hold_is_refused_in_place(qtbot, shown, chart):
    window = shown()
    chart.write_text(OURS_TOML.replace("160.1", "60.1"))
    refusals = []

    def add(dialog):
        dialog.add_file(chart)
        refusals.append(dialog.refusal.text())

    answer_standards(window, add)
    assert "our_heads.toml: The mean in row 2 is not larger" in refusals[0]
    assert "docs/local-charts.md" in refusals[0]
    assert "local" not in lens(window).text


def test_that_a_chart_is_not_added_twice(qtbot, chart):
    dialog = StandardsDialog(None, StandardChoice(), (), in_force=WHO_2017)
    qtbot.addWidget(dialog)
    dialog.add_file(chart)
    dialog.add_file(chart)

    assert len(dialog.files) == 1
    assert "already" in dialog.refusal.text()


def test_that_a_chart_that_is_gone_is_told_at_the_start(start, chart):
    chart.unlink()
    window = start(Settings(local_charts=(str(chart),), standard_key="local_our_heads"))

    assert "The local chart our_heads.toml is not in use" in window.message_bar.text
    assert "INTERGROWTH-21st 2014 is in force" in window.message_bar.text


def test_that_what_is_told_at_the_start_stays_beside_the_first_image(
    qtbot, start, chart, calibrated
):
    window = start(Settings(standard_key="local_our_heads"))
    with qtbot.waitSignal(window.controller.opened, timeout=PATIENCE_MS):
        window.open(calibrated, keeps_message=True)

    assert "The growth standard our_heads (local chart) is not there" in window.message_bar.text


def test_that_a_chart_taken_away_judges_what_is_on_the_screen_but_nothing_after_it(
    qtbot, shown, calibrated, chart, folders
):
    window = shown(Settings(local_charts=(str(chart),), standard_key="local_our_heads"))
    assert in_force(window)[0].startswith(OURS)

    def remove(dialog):
        dialog.list.setCurrentRow(0)
        dialog.remove_chosen()
        assert dialog.in_force is INTERGROWTH_21ST

    answer_standards(window, remove)
    assert exam(window).standard is INTERGROWTH_21ST
    do(window, "undo")
    assert exam(window).standard.name == OURS
    assert in_force(window)[0].startswith(OURS)
    do(window, "redo")
    open_and_wait(qtbot, window, calibrated)
    assert exam(window).standard is INTERGROWTH_21ST
    assert saved(folders).local_charts == ()


# The log -------------------------------------------------------------------------------------


def test_that_an_entry_comes_back_with_the_standard_it_was_judged_by(qtbot, shown, folders):
    window = shown()
    click(qtbot, window, "WHO")
    do(window, "accept")
    click(qtbot, window, "Hadlock")
    reopen_newest(qtbot, window)

    assert exam(window).standard is WHO_2017
    assert exam(window).is_accepted
    # Looking at an old measurement does not choose for the next one.
    assert window.controller.standards.default is HADLOCK_1984_GROWTH
    assert not window.message_bar.isVisible()


def test_that_an_entry_by_a_chart_that_is_gone_is_not_judged_otherwise_in_silence(
    qtbot, shown, start, chart
):
    window = shown(Settings(local_charts=(str(chart),), standard_key="local_our_heads"))
    do(window, "accept")
    again = start(Settings())
    with qtbot.waitSignal(again.controller.failed, timeout=PATIENCE_MS):
        reopen_newest(qtbot, again)

    assert "judged by our_heads (local chart), which is not there now" in again.message_bar.text
    assert "the screen shows INTERGROWTH-21st 2014" in again.message_bar.text
    assert not exam(again).is_accepted
    assert "accept again" in again.side_panel.measurement.state_text
    assert again._log.entries()[0].facts.standard_key == "local_our_heads"


def test_that_a_chart_that_has_changed_is_told_beside_the_logged_percentile(
    qtbot, shown, start, chart
):
    settings = Settings(local_charts=(str(chart),), standard_key="local_our_heads")
    window = shown(settings)
    do(window, "accept")
    chart.write_text(OURS_TOML.replace("172.5", "178"))
    again = start(settings)
    with qtbot.waitSignal(again.controller.failed, timeout=PATIENCE_MS):
        reopen_newest(qtbot, again)

    assert "The log says of this measurement" in again.message_bar.text
    (entry,) = again._log.entries()
    assert exam(again).assessment.percentile != pytest.approx(entry.said.percentile, abs=1)


def test_that_the_same_patient_keeps_the_standard(qtbot, shown, calibrated):
    window = shown()
    click(qtbot, window, "WHO")
    do(window, "accept")
    click(qtbot, window, "Hadlock")
    reopen_newest(qtbot, window)
    with qtbot.waitSignal(window.controller.opened, timeout=PATIENCE_MS):
        window.controller.open_for_same_patient(calibrated)

    assert exam(window).standard is WHO_2017


# What is seen --------------------------------------------------------------------------------


@pytest.mark.parametrize("days", [140, 190, 292], ids=["usual", "small", "outside"])
def test_that_no_word_of_the_lens_is_cut_off(qtbot, shown, chart, days):
    chart.write_text(OURS_TOML.replace("Our heads", "Our heads of a clinic with a long name"))
    everything = Settings(nichd_groups=GROUPS, local_charts=(str(chart),))
    window = shown(everything, days=days)
    # A layout settles in the next turns of the event loop.
    qtbot.waitUntil(lambda: assert_nothing_is_cut_off(window))


def assert_nothing_is_cut_off(window):
    widest = window.side_panel._scroll.viewport().width()
    for label in lens(window).findChildren(QLabel):
        if not label.isVisible() or not label.text():
            continue
        right = label.mapTo(window.side_panel, label.rect().topRight()).x()
        assert right <= widest, label.text()
        needed = label.heightForWidth(label.width()) if label.wordWrap() else 0
        assert label.height() >= needed, label.text()
        if not label.wordWrap():
            assert label.width() >= label.minimumSizeHint().width(), label.text()


def test_that_local_paths_are_absolute_in_the_settings(qtbot, shown, chart, folders, monkeypatch):
    monkeypatch.chdir(chart.parent)
    window = shown()
    answer_standards(window, lambda dialog: dialog.add_file(Path(chart.name)))

    assert saved(folders).local_charts == (str(chart),)
    assert replace(saved(folders), local_charts=()) == Settings(
        recent_files=saved(folders).recent_files
    )
