import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.spreadsheet import guarded

SIGNS = "=+-@＝＋－＠"
UNSEEN = " \t\r\n\0\x0b\x0c\x1c\x85\xa0\u2003\u2028\u200b\u3000\ufeff"


@given(st.text(UNSEEN), st.sampled_from(SIGNS), st.text())
def test_that_a_formula_is_guarded_whatever_stands_unseen_before_it(unseen, sign, rest):
    assert guarded(f"{unseen}{sign}{rest}") == f"'{unseen}{sign}{rest}"


@pytest.mark.parametrize("start", ["\t", "\r", "\n", "\0", " \t"])
def test_that_a_text_that_begins_with_a_break_is_guarded(start):
    assert guarded(f"{start}Zoë") == f"'{start}Zoë"


@given(st.text())
def test_that_a_guarded_text_is_changed_by_nothing_else_and_never_twice(text):
    assert guarded(text) in (text, f"'{text}")
    assert guarded(guarded(text)) == guarded(text)


@pytest.mark.parametrize("text", ["", " ", "Zoë", " Zoë", "a=b", "4711", "/scans/-1.png", "'=1"])
def test_that_an_ordinary_text_stays_as_it_is(text):
    assert guarded(text) == text
