"""Standards are chosen for what is on the screen and what comes next, and never lost in silence."""

from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

from fhc_desktop.domain.growth.standards import HADLOCK_1984_GROWTH, INTERGROWTH_21ST, WHO_2017
from fhc_desktop.domain.patient import Patient
from fhc_desktop.storage.preferences.settings import Settings
from tests.gui.growth.lens import GROUPS, OURS, answer_standards, click, in_force, lens, saved
from tests.gui.hand import PATIENCE_MS, choose_path, do, exam, file_report, open_and_wait
from tests.local_charts import OURS_TOML

pytestmark = pytest.mark.gui


def reopen_newest(qtbot, window, logged):
    with qtbot.waitSignal(window.controller.opened, timeout=PATIENCE_MS):
        window.controller.open_entry(logged()[0])


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


def test_that_another_standard_after_accepting_needs_accepting_again(qtbot, shown, logged):
    window = shown()
    do(window, "accept")
    click(qtbot, window, "Hadlock")

    assert not exam(window).is_accepted
    assert "accept again" in window.side_panel.measurement.state_text
    do(window, "accept")
    newest, oldest = logged()
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
    file_report(qtbot, window, target)

    text = PdfReader(target).pages[1].extract_text()
    for row in lens(window).rows:
        assert row.words.rpartition(" ")[2] in text  # z
    assert "NICHD 2015, non-Hispanic Black" in text
    assert "White" not in text


def test_that_a_local_chart_is_added_taken_and_marked_everywhere(qtbot, shown, chart, folders):
    window = shown()
    choose_path(chart)
    answer_standards(window, lambda dialog: qtbot.mouseClick(dialog.add, Qt.MouseButton.LeftButton))
    click(qtbot, window, "Our heads")
    do(window, "accept")
    do(window, "log")

    assert OURS in window.side_panel.measurement.place_text
    assert window.side_panel.chart.caption == OURS
    assert saved(folders).local_charts == (str(chart),)
    assert saved(folders).standard_key == "local_our_heads"
    model = window.log_windows.log_window.findChild(QTableView).model()
    row = [model.index(0, column).data() for column in range(model.columnCount())]
    assert "our_heads (local chart)" in row


def test_that_an_open_course_learns_of_a_local_chart_at_once(qtbot, shown, chart):
    window = shown()
    window.controller.set_patient(Patient("4711", "Zoë Müller"))
    do(window, "accept")
    do(window, "course")
    offered = window.log_windows.course_window.page.selection.standards
    assert offered.findText(OURS) < 0
    choose_path(chart)
    answer_standards(window, lambda dialog: qtbot.mouseClick(dialog.add, Qt.MouseButton.LeftButton))

    assert offered.findText(OURS) >= 0


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


def test_that_an_entry_comes_back_with_the_standard_it_was_judged_by(qtbot, shown, folders, logged):
    window = shown()
    click(qtbot, window, "WHO")
    do(window, "accept")
    click(qtbot, window, "Hadlock")
    reopen_newest(qtbot, window, logged)

    assert exam(window).standard is WHO_2017
    assert exam(window).is_accepted
    # Looking at an old measurement does not choose for the next one.
    assert window.controller.standards.default is HADLOCK_1984_GROWTH
    assert not window.message_bar.isVisible()


def test_that_an_entry_by_a_chart_that_is_gone_is_not_judged_otherwise_in_silence(
    qtbot, shown, start, chart, logged
):
    window = shown(Settings(local_charts=(str(chart),), standard_key="local_our_heads"))
    do(window, "accept")
    again = start(Settings())
    with qtbot.waitSignal(again.controller.failed, timeout=PATIENCE_MS):
        reopen_newest(qtbot, again, logged)

    assert "judged by our_heads (local chart), which is not there now" in again.message_bar.text
    assert "the screen shows INTERGROWTH-21st 2014" in again.message_bar.text
    assert not exam(again).is_accepted
    assert "accept again" in again.side_panel.measurement.state_text
    assert logged()[0].facts.standard_key == "local_our_heads"


def test_that_a_chart_that_has_changed_is_told_beside_the_logged_percentile(
    qtbot, shown, start, chart, logged
):
    settings = Settings(local_charts=(str(chart),), standard_key="local_our_heads")
    window = shown(settings)
    do(window, "accept")
    chart.write_text(OURS_TOML.replace("172.5", "178"))
    again = start(settings)
    with qtbot.waitSignal(again.controller.failed, timeout=PATIENCE_MS):
        reopen_newest(qtbot, again, logged)

    assert "The log says of this measurement" in again.message_bar.text
    (entry,) = logged()
    assert exam(again).assessment.percentile != pytest.approx(entry.said.percentile, abs=1)


def test_that_the_same_patient_keeps_the_standard(qtbot, shown, calibrated, logged):
    window = shown()
    click(qtbot, window, "WHO")
    do(window, "accept")
    click(qtbot, window, "Hadlock")
    reopen_newest(qtbot, window, logged)
    with qtbot.waitSignal(window.controller.opened, timeout=PATIENCE_MS):
        window.controller.open_for_same_patient(calibrated)

    assert exam(window).standard is WHO_2017


def test_that_local_paths_are_absolute_in_the_settings(qtbot, shown, chart, folders, monkeypatch):
    monkeypatch.chdir(chart.parent)
    window = shown()
    answer_standards(window, lambda dialog: dialog.add_file(Path(chart.name)))

    assert saved(folders).local_charts == (str(chart),)
    assert replace(saved(folders), local_charts=()) == Settings(
        recent_files=saved(folders).recent_files
    )
