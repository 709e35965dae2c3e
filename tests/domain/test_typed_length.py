import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.typed_length import typed_mm

ALL = ("mm", "cm", "mm/px")


@pytest.mark.parametrize(
    ("text", "mm"),
    [
        ("50", 50.0),
        (" 12,5 ", 12.5),
        ("12.5 mm", 12.5),
        ("12,5MM", 12.5),
        ("5 cm", 50.0),
        ("1,5cm", 15.0),
        (".2 mm/px", 0.2),
        ("7.", 7.0),
        ("٥٠", 50.0),
        ("４５．２", 45.2),
    ],
)
def test_that_a_length_is_read_however_it_is_written(text, mm):
    assert typed_mm(text, ALL) == pytest.approx(mm)


@pytest.mark.parametrize(
    "text",
    ["", " ", "abc", "-50", "+50", "1e2", "nan", "inf", "1.000,5", "1,000.5", "5 0", "50 in", "."],
)
def test_that_nothing_else_is_a_length(text):
    assert typed_mm(text, ALL) is None


@pytest.mark.parametrize("text", ["5 cm", "0.2 mm/px"])
def test_that_only_the_units_that_make_sense_are_read(text):
    assert typed_mm(text) is None
    assert typed_mm(text, ALL) is not None


@given(st.floats(0.001, 9999, allow_nan=False).map(lambda mm: round(mm, 4)))
def test_that_what_is_written_in_either_way_is_read_back(mm):
    written = f"{mm:.4f}"

    assert typed_mm(written) == pytest.approx(mm)
    assert typed_mm(written.replace(".", ",")) == pytest.approx(mm)


@given(st.text(max_size=20))
def test_that_any_text_is_a_length_or_none(text):
    found = typed_mm(text, ALL)

    assert found is None or found >= 0
