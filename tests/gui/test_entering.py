"""What is typed into the panel is taken, or refused with a sentence that leaves it to be mended."""

from datetime import date

import pytest
from PySide6.QtCore import QLocale, Qt

from fhc_desktop.domain.dating.gestation import Dating, GestationalAge
from fhc_desktop.domain.image.geometry import Handle
from fhc_desktop.domain.patient import Patient
from fhc_desktop.gui.patient.patient_panel import PatientPanel
from tests.gui.hand import choose_method, do, drag_handle, enter, open_and_wait

EXAM = date(2026, 1, 15)


@pytest.fixture
def opened(qtbot, window, calibrated):
    open_and_wait(qtbot, window, calibrated)
    enter(qtbot, window.side_panel.patient.exam_date, EXAM.isoformat())
    return window


def exam(window):
    return window.controller.exam


@pytest.mark.gui
def test_that_patient_date_and_dating_are_typed_and_at_once_in_force(qtbot, opened):
    panel = opened.side_panel.patient
    enter(qtbot, panel.identifier, "4711")
    enter(qtbot, panel.name, "Annegret Müller")
    enter(qtbot, panel.dating, "2025-08-28")

    assert exam(opened).patient == Patient("4711", "Annegret Müller")
    assert exam(opened).exam_date == EXAM
    assert exam(opened).dating == Dating.from_lmp(date(2025, 8, 28))
    assert panel.age_text == "20w0d on the day of the examination"
    assert "percentile" in opened.side_panel.measurement.place_text
    assert "INTERGROWTH-21st" in opened.side_panel.measurement.place_text
    for words in ("Annegret Müller", "4711", "2026-01-15"):
        assert words in opened.top_row.banner_text


@pytest.mark.gui
@pytest.mark.parametrize(
    ("method", "text", "dating"),
    [
        ("EDD", "2026-06-04", Dating.from_edd(date(2026, 6, 4))),
        ("EDD", "20260604", Dating.from_edd(date(2026, 6, 4))),
        ("Age", "20w0d", Dating.from_age(GestationalAge(140))),
        ("Age", "20+0", Dating.from_age(GestationalAge(140))),
    ],
)
def test_that_each_method_leads_to_the_age(qtbot, opened, method, text, dating):
    panel = opened.side_panel.patient
    choose_method(panel, method)
    enter(qtbot, panel.dating, text)

    assert exam(opened).dating == dating
    assert panel.age_text == "20w0d on the day of the examination"


WRONG = [
    ("LMP", "rubbish", "is not a date"),
    ("LMP", "2025-13-01", "There is no day"),
    ("LMP", "01/02/25", "could be several days"),
    ("LMP", "2026-03-01", "lies after the examination date"),
    ("LMP", "2024-01-01", "over 43 weeks"),
    ("EDD", "tomorrow", "is not a date"),
    ("EDD", "2028-01-01", "more than 300 days after"),
    ("EDD", "2025-01-01", "over 43 weeks"),
    ("Age", "20w9d", "is not an age"),
    ("Age", "99", "is not an age"),
    ("Age", "-3", "is not an age"),
]


@pytest.mark.gui
@pytest.mark.parametrize(("method", "text", "words"), WRONG)
def test_that_a_wrong_dating_is_refused_with_a_sentence_and_nothing_is_lost(
    qtbot, opened, method, text, words
):
    panel = opened.side_panel.patient
    enter(qtbot, panel.name, "Erika")
    drag_handle(opened.image_view, Handle.A_END, 20, 0)
    outline = exam(opened).outline_px
    choose_method(panel, method)

    enter(qtbot, panel.dating, text)

    assert words in panel.complaint
    assert panel.dating.line.text() == text
    assert "th percentile" not in opened.side_panel.measurement.place_text
    assert "z " not in opened.side_panel.measurement.place_text
    assert (exam(opened).patient.name, exam(opened).exam_date) == ("Erika", EXAM)
    assert exam(opened).outline_px == outline
    opened.accept()
    assert opened._log.entries() == []
    assert not exam(opened).is_accepted
    assert "Not accepted" in opened.message_bar.text

    choose_method(panel, "Age")
    enter(qtbot, panel.dating, "20w0d")

    assert panel.complaint == ""
    do(opened, "accept")
    assert len(opened._log.entries()) == 1


