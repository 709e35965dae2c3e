import unicodedata

import pytest
from bidi import get_display
from hypothesis import example, given
from hypothesis import strategies as st

from fhc_desktop.reporting.pdf.right_to_left import in_visual_order, joined


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("محمد", ["MEEM INITIAL", "HAH MEDIAL", "MEEM MEDIAL", "DAL FINAL"]),
        ("علي", ["AIN INITIAL", "LAM MEDIAL", "YEH FINAL"]),
        ("دار", ["DAL ISOLATED", "ALEF ISOLATED", "REH ISOLATED"]),
        ("سلام", ["SEEN INITIAL", "LIGATURE LAM WITH ALEF FINAL", "MEEM ISOLATED"]),
        ("پگ", ["PEH INITIAL", "GAF FINAL"]),
    ],
)
def test_that_arabic_letters_take_the_form_of_their_place(word, forms):
    names = [unicodedata.name(letter) for letter in joined(word)]
    shortened = [
        name.removeprefix("ARABIC ").removeprefix("LETTER ").removesuffix(" FORM") for name in names
    ]
    assert shortened == forms


def test_that_a_vowel_mark_does_not_part_letters():
    with_mark, without = joined("م\u064eد"), joined("مد")
    assert with_mark.replace("\u064e", "") == without


@pytest.mark.parametrize(
    ("read", "shown"),
    [
        ("Ada", "Ada"),
        ("משה", "השמ"),
        ("משה כהן", "ןהכ השמ"),
        ("Ada משה כהן 4711", "Ada 4711 ןהכ השמ"),
        ("4711 משה", "השמ 4711"),
        ("x 4711 משה", "x 4711 השמ"),
        ("משה.", ".השמ"),
        ("משה כהן  ·  4711", "ןהכ השמ  ·  4711"),
        ("משה Ada כהן", "השמ Ada ןהכ"),
        ("משה (כהן) x", "(ןהכ) השמ x"),
        ("שָׁם", "ם\u05c1\u05b8ש"),
        ("a\u0301 שָ", "a\u0301 \u05b8ש"),
        ("משה 12.5 (3/4)", "(3/4) 12.5 השמ"),
        ("x «משה»", "x «השמ»"),
        ("היקף 176.8", "176.8 ףקיה"),
        ("ב-2026-05-01, 17–23.", ".17–23 ,2026-05-01-ב"),
        ("دار 2026-05-01 176.8 17–23", "17–23 176.8 2026-05-01 راد"),
    ],
)
def test_that_stretches_from_the_right_are_turned_round(read, shown):
    assert in_visual_order(read) == shown


_MARKED = st.text("aß ()[]'1٣.,-/·משהمحلا\u064e\u05b8\u05c1", max_size=30)
_FACING = str.maketrans("()[]", "xxyy")


@given(_MARKED)
def test_that_turning_loses_no_character(text):
    shown, read = (told.translate(_FACING) for told in (in_visual_order(text), text))
    assert sorted(shown) == sorted(read)


@given(st.text("aß ()[]'1٣.,/משהمحلا", max_size=30).filter(lambda text: "a" in text))
def test_that_letters_stand_where_the_unicode_algorithm_has_them(text):
    assert in_visual_order(text).translate(_FACING) == str(
        get_display(text, base_dir="L")
    ).translate(_FACING)


@given(st.text("aß 1משהمحلاد\u064e", max_size=30))
def test_that_joining_twice_changes_nothing(text):
    assert joined(joined(text)) == joined(text)


@given(st.text("aß 1משהمحلاد\u0640\u064e\u0651ﷲﷺ\u200d", max_size=30))
@example("ل\u064eا")  # the mark stays with the letter that it stands over
def test_that_joining_loses_no_character(text):
    plain = [unicodedata.normalize("NFKC", told) for told in (joined(text), text)]
    assert plain[0] == plain[1]
