"""The dating in force is in sight, and is changed for a reason only."""

from datetime import date

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.image.geometry import Handle
from tests.gui.hand import accept, choose_method, do, drag_handle, enter, exam
from tests.gui.patient.panel import notes_of, panel_of

pytestmark = pytest.mark.gui
LMP = Dating.from_lmp(date(2026, 1, 10))
IN_FORCE = "by LMP 2026-01-10 · EDD 2026-10-17"


def test_that_an_accepted_dating_has_its_author_and_day(qtbot, identified, logged):
    enter(qtbot, panel_of(identified).dating, "2026-01-10")
    assert notes_of(identified).text == f"{IN_FORCE} · not recorded yet"

    accept(identified)

    (entry,) = logged()
    assert notes_of(identified).text == f"{IN_FORCE} · Dr A, {entry.created_at:%Y-%m-%d}"
    enter(qtbot, panel_of(identified).dating, "2026-01-12")
    assert "2026-01-12 · EDD 2026-10-19 · not recorded yet" in notes_of(identified).text


def test_that_the_dating_in_force_is_offered_and_never_taken_unasked(known):
    notes = notes_of(known)
    assert exam(known).dating is None
    assert notes.text.startswith(f"In force: {IN_FORCE} · Dr A, ")
    assert notes.question == ""
    assert notes.use_in_force.isVisible()
    assert "LMP 2026-01-10, EDD 2026-10-17" in notes.use_in_force.toolTip()

    notes.use_in_force.click()

    assert exam(known).dating == LMP
    assert panel_of(known).age_text.startswith("22w0d")
    assert notes.text.startswith(f"{IN_FORCE} · Dr A, ")
    assert not notes.use_in_force.isVisible()
    do(known, "undo")
    assert exam(known).dating is None


def test_that_another_date_is_asked_about_and_accepted_for_a_reason_only(qtbot, known, logged):
    panel, notes = panel_of(known), notes_of(known)
    choose_method(panel, "EDD")
    enter(qtbot, panel.dating, "2026-10-20")

    assert "EDD 2026-10-20 is 3 days later than the one in force (2026-10-17)" in notes.question
    accept(known)
    assert len(logged()) == 1
    assert "dating differs" in known.message_bar.text
    assert known.focusWidget() is notes.reason.line
    assert notes.reason.line.visibleRegion().boundingRect().height() > 0

    enter(qtbot, notes.reason, "first scan found")
    accept(known)

    assert exam(known).is_accepted
    assert logged()[0].facts.dating_reason == "first scan found"
    assert known.message_bar.text == ""
    assert notes.question == ""
    assert "EDD 2026-10-17 → 2026-10-20, 3 days later" in notes.text
    assert "Dr B" in notes.text
    assert "first scan found" in notes.text


def test_that_the_dating_in_force_ends_the_question_too(qtbot, known):
    panel, notes = panel_of(known), notes_of(known)
    enter(qtbot, panel.dating, "2026-01-12")
    enter(qtbot, notes.reason, "a slip")
    assert notes.question

    notes.use_in_force.click()

    assert notes.question == ""
    assert exam(known).dating == LMP
    assert exam(known).dating_reason == ""
    assert not notes.reason.isVisible()
    accept(known)
    assert exam(known).is_accepted


def test_that_a_reason_holds_for_the_dating_it_was_given_for_only(qtbot, known, logged):
    panel, notes = panel_of(known), notes_of(known)
    enter(qtbot, panel.dating, "2026-01-12")
    enter(qtbot, notes.reason, "first scan found")
    enter(qtbot, panel.dating, "2026-01-14")

    assert notes.reason.line.text() == ""
    accept(known)
    assert len(logged()) == 1
    do(known, "undo")
    assert notes.reason.line.text() == "first scan found"


def test_that_dates_of_another_pregnancy_that_overlaps_are_named_and_can_be_joined(qtbot, known):
    panel, notes = panel_of(known), notes_of(known)
    choose_method(panel, "EDD")
    enter(qtbot, panel.dating, "2027-01-20")

    assert "another pregnancy begins, while the one with EDD 2026-10-17 lasts" in notes.question
    assert notes.use_in_force.isVisible()

    enter(qtbot, notes.reason, "wrong LMP")

    assert "95 days later" in notes.question
    accept(known)
    assert exam(known).is_accepted
    assert "EDD 2026-10-17 → 2027-01-20" in notes.text


def test_that_viewing_an_examination_again_changes_neither_it_nor_the_log(qtbot, known, logged):
    notes_of(known).use_in_force.click()
    enter(qtbot, panel_of(known).dating, "2026-01-12")
    enter(qtbot, notes_of(known).reason, "first scan found")
    accept(known)
    before = logged()

    with qtbot.waitSignal(known.controller.opened):
        known.controller.open_entry(before[-1])

    assert exam(known).dating == LMP
    assert exam(known).is_accepted
    assert "In force: by LMP 2026-01-12" in notes_of(known).text
    assert logged() == before


def test_that_another_patient_is_told_nothing_of_this_one(qtbot, known):
    enter(qtbot, panel_of(known).identifier, "4712")
    assert notes_of(known).text == ""
    assert not notes_of(known).use_in_force.isVisible()

    enter(qtbot, panel_of(known).identifier, "")
    assert notes_of(known).text == ""


def test_that_a_dating_that_contradicts_the_day_is_not_asked_about(qtbot, known):
    choose_method(panel_of(known), "EDD")
    enter(qtbot, panel_of(known).dating, "2025-01-20")

    assert "over 43 weeks" in panel_of(known).complaint
    assert notes_of(known).question == ""


def test_that_a_log_that_cannot_be_read_is_said_once_and_nothing_else_breaks(qtbot, known, folders):
    (database,) = folders.data.glob("log/*.sqlite3")
    database.rename(database.with_suffix(".away"))
    problems = []
    known.controller.failed.connect(problems.append)

    drag_handle(known.image_view, Handle.A_END, 10, 0)
    enter(qtbot, panel_of(known).dating, "2026-01-12")
    assert problems == []

    enter(qtbot, panel_of(known).identifier, "4712")
    drag_handle(known.image_view, Handle.A_END, 10, 0)
    enter(qtbot, panel_of(known).dating, "2026-01-14")
    assert len(problems) == 1
    assert exam(known).dating == Dating.from_lmp(date(2026, 1, 14))
    assert panel_of(known).age_text.startswith("21w3d")


def test_that_the_de_identified_view_tells_neither_dates_nor_author(qtbot, known):
    enter(qtbot, panel_of(known).dating, "2026-01-12")
    enter(qtbot, notes_of(known).reason, "letter of Dr Miller")
    do(known, "deidentified_view")

    lines = [line.displayText() for line in known.findChildren(QLineEdit) if line.isVisible()]
    labels = [label.text() for label in known.findChildren(QLabel) if label.isVisible()]
    told = " ".join([*lines, *labels])
    assert not any(words in told for words in ("2026-", "Dr A", "Miller", "EDD 2"))
    assert not notes_of(known).use_in_force.isVisible()

    do(known, "deidentified_view")
    assert "EDD 2026-10-19 is 2 days later" in notes_of(known).question
