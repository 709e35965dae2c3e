"""Every method of dating is entered, refused where it is wrong, logged, and shown as it was."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QStyle, QStyleOptionComboBox

from fhc_desktop.domain.dating.gestation import Dating, DatingMethod, GestationalAge
from fhc_desktop.domain.image.geometry import Handle
from tests.gui.hand import accept, choose_method, do, drag_handle, enter, exam, proposal_awaited
from tests.gui.patient.panel import notes_of, panel_of

EXAM = date(2026, 1, 15)
LMP = Dating.from_lmp(date(2026, 1, 10))

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
def test_that_each_method_leads_to_the_age(qtbot, examined, method, text, dating):
    panel = examined.side_panel.patient
    choose_method(panel, method)
    enter(qtbot, panel.dating, text)

    assert exam(examined).dating == dating
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
    qtbot, examined, method, text, words, logged
):
    panel = examined.side_panel.patient
    enter(qtbot, panel.name, "Erika")
    drag_handle(examined.image_view, Handle.A_END, 20, 0)
    outline = exam(examined).outline_px
    choose_method(panel, method)

    enter(qtbot, panel.dating, text)

    assert words in panel.complaint
    assert panel.dating.line.text() == text
    assert "th percentile" not in examined.side_panel.measurement.place_text
    assert "z " not in examined.side_panel.measurement.place_text
    assert (exam(examined).patient.name, exam(examined).exam_date) == ("Erika", EXAM)
    assert exam(examined).outline_px == outline
    accept(examined)
    assert logged() == []
    assert not exam(examined).is_accepted
    assert "Not accepted" in examined.message_bar.text

    choose_method(panel, "Age")
    enter(qtbot, panel.dating, "20w0d")

    assert panel.complaint == ""
    do(examined, "accept")
    assert len(logged()) == 1


@pytest.mark.gui
def test_that_emptying_a_wrong_field_is_a_way_out_too(qtbot, examined):
    panel = examined.side_panel.patient
    enter(qtbot, panel.dating, "rubbish")

    enter(qtbot, panel.dating, "")

    assert panel.complaint == ""
    assert panel.age_text.startswith("No dating")
    do(examined, "accept")
    assert exam(examined).is_accepted


@pytest.mark.gui
def test_that_an_entry_is_one_step_of_undo_and_its_field_follows(qtbot, examined):
    panel = examined.side_panel.patient
    enter(qtbot, panel.dating, "2025-08-28")
    enter(qtbot, panel.dating, "2025-08-21")

    do(examined, "undo")

    assert panel.dating.line.text() == "2025-08-28"
    assert panel.age_text.startswith("20w0d")


@pytest.mark.gui
def test_that_undo_brings_back_what_a_wrong_entry_stood_for(qtbot, examined):
    panel = examined.side_panel.patient
    enter(qtbot, panel.dating, "2025-08-28")
    enter(qtbot, panel.dating, "rubbish")

    do(examined, "undo")

    assert panel.dating.line.text() == "2025-08-28"
    assert panel.complaint == ""


@pytest.mark.gui
def test_that_a_long_wrong_entry_does_not_widen_the_panel(qtbot, examined):
    width = examined.side_panel.patient.width()

    enter(qtbot, examined.side_panel.patient.dating, "x" * 500)

    assert examined.side_panel.patient.width() == width
    assert examined.side_panel.patient.minimumSizeHint().width() <= width


@pytest.mark.gui
@pytest.mark.parametrize(("method", "value", "extra", "dating"), METHODS)
def test_that_every_method_dates_is_logged_and_opens_again_as_it_was(
    qtbot, identified, method, value, extra, dating, logged
):
    panel = panel_of(identified)
    choose_method(panel, method)
    enter(qtbot, panel.dating, value)
    if extra:
        enter(qtbot, panel.dating_entry.extra, extra)

    assert exam(identified).dating == dating
    assert panel.complaint == ""
    assert "w" in panel.age_text.split()[0]
    assert "not recorded yet" in notes_of(identified).text

    accept(identified)
    (entry,) = logged()
    assert entry.facts.dating == dating
    with qtbot.waitSignal(identified.controller.opened):
        identified.controller.open_entry(entry)
    assert panel.method.currentText() == panel.method.itemText(
        panel.method.short_texts.index(method)
    )
    assert panel.dating.line.text().replace("16w0d", "16+0") == value
    assert panel.dating_entry.extra.line.text() == extra
    assert exam(identified).is_accepted
    assert "Dr A, " in notes_of(identified).text


@pytest.mark.gui
def test_that_half_a_dating_waits_for_its_other_half_and_is_not_filed(qtbot, identified, logged):
    panel = panel_of(identified)
    choose_method(panel, "CRL, IG-21st")
    enter(qtbot, panel.dating, "2026-03-20")
    drag_handle(identified.image_view, Handle.A_END, 10, 0)

    assert panel.dating.line.text() == "2026-03-20"
    assert panel.age_text == "Enter the CRL as well."
    accept(identified)
    assert logged() == []

    enter(qtbot, panel.dating_entry.extra, "55.5")
    assert exam(identified).dating == Dating.from_crl(55.5, date(2026, 3, 20))
    accept(identified)
    assert len(logged()) == 1


@pytest.mark.gui
def test_that_a_wrong_second_field_is_refused_there_and_the_first_stays(qtbot, identified):
    panel = panel_of(identified)
    enter(qtbot, panel.dating, "2026-01-10")
    enter(qtbot, panel.dating_entry.extra, "60")

    assert "20 to 45" in panel.dating_entry.extra.complaint
    assert panel.dating.complaint == ""
    assert panel.dating.line.text() == "2026-01-10"
    assert exam(identified).dating is None

    enter(qtbot, panel.dating_entry.extra, "31")
    assert exam(identified).dating == Dating.from_lmp(date(2026, 1, 10), 31)
    assert panel.complaint == ""


@pytest.mark.gui
def test_that_another_method_reads_nothing_of_what_stood_there_and_undo_brings_it_back(
    qtbot, identified
):
    panel = panel_of(identified)
    enter(qtbot, panel.dating, "2026-01-10")
    enter(qtbot, panel.dating_entry.extra, "31")

    choose_method(panel, "EDD")

    assert exam(identified).dating is None
    assert [field.line.text() for field in panel.dating_entry.fields] == ["", ""]
    do(identified, "undo")
    assert exam(identified).dating == Dating.from_lmp(date(2026, 1, 10), 31)
    assert panel.method.chosen is DatingMethod.LMP
    assert panel.dating_entry.extra.line.text() == "31"


@pytest.mark.gui
def test_that_the_two_crl_equations_share_what_was_measured(qtbot, identified):
    panel = panel_of(identified)
    choose_method(panel, "CRL, IG-21st")
    enter(qtbot, panel.dating, "2026-03-20")
    enter(qtbot, panel.dating_entry.extra, "55.5")

    choose_method(panel, "CRL, Robinson")

    assert exam(identified).dating == Dating.from_crl(
        55.5, date(2026, 3, 20), DatingMethod.CRL_ROBINSON
    )


@pytest.mark.gui
def test_that_the_wheel_over_a_choice_changes_nothing(qtbot, identified):
    panel = panel_of(identified)
    enter(qtbot, panel.dating, "2026-01-10")
    before = exam(identified)
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
    assert exam(identified) == before


@pytest.mark.gui
def test_that_a_refused_entry_is_not_quoted_in_the_de_identified_view(qtbot, identified):
    enter(qtbot, panel_of(identified).dating, "12/10/85")
    do(identified, "deidentified_view")
    labels = [label.text() for label in identified.findChildren(QLabel) if label.isVisible()]

    assert "12/10/85" not in " ".join(labels)
    assert "12/10/85" in panel_of(identified).complaint


@pytest.mark.gui
def test_that_a_continued_image_keeps_a_dating_that_has_its_day(qtbot, identified, calibrated):
    panel = panel_of(identified)
    choose_method(panel, "Earlier scan")
    enter(qtbot, panel.dating, "2026-03-20")
    enter(qtbot, panel.dating_entry.extra, "12w3d")
    before = exam(identified).dating

    with proposal_awaited(qtbot, identified):
        identified.controller.open_for_same_patient(calibrated)

    assert exam(identified).dating == before
    assert panel.dating_entry.extra.line.text() == "12w3d"


@pytest.mark.gui
def test_that_no_method_widens_or_clips_the_panel(qtbot, identified):
    panel = panel_of(identified)
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


@pytest.mark.gui
@pytest.mark.usefixtures("dressed")
def test_that_every_method_has_room_in_the_closed_box(identified):
    box = panel_of(identified).method
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    edit = QStyle.SubControl.SC_ComboBoxEditField
    room = box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, edit, box)

    wide = box.fontMetrics().horizontalAdvance
    assert [words for words in box.short_texts if wide(words) > room.width()] == []
