"""A report's files have one name, no two of them the same one, and none that is taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.reporting.content.file_names import file_name, free_stem, objection_to
from fhc_desktop.reporting.content.report_form import ReportForm


def test_that_no_two_forms_have_one_name():
    names = [file_name("report", form) for form in ReportForm]

    assert len(set(names)) == len(names)
    assert file_name("report", ReportForm.PDF) == "report.pdf"


@given(st.integers(0, 30))
def test_that_a_name_that_is_taken_gets_the_first_number_that_is_not(count):
    taken = {"report.pdf", *(f"report-{number}.pdf" for number in range(2, count + 1))}
    if count == 0:
        taken = set()

    stem = free_stem("report", ReportForm, taken.__contains__)

    assert file_name(stem, ReportForm.PDF) not in taken
    assert stem == ("report" if count == 0 else f"report-{max(count + 1, 2)}")


@pytest.mark.parametrize("stem", ["head 1", "Übersicht", "頭囲", "a.b", "console"])
def test_that_an_ordinary_name_is_taken_as_it_is(stem):
    assert objection_to(stem) == ""


@pytest.mark.parametrize(
    "stem", ["", "  ", "a/b", "..", ".hidden", "a:b", "a\\b", "end.", "nul", "COM1.x", "a\nb"]
)
def test_that_a_name_that_no_file_can_have_everywhere_is_refused_with_what_to_do(stem):
    assert objection_to(stem)


def test_that_a_name_that_is_too_long_is_refused():
    assert "shorter" in objection_to("ä" * 120)
