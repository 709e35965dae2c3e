"""What the model says of several heads: none is preferred, and each has a word of its own."""

from dataclasses import replace

import pytest

from fhc_desktop.domain.confidence import Confidence, Grade
from fhc_desktop.domain.examination.proposal import ProposedHead
from tests.several_heads import LEFT, RIGHT, TWO_HEADS


def test_that_of_several_heads_none_is_offered_and_the_words_say_how_many():
    assert TWO_HEADS.offered_outline_px is None
    assert TWO_HEADS.heads_words == "Two heads"
    assert TWO_HEADS.confidence.grade is Grade.NOT_MEASURABLE
    assert "choose which one" in TWO_HEADS.confidence.reasons_text


def test_that_they_are_counted_from_the_left_whichever_was_found_first():
    swapped = TWO_HEADS.of_several(reversed(TWO_HEADS.heads))

    assert [head.outline_px for head in swapped.heads] == [LEFT, RIGHT]
    assert swapped == TWO_HEADS


def test_that_there_may_be_three():
    third = ProposedHead(RIGHT.moved(300, 0), Confidence(Grade.GOOD))

    assert TWO_HEADS.of_several([*TWO_HEADS.heads, third]).heads_words == "Three heads"


def test_that_an_outline_lies_round_the_head_whose_centre_it_holds_or_round_none():
    assert TWO_HEADS.number_of(LEFT.moved(3, 2)) == 0
    assert TWO_HEADS.number_of(RIGHT) == 1
    assert TWO_HEADS.number_of(RIGHT.moved(300, 0)) is None
    assert TWO_HEADS.number_of(None) is None


@pytest.mark.parametrize(("number", "outline"), [(1, LEFT), (2, RIGHT)])
def test_that_what_is_said_of_an_outline_is_said_of_its_own_head(number, outline):
    said = TWO_HEADS.about(outline.moved(3, 2))

    assert said.offered_outline_px == outline
    assert said.confidence == TWO_HEADS.heads[number - 1].confidence
    assert f"this is number {number} from the left" in said.notices[-1]
    assert said.about(LEFT) == said


def test_that_an_outline_round_neither_says_nothing_of_them():
    assert TWO_HEADS.about(None) is TWO_HEADS
    assert TWO_HEADS.about(LEFT.moved(0, 900)) is TWO_HEADS


def test_that_one_comes_after_the_other_and_the_first_again():
    assert TWO_HEADS.head_after(None) == LEFT
    assert TWO_HEADS.head_after(LEFT) == RIGHT
    assert TWO_HEADS.head_after(RIGHT.moved(1, 1)) == LEFT
    assert TWO_HEADS.about(LEFT).head_after(LEFT) is None


def test_that_a_proposal_of_one_head_is_about_it_whatever_is_drawn():
    one = replace(TWO_HEADS.about(LEFT), notices=())

    assert one.about(RIGHT) is one
    assert one.heads_words == ""
