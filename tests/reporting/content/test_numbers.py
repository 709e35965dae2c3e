import pytest

from fhc_desktop.reporting.content.numbers import format_whole_z, format_z, signed


@pytest.mark.parametrize(
    ("number", "text"), [(0.004, "0.00"), (-0.004, "0.00"), (1.0, "+1.00"), (-2.346, "−2.35")]
)
def test_that_a_signed_number_has_no_negative_nought(number, text):
    assert signed(number, 2) == text
    assert format_z(number) == text


def test_that_a_line_at_a_whole_z_is_named_by_it():
    assert [format_whole_z(z) for z in (-2, 0, 3)] == ["−2 z", "0 z", "+3 z"]


@pytest.mark.parametrize(
    ("z", "words"), [(-0.181, "−0.18"), (0.54, "+0.54"), (0.001, "0.00"), (-15.02, "−15.02")]
)
def test_that_a_z_score_is_written_as_in_the_report(z, words):
    assert format_z(z) == words
