"""The dating in the window: every method, the one in force in sight, and changes for a reason."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QStyle,
    QStyleOptionComboBox,
)

from fhc_desktop.domain.dating.gestation import Dating, DatingMethod, GestationalAge
from fhc_desktop.domain.image.geometry import Handle
from fhc_desktop.gui.widgets import style
from tests.gui.hand import choose_method, do, drag_handle, enter, open_and_wait, proposal_awaited

pytestmark = pytest.mark.gui

FIRST, SECOND = date(2026, 5, 30), date(2026, 6, 13)
LMP = Dating.from_lmp(date(2026, 1, 10))
IN_FORCE = "by LMP 2026-01-10 · EDD 2026-10-17"


@pytest.fixture
def opened(qtbot, window, calibrated):
    window.controller._operator = "Dr A"
    open_and_wait(qtbot, window, calibrated)
    enter(qtbot, window.side_panel.patient.identifier, "4711")
    enter(qtbot, window.side_panel.patient.exam_date, FIRST.isoformat())
    return window


@pytest.fixture
def known(qtbot, opened, calibrated):
    """The window two weeks later, with the dated first examination in its log."""
    enter(qtbot, panel_of(opened).dating, "2026-01-10")
    opened.accept()
    assert exam(opened).is_accepted
    open_and_wait(qtbot, opened, calibrated)
    enter(qtbot, panel_of(opened).exam_date, SECOND.isoformat())
    enter(qtbot, panel_of(opened).identifier, "4711")
    return opened


def exam(window):
    return window.controller.exam


def panel_of(window):
    return window.side_panel.patient


def notes_of(window):
    return panel_of(window).notes


def entries(window):
    return window._log.entries()


METHODS = [
    ("LMP", "2026-01-10", "", LMP),
    ("LMP", "2026-01-10", "31", Dating.from_lmp(date(2026, 1, 10), 31)),
    ("EDD", "2026-10-17", "", Dating.from_edd(date(2026, 10, 17))),
    ("Age", "20w0d", "", Dating.from_age(GestationalAge(140))),
    ("Age", "16+0", "2026-05-02", Dating.from_age(GestationalAge(112), date(2026, 5, 2))),
    ("CRL, IG-21st", "2026-03-20", "55.5", Dating.from_crl(55.5, date(2026, 3, 20))),
    (
        "CRL, Robinson",
        "2026-03-20",
        "55.5",
        Dating.from_crl(55.5, date(2026, 3, 20), DatingMethod.CRL_ROBINSON),
    ),
    (
        "Earlier scan",
        "2026-03-20",
        "12w3d",
        Dating.from_earlier_scan(GestationalAge(87), date(2026, 3, 20)),
    ),
    ("Retrieval", "2026-01-24", "", Dating(DatingMethod.RETRIEVAL, on=date(2026, 1, 24))),
    ("Day-3 transfer", "2026-01-27", "", Dating(DatingMethod.DAY_3_TRANSFER, on=date(2026, 1, 27))),
    ("Day-5 transfer", "2026-01-29", "", Dating(DatingMethod.DAY_5_TRANSFER, on=date(2026, 1, 29))),
]


@pytest.mark.parametrize(("method", "value", "extra", "dating"), METHODS)
def test_that_every_method_dates_is_logged_and_opens_again_as_it_was(
    qtbot, opened, method, value, extra, dating
):
    panel = panel_of(opened)
    choose_method(panel, method)
    enter(qtbot, panel.dating, value)
    if extra:
        enter(qtbot, panel.dating_entry.extra, extra)

    assert exam(opened).dating == dating
    assert panel.complaint == ""
    assert "w" in panel.age_text.split()[0]
    assert "not recorded yet" in notes_of(opened).text

    opened.accept()
    (entry,) = entries(opened)
    assert entry.facts.dating == dating
    with qtbot.waitSignal(opened.controller.opened):
        opened.controller.open_entry(entry)
    assert panel.method.currentText() == panel.method.itemText(
        panel.method.short_texts.index(method)
    )
    assert panel.dating.line.text().replace("16w0d", "16+0") == value
    assert panel.dating_entry.extra.line.text() == extra
    assert exam(opened).is_accepted
    assert "Dr A, " in notes_of(opened).text


def test_that_half_a_dating_waits_for_its_other_half_and_is_not_filed(qtbot, opened):
    panel = panel_of(opened)
    choose_method(panel, "CRL, IG-21st")
    enter(qtbot, panel.dating, "2026-03-20")
    drag_handle(opened.image_view, Handle.A_END, 10, 0)

    assert panel.dating.line.text() == "2026-03-20"
    assert panel.age_text == "Enter the CRL as well."
    opened.accept()
    assert entries(opened) == []

    enter(qtbot, panel.dating_entry.extra, "55.5")
    assert exam(opened).dating == Dating.from_crl(55.5, date(2026, 3, 20))
    opened.accept()
    assert len(entries(opened)) == 1


def test_that_a_wrong_second_field_is_refused_there_and_the_first_stays(qtbot, opened):
    panel = panel_of(opened)
    enter(qtbot, panel.dating, "2026-01-10")
    enter(qtbot, panel.dating_entry.extra, "60")

    assert "20 to 45" in panel.dating_entry.extra.complaint
    assert panel.dating.complaint == ""
    assert panel.dating.line.text() == "2026-01-10"
    assert exam(opened).dating is None

    enter(qtbot, panel.dating_entry.extra, "31")
    assert exam(opened).dating == Dating.from_lmp(date(2026, 1, 10), 31)
    assert panel.complaint == ""


def test_that_another_method_reads_nothing_of_what_stood_there_and_undo_brings_it_back(
    qtbot, opened
):
    panel = panel_of(opened)
    enter(qtbot, panel.dating, "2026-01-10")
    enter(qtbot, panel.dating_entry.extra, "31")

    choose_method(panel, "EDD")

    assert exam(opened).dating is None
    assert [field.line.text() for field in panel.dating_entry.fields] == ["", ""]
    do(opened, "undo")
    assert exam(opened).dating == Dating.from_lmp(date(2026, 1, 10), 31)
    assert panel.method.chosen is DatingMethod.LMP
    assert panel.dating_entry.extra.line.text() == "31"


def test_that_the_two_crl_equations_share_what_was_measured(qtbot, opened):
    panel = panel_of(opened)
    choose_method(panel, "CRL, IG-21st")
    enter(qtbot, panel.dating, "2026-03-20")
    enter(qtbot, panel.dating_entry.extra, "55.5")

    choose_method(panel, "CRL, Robinson")

    assert exam(opened).dating == Dating.from_crl(
        55.5, date(2026, 3, 20), DatingMethod.CRL_ROBINSON
    )


def test_that_the_wheel_over_a_choice_changes_nothing(qtbot, opened):
    panel = panel_of(opened)
    enter(qtbot, panel.dating, "2026-01-10")
    before = exam(opened)
    none = Qt.KeyboardModifier.NoModifier
    for choice in (panel.method, panel.fetus.label):
        turn = QWheelEvent(
            QPointF(5, 5),
            QPointF(choice.mapToGlobal(QPoint(5, 5))),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            none,
            Qt.ScrollPhase.NoScrollPhase,
            False,  # noqa: FBT003 - Qt's own signature
        )
        QApplication.sendEvent(choice, turn)

    assert panel.method.chosen is DatingMethod.LMP
    assert exam(opened) == before


def test_that_an_accepted_dating_has_its_author_and_day(qtbot, opened):
    enter(qtbot, panel_of(opened).dating, "2026-01-10")
    assert notes_of(opened).text == f"{IN_FORCE} · not recorded yet"

    opened.accept()

    (entry,) = entries(opened)
    assert notes_of(opened).text == f"{IN_FORCE} · Dr A, {entry.created_at:%Y-%m-%d}"
    enter(qtbot, panel_of(opened).dating, "2026-01-12")
    assert "2026-01-12 · EDD 2026-10-19 · not recorded yet" in notes_of(opened).text


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


def test_that_another_date_is_asked_about_and_accepted_for_a_reason_only(qtbot, known):
    panel, notes = panel_of(known), notes_of(known)
    choose_method(panel, "EDD")
    enter(qtbot, panel.dating, "2026-10-20")

    assert "EDD 2026-10-20 is 3 days later than the one in force (2026-10-17)" in notes.question
    known.accept()
    assert len(entries(known)) == 1
    assert "dating differs" in known.message_bar.text
    assert known.focusWidget() is notes.reason.line
    assert notes.reason.line.visibleRegion().boundingRect().height() > 0

    known.controller._operator = "Dr B"
    enter(qtbot, notes.reason, "first scan found")
    known.accept()

    assert exam(known).is_accepted
    assert entries(known)[0].facts.dating_reason == "first scan found"
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
    known.accept()
    assert exam(known).is_accepted


def test_that_a_reason_holds_for_the_dating_it_was_given_for_only(qtbot, known):
    panel, notes = panel_of(known), notes_of(known)
    enter(qtbot, panel.dating, "2026-01-12")
    enter(qtbot, notes.reason, "first scan found")
    enter(qtbot, panel.dating, "2026-01-14")

    assert notes.reason.line.text() == ""
    known.accept()
    assert len(entries(known)) == 1
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
    known.accept()
    assert exam(known).is_accepted
    assert "EDD 2026-10-17 → 2027-01-20" in notes.text


def test_that_viewing_an_examination_again_changes_neither_it_nor_the_log(qtbot, known):
    notes_of(known).use_in_force.click()
    enter(qtbot, panel_of(known).dating, "2026-01-12")
    enter(qtbot, notes_of(known).reason, "first scan found")
    known.accept()
    before = entries(known)

    with qtbot.waitSignal(known.controller.opened):
        known.controller.open_entry(before[-1])

    assert exam(known).dating == LMP
    assert exam(known).is_accepted
    assert "In force: by LMP 2026-01-12" in notes_of(known).text
    assert entries(known) == before


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
    (database,) = folders.data.rglob("*.sqlite3")
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


def test_that_a_refused_entry_is_not_quoted_in_the_de_identified_view(qtbot, opened):
    enter(qtbot, panel_of(opened).dating, "12/10/85")
    do(opened, "deidentified_view")
    labels = [label.text() for label in opened.findChildren(QLabel) if label.isVisible()]

    assert "12/10/85" not in " ".join(labels)
    assert "12/10/85" in panel_of(opened).complaint


def test_that_a_continued_image_keeps_a_dating_that_has_its_day(qtbot, opened, calibrated):
    panel = panel_of(opened)
    choose_method(panel, "Earlier scan")
    enter(qtbot, panel.dating, "2026-03-20")
    enter(qtbot, panel.dating_entry.extra, "12w3d")
    before = exam(opened).dating

    with proposal_awaited(qtbot, opened):
        opened.controller.open_for_same_patient(calibrated)

    assert exam(opened).dating == before
    assert panel.dating_entry.extra.line.text() == "12w3d"


def test_that_no_method_widens_or_clips_the_panel(qtbot, opened):
    panel = panel_of(opened)
    width = panel.width()
    for method, value, extra, _ in METHODS:
        choose_method(panel, method)
        enter(qtbot, panel.dating, value)
        enter(qtbot, panel.dating_entry.extra, extra) if extra else None
        assert panel.width() == width
        assert panel.minimumSizeHint().width() <= width
        for field in panel.dating_entry.fields:
            metrics = field.line.fontMetrics()
            room = field.line.width() - 2 * 8
            assert metrics.horizontalAdvance(field.line.text()) <= room


@pytest.fixture
def dressed(qapp):
    """The program's own look, taken off again: other tests measure without it."""
    before = (qapp.styleSheet(), qapp.font(), qapp.palette())
    style.apply_dark_theme(qapp)
    yield
    qapp.setStyleSheet(before[0])
    qapp.setFont(before[1])
    qapp.setPalette(before[2])


@pytest.mark.usefixtures("dressed")
def test_that_every_method_has_room_in_the_closed_box(opened):
    box = panel_of(opened).method
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    edit = QStyle.SubControl.SC_ComboBoxEditField
    room = box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, edit, box)

    wide = box.fontMetrics().horizontalAdvance
    assert [words for words in box.short_texts if wide(words) > room.width()] == []
