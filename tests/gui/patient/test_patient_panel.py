"""What is entered or comes from the file is in force at once, and says where it is from."""

from datetime import date

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.patient import Patient
from fhc_desktop.gui.patient.patient_panel import PatientPanel
from tests.gui.hand import accept, do, enter, exam, open_and_wait, settle
from tests.gui.patient.panel import panel_of

pytestmark = pytest.mark.gui
EXAM = date(2026, 1, 15)


def test_that_the_file_fills_the_panel_and_each_entry_says_so(from_file):
    panel = panel_of(from_file)

    assert panel.identifier.line.text() == "DEMO-001"
    assert panel.name.line.text() == "Demonstration, Phantom"
    assert panel.dating.line.text() == "2025-08-28"
    assert panel.age_text == "20w0d on the day of the examination"
    filled = (panel.identifier, panel.name, panel.exam_date, panel.dating)
    assert all(field.is_marked_from_file for field in filled)
    assert "born 1996-05-04" in panel.file_text
    assert "accession A-1" in panel.file_text
    assert panel.questions.isHidden()


def test_that_an_lmp_after_the_study_is_no_dating_but_a_warning(qtbot, window, write):
    open_and_wait(qtbot, window, write(LastMenstrualDate="20260301"))

    assert panel_of(window).dating.line.text() == ""
    assert window.controller.exam.dating is None
    assert any("LMP in the file" in said for said in window.side_panel.remarks.texts)


def test_that_patient_date_and_dating_are_typed_and_at_once_in_force(qtbot, examined):
    panel = examined.side_panel.patient
    enter(qtbot, panel.identifier, "4711")
    enter(qtbot, panel.name, "Annegret Müller")
    enter(qtbot, panel.dating, "2025-08-28")

    assert exam(examined).patient == Patient("4711", "Annegret Müller")
    assert exam(examined).exam_date == EXAM
    assert exam(examined).dating == Dating.from_lmp(date(2025, 8, 28))
    assert panel.age_text == "20w0d on the day of the examination"
    assert "percentile" in examined.side_panel.measurement.place_text
    assert "INTERGROWTH-21st" in examined.side_panel.measurement.place_text
    for words in ("Annegret Müller", "4711", "2026-01-15"):
        assert words in examined.top_row.banner_text


@pytest.mark.parametrize("text", ["rubbish", "31.02.2026", "2226-01-15"])
def test_that_a_wrong_examination_date_is_no_date(qtbot, examined, text, logged):
    panel = examined.side_panel.patient
    enter(qtbot, panel.dating, "2025-08-28")

    enter(qtbot, panel.exam_date, text)

    assert panel.complaint
    assert panel.exam_date.line.text() == text
    assert exam(examined).exam_date is None
    assert exam(examined).dating == Dating.from_lmp(date(2025, 8, 28))
    assert "percentile" not in examined.side_panel.measurement.place_text
    accept(examined)
    assert logged() == []


def test_that_what_is_still_being_typed_is_accepted_with_the_rest(qtbot, examined, logged):
    name = examined.side_panel.patient.name.line
    name.setFocus()
    qtbot.keyClicks(name, "Erika")
    assert exam(examined).patient.name == ""

    do(examined, "accept")

    (entry,) = logged()
    assert entry.facts.patient.name == "Erika"
    assert exam(examined).is_accepted


def test_that_enter_in_a_field_ends_the_entry_and_accepts_nothing(qtbot, examined):
    enter(qtbot, examined.side_panel.patient.name, "Erika")

    assert not exam(examined).is_accepted
    qtbot.keyClick(examined.image_view, Qt.Key.Key_Return)
    settle(examined)
    assert exam(examined).is_accepted


def test_that_dates_are_read_in_the_order_of_the_country(qtbot):
    for locale, expected in (("de_DE", date(2026, 2, 1)), ("en_US", date(2026, 1, 2))):
        panel = PatientPanel(QLocale(locale), today=lambda: date(2026, 6, 1))
        qtbot.addWidget(panel)
        with qtbot.waitSignal(panel.exam_date_entered) as said:
            panel.exam_date.entered.emit("01.02.2026" if locale == "de_DE" else "01/02/2026")

        assert said.args == [expected]


