"""The report names the dating, its EDD and author, and how it came about."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pypdf

from fhc_desktop.domain.dating.dating_record import DatingRecord
from fhc_desktop.domain.dating.gestation import Dating, GestationalAge
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.reporting.content.report_content import ReportContent
from fhc_desktop.reporting.content.rows import Row
from fhc_desktop.reporting.pdf.report import pdf_bytes
from tests.reporting.examinations import (
    NOW,
    accepted,
    graded_and_edited,
    proposed,
    too_late,
    undated,
)
from tests.reporting.pdf.read_back import read_pages

LMP = Dating.from_lmp(date(2026, 6, 25))
BEFORE = Dating.from_edd(date(2027, 3, 20))
FIRST = datetime(2026, 9, 1, tzinfo=UTC)


def record_of(*datings, reason="first scan found"):
    record = DatingRecord.begun(datings[0], author="Dr A", at=FIRST)
    for later, dating in enumerate(datings[1:], start=1):
        at = FIRST + timedelta(days=later)
        record = record.changed(dating, author="Dr B", at=at, reason=reason)
    return record


def of(exam, record=None):
    return ReportContent.of(exam, NOW, record=record)


def text_of(content):
    pages = pypdf.PdfReader(io.BytesIO(pdf_bytes(content))).pages
    return " ".join(word for page in pages for word in page.extract_text().split())


def test_that_the_dating_in_force_has_the_author_of_its_record():
    content = of(accepted(), record_of(LMP))

    assert content.pregnancy[2] == Row(
        "Dating", "LMP 2026-06-25", "EDD 2027-04-01; Dr A, 2026-09-01"
    )
    assert content.dating_history == ()


def test_that_a_change_shows_old_and_new():
    content = of(accepted(), record_of(BEFORE, LMP))

    assert content.pregnancy[2].note == (
        "EDD 2027-04-01; Dr B, 2026-09-02; its changes are on the last page"
    )
    assert content.dating_history == (
        Row(
            "Changed",
            "EDD 2027-03-20 → 2027-04-01",
            "12 days later; dated before by EDD 2027-03-20; Dr B, 2026-09-02: first scan found",
        ),
    )
    page = text_of(content)
    assert "Dating of this pregnancy" in page
    assert "EDD 2027-03-20 → 2027-04-01" in page
    assert "first scan found" in page


def test_that_a_report_on_a_dating_no_longer_in_force_names_both():
    content = of(accepted(), record_of(LMP, BEFORE))

    assert content.pregnancy[2].value == "LMP 2026-06-25"
    assert content.pregnancy[2].note.endswith(
        "Dr. M. Ångström, 2026-11-23; its changes are on the last page"
    )
    assert content.dating_history[0] == Row("In force", "EDD 2027-03-20", "Dr B, 2026-09-02")


def test_that_an_undated_report_names_the_dating_in_force():
    content = of(accepted(undated()), record_of(LMP))

    assert content.pregnancy[2] == Row("Dating", "none")
    assert content.dating_history == (
        Row("In force", "LMP 2026-06-25; EDD 2027-04-01", "Dr A, 2026-09-01"),
    )


def test_that_a_dating_that_contradicts_its_day_has_no_edd():
    wrong = replace(too_late(), dating=Dating.from_lmp(date(2025, 1, 1)))

    assert of(accepted(wrong)).pregnancy[2] == Row("Dating", "LMP 2025-01-01", "not recorded yet")


def test_that_an_age_typed_for_the_day_names_the_day():
    exam = accepted(proposed().with_dating(Dating.from_age(GestationalAge(148))))

    assert of(exam).pregnancy[2] == Row(
        "Dating",
        "age 21w1d entered for 2026-11-20",
        "EDD 2027-04-01; Dr. M. Ångström, 2026-11-23",
    )


def test_that_every_change_stands_in_the_report_the_latest_first():
    datings = [LMP, BEFORE, Dating.from_edd(date(2027, 3, 25)), LMP]
    rows = of(accepted(), record_of(*datings)).dating_history

    assert [row.label for row in rows] == ["Changed"] * 3
    assert rows[0].value == "EDD 2027-03-25 → 2027-04-01"


def test_that_a_long_history_goes_on_over_the_pages_without_loss():
    datings = [BEFORE, LMP] * 12
    record = record_of(*datings, reason="found in another letter " * 20)
    pages = read_pages(pdf_bytes(of(accepted(graded_and_edited()), record)))

    said = " ".join(pages)
    assert said.count("found in another letter") == 20 * (len(datings) - 1)
    assert all("Dating of this pregnancy" in page for page in pages[2:])


def test_that_the_fetus_stands_beside_the_patient_and_on_the_banner():
    content = of(accepted(proposed().with_fetus(Fetus("B", "right"))))

    assert Row("Fetus", "B, right") in content.patient
    assert content.patient_banner == "Ada Example  ·  4711  ·  Fetus B, right"
    assert "Fetus B, right" in text_of(content)


def test_that_a_position_alone_is_shown_too():
    content = of(accepted(proposed().with_fetus(Fetus(position="cephalic"))))

    assert Row("Fetus", "cephalic") in content.patient


def test_that_one_fetus_alone_has_no_row():
    assert "Fetus" not in {row.label for row in of(accepted()).patient}
