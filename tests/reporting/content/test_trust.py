"""The report says how far the proposal was trusted, and what an edit took away."""

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.reporting.content.trust import grade_rows, interval_rows, proposed_interval_text
from tests.reporting.examinations import graded, graded_and_edited, proposed


def test_that_a_model_without_confidence_says_nothing():
    assert grade_rows(proposed()) == interval_rows(proposed()) == ()
    assert proposed_interval_text(proposed()) == ""


def test_that_the_grade_stands_with_its_reasons():
    (row,) = grade_rows(graded(Grade.LOOK_AGAIN))

    assert (row.label, row.value) == ("Model’s grade", "look again")
    assert "skull visible on 48 %" in row.note


def test_that_after_an_edit_the_grade_is_that_of_the_proposal_and_the_interval_is_gone():
    (row,) = grade_rows(graded_and_edited())

    assert row.label == "Proposal graded"
    assert interval_rows(graded_and_edited()) == ()
    assert "of the proposal only" in proposed_interval_text(graded_and_edited())


def test_that_an_interval_says_how_many_heads_it_rests_on():
    (row,) = interval_rows(graded(Grade.GOOD))

    assert row.value.endswith(" mm")
    assert row.note == (
        "90 % of heads have their HC inside; fitted on 161 heads unseen by the model"
    )
