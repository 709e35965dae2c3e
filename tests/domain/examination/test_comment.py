"""A comment is what was typed, line by line, and nothing that nobody can see."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.examination.comment import LONGEST_COMMENT, fault_of, lines_of, tidied

TYPED = st.text(st.sampled_from("aß ے\t\r\n\x0b\u2028\u200d\x07"), max_size=60)


@pytest.mark.parametrize(
    ("typed", "comment"),
    [
        ("", ""),
        (" \n\t\n", ""),
        ("  Far border shadowed. \n", "Far border shadowed."),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("plane:\ttransthalamic", "plane: transthalamic"),
        ("one\n\n\n \n\ntwo", "one\n\ntwo"),
        ("same\nsame", "same\nsame"),
        ("one\n  indented", "one\n  indented"),
    ],
)
def test_that_a_typed_text_is_tidied_and_keeps_its_lines(typed, comment):
    assert tidied(typed) == comment


@given(TYPED)
def test_that_tidying_twice_changes_nothing_and_no_word_is_lost(typed):
    comment = tidied(typed)

    assert tidied(comment) == comment
    assert comment.split() == typed.split()


@given(TYPED)
def test_that_its_lines_are_the_comment(typed):
    comment = tidied(typed)

    assert "\n".join(lines_of(comment)) == comment
    assert bool(lines_of(comment)) is bool(comment)


def test_that_a_comment_has_2000_characters_at_most():
    assert fault_of("x" * LONGEST_COMMENT) == ""
    assert fault_of("x" * 2345) == "A comment has at most 2,000 characters; this would have 2,345."


@pytest.mark.parametrize(
    ("sign", "code"),
    [("\x07", "U+0007"), ("\x1b", "U+001B"), ("\u202e", "U+202E"), ("\udc80", "U+DC80")],
)
def test_that_a_sign_that_nobody_sees_is_told_by_its_code(sign, code):
    assert code in fault_of(f"head {sign} down")


@pytest.mark.parametrize("written", ["می\u200cشود", "क्\u200dष", "רא\u200fש", "é ± 🙂", "a\nb"])
def test_that_words_of_every_script_are_no_fault(written):
    assert fault_of(written) == ""
