from fhc_desktop.domain.confidence import Grade
from model_training.negatives import FITTED, TESTED
from model_training.refusals import (
    FITTING,
    TESTING,
    Refusal,
    fitted_signals,
    graded,
    read_refusals,
    write_refusals,
)
from tests.segmentation.qualities import NO_DOUBT, a_quality


def rows():
    return [
        Refusal(FITTED[0], "a", FITTING, "", None),
        Refusal(FITTED[1], "b", FITTING, "", NO_DOUBT),
        Refusal(TESTED[0], "c", TESTING, "", NO_DOUBT),
    ]


def test_that_only_what_teaches_and_was_outlined_is_fitted_on():
    assert fitted_signals(rows()) == [NO_DOUBT]


def test_that_a_picture_without_an_outline_is_refused_and_others_by_the_rule():
    found = [row.grade for row in graded(rows(), a_quality())]
    assert found == [Grade.NOT_MEASURABLE, Grade.GOOD, Grade.GOOD]
    strict = [row.grade for row in graded(rows(), a_quality(head_above=100.0))]
    assert set(strict) == {Grade.NOT_MEASURABLE}


def test_that_rows_read_back(tmp_path):
    write_refusals(tmp_path / "rows.csv", graded(rows(), a_quality()))

    assert read_refusals(tmp_path / "rows.csv") == graded(rows(), a_quality())