@pytest.mark.gui
def test_that_emptying_a_wrong_field_is_a_way_out_too(qtbot, opened):
    panel = opened.side_panel.patient
    enter(qtbot, panel.dating, "rubbish")

    enter(qtbot, panel.dating, "")

    assert panel.complaint == ""
    assert panel.age_text.startswith("No dating")
    do(opened, "accept")
    assert exam(opened).is_accepted


@pytest.mark.gui
@pytest.mark.parametrize("text", ["rubbish", "31.02.2026", "2226-01-15"])
def test_that_a_wrong_examination_date_is_no_date(qtbot, opened, text):
    panel = opened.side_panel.patient
    enter(qtbot, panel.dating, "2025-08-28")

    enter(qtbot, panel.exam_date, text)

    assert panel.complaint
    assert panel.exam_date.line.text() == text
    assert exam(opened).exam_date is None
    assert exam(opened).dating == Dating.from_lmp(date(2025, 8, 28))
    assert "percentile" not in opened.side_panel.measurement.place_text
    opened.accept()
    assert opened._log.entries() == []


@pytest.mark.gui
def test_that_what_is_still_being_typed_is_accepted_with_the_rest(qtbot, opened):
    name = opened.side_panel.patient.name.line
    name.setFocus()
    qtbot.keyClicks(name, "Erika")
    assert exam(opened).patient.name == ""

    do(opened, "accept")

    (entry,) = opened._log.entries()
    assert entry.facts.patient.name == "Erika"
    assert exam(opened).is_accepted


@pytest.mark.gui
def test_that_enter_in_a_field_ends_the_entry_and_accepts_nothing(qtbot, opened):
    enter(qtbot, opened.side_panel.patient.name, "Erika")

    assert not exam(opened).is_accepted
    qtbot.keyClick(opened.image_view, Qt.Key.Key_Return)
    assert exam(opened).is_accepted


@pytest.mark.gui
def test_that_an_entry_is_one_step_of_undo_and_its_field_follows(qtbot, opened):
    panel = opened.side_panel.patient
    enter(qtbot, panel.dating, "2025-08-28")
    enter(qtbot, panel.dating, "2025-08-21")

    do(opened, "undo")

    assert panel.dating.line.text() == "2025-08-28"
    assert panel.age_text.startswith("20w0d")


@pytest.mark.gui
def test_that_undo_brings_back_what_a_wrong_entry_stood_for(qtbot, opened):
    panel = opened.side_panel.patient
    enter(qtbot, panel.dating, "2025-08-28")
    enter(qtbot, panel.dating, "rubbish")

    do(opened, "undo")

    assert panel.dating.line.text() == "2025-08-28"
    assert panel.complaint == ""


@pytest.mark.gui
def test_that_a_long_wrong_entry_does_not_widen_the_panel(qtbot, opened):
    width = opened.side_panel.patient.width()

    enter(qtbot, opened.side_panel.patient.dating, "x" * 500)

    assert opened.side_panel.patient.width() == width
    assert opened.side_panel.patient.minimumSizeHint().width() <= width


@pytest.mark.gui
def test_that_dates_are_read_in_the_order_of_the_country(qtbot):
    for locale, expected in (("de_DE", date(2026, 2, 1)), ("en_US", date(2026, 1, 2))):
        panel = PatientPanel(QLocale(locale), today=lambda: date(2026, 6, 1))
        qtbot.addWidget(panel)
        with qtbot.waitSignal(panel.exam_date_entered) as said:
            panel.exam_date.entered.emit("01.02.2026" if locale == "de_DE" else "01/02/2026")

        assert said.args == [expected]
