"""Decimals keep their digits, and one value gives one text."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.reporting.fhir.json_text import json_text

PLAIN = st.recursive(
    st.text() | st.booleans() | st.integers(),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(st.text(), inner, min_size=1, max_size=3)
    ),
    max_leaves=8,
)


@pytest.mark.parametrize("digits", ["48.0", "-0.10", "46", "0.00", "176.80"])
def test_that_a_decimal_keeps_its_digits(digits):
    assert json_text({"value": Decimal(digits)}) == f'{{\n  "value": {digits}\n}}\n'


@given(PLAIN)
def test_that_any_value_comes_back(value):
    text = json_text(value)

    assert text.isascii()
    assert json.loads(text) == value


def test_that_half_a_character_is_a_question_mark():
    assert json_text("Ada \udcff") == '"Ada ?"\n'


def test_that_a_float_is_refused():
    with pytest.raises(TypeError):
        json_text({"value": 48.0})