@pytest.mark.gui
def test_that_nothing_can_be_entered_while_no_image_is_open(window):
    panel = window.side_panel.patient

    assert not panel.isEnabled()
    assert not panel.notes.reason.isVisible()
    assert not panel.notes.use_in_force.isVisible()


@pytest.fixture
def panel_in(qtbot):
    def made(locale):
        panel = PatientPanel(QLocale(locale), today=lambda: date(2026, 7, 20))
        qtbot.addWidget(panel)
        return panel

    return made


@pytest.mark.parametrize("locale", ["en_US", "en_GB", "de_DE", "sv_SE", "nl_NL", "hu_HU", "C"])
def test_that_a_date_with_dots_is_day_first_in_every_country(qtbot, panel_in, locale):
    panel = panel_in(locale)
    panel.dating.line.setText("04.03.2026")

    with qtbot.waitSignal(panel.dating_entered) as said:
        panel.dating.entered.emit("04.03.2026")

    assert said.args == [Dating.from_lmp(date(2026, 3, 4))]


@pytest.mark.parametrize(
    ("locale", "typed", "found"),
    [
        ("en_US", "04/03/2026", date(2026, 4, 3)),
        ("en_GB", "04/03/2026", date(2026, 3, 4)),
        ("sv_SE", "04/03/2026", None),
        ("C", "04/03/2026", None),
        ("nl_NL", "04-03-2026", date(2026, 3, 4)),
        ("en_US", "04-03-2026", None),
    ],
)
def test_that_any_other_date_is_in_the_order_of_the_country_or_refused(
    qtbot, panel_in, locale, typed, found
):
    panel = panel_in(locale)

    with qtbot.waitSignal(panel.exam_date_entered) as said:
        panel.exam_date.entered.emit(typed)

    assert said.args == [found]
    is_refused = "write it as 2026-03-04 or 2026-04-03" in panel.complaint
    assert is_refused is (found is None)


def test_that_no_country_writes_dots_with_the_month_first():
    """The ground on which dots are day first, and dashes with the year last are not month first."""
    month_first = set()
    anywhere = (QLocale.Language.AnyLanguage, QLocale.Script.AnyScript, QLocale.Country.AnyCountry)
    for locale in QLocale.matchingLocales(*anywhere):
        form = locale.dateFormat(QLocale.FormatType.ShortFormat)
        if -1 < form.find("M") < form.find("d") < form.find("y"):
            month_first |= set(form) - set("Mdy")

    assert month_first == {"/"}


def test_that_a_correction_takes_its_reason_into_the_log_and_none_is_wanted(qtbot, dated, logged):
    correction = dated.side_panel.patient.correction
    accept(dated)
    assert not correction.isVisible()

    do(dated, "grow")
    assert correction.isVisible()
    assert correction.line.placeholderText() == "Why it is corrected (optional)"
    enter(qtbot, correction, "the outer border")
    do(dated, "accept")
    do(dated, "grow")
    assert correction.line.text() == ""
    do(dated, "accept")

    kept = [entry.circumstances.correction_reason for entry in reversed(logged())]
    assert kept == ["", "the outer border", ""]


def test_that_a_reason_that_is_still_being_typed_is_kept_with_what_is_accepted(
    qtbot, dated, logged
):
    accept(dated)
    do(dated, "grow")
    qtbot.keyClicks(dated.side_panel.patient.correction.line, "a slip")

    accept(dated)

    assert logged()[0].circumstances.correction_reason == "a slip"


def test_that_the_field_of_the_reason_moves_no_other(dated):
    panel = dated.side_panel.patient
    accept(dated)
    before = places_in(panel)

    do(dated, "grow")

    assert panel.correction.isVisible()
    assert places_in(panel) == before


def places_in(panel):
    QApplication.sendPostedEvents()
    QApplication.processEvents()
    others = (panel.identifier, panel.exam_date, panel.dating_entry, panel.notes)
    return [part.geometry() for part in others]
