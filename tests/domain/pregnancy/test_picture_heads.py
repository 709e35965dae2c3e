"""Two heads in one picture are two fetuses where their letters say so too."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.pregnancy.picture_heads import (
    head_after,
    is_another_head,
    is_other_fetus,
)
from tests.reporting.examinations import proposed
from tests.several_heads import LEFT, RIGHT, TWO_HEADS
from tests.strategies import ellipses

THIRD = RIGHT.moved(120, 0)


def of(outline_px, letter="", proposal=TWO_HEADS):
    exam = proposed().with_outline(outline_px).with_fetus(Fetus(letter))
    return exam if proposal is None else exam.with_proposal(proposal).with_outline(outline_px)


def facts(outline_px, letter=""):
    return of(outline_px, letter).facts


@given(ellipses(), ellipses())
def test_that_one_is_another_head_than_the_other_both_ways_and_never_than_itself(one, other):
    for proposal in (None, TWO_HEADS):
        forth = is_another_head(proposal, one, other)
        assert forth is is_another_head(proposal, other, one)
        assert not is_another_head(proposal, one, one)


@given(ellipses(), st.floats(-0.9, 0.9))
def test_that_an_outline_that_was_moved_within_itself_lies_round_the_same_head(outline, share):
    moved = outline.moved(share * outline.semi_minor, 0)

    assert not is_another_head(None, outline, moved)


def test_that_the_models_word_on_heads_comes_before_the_outlines_places():
    wide = LEFT.grown(200)  # round both, and nearest to the left one
    assert wide.contains(RIGHT.center)

    assert is_another_head(TWO_HEADS, wide, RIGHT)
    assert not is_another_head(None, wide, RIGHT)


@pytest.mark.parametrize(
    ("outline_px", "letter", "is_other"),
    [
        (RIGHT, "B", True),
        (RIGHT, "A", False),
        (RIGHT, "", False),
        (LEFT.moved(2, 0), "B", False),
        (None, "B", False),
    ],
)
@pytest.mark.parametrize("proposal", [TWO_HEADS, None])
def test_that_it_takes_another_letter_and_another_head(outline_px, letter, is_other, proposal):
    assert is_other_fetus(of(outline_px, letter, proposal), facts(LEFT, "A")) is is_other
    assert not is_other_fetus(of(outline_px, letter, proposal), facts(LEFT))


def test_that_heads_follow_each_other_from_left_to_right_and_begin_again():
    accepted = [facts(THIRD), facts(LEFT)]

    assert head_after(of(LEFT), []) == RIGHT
    assert head_after(of(None), accepted) == LEFT
    assert head_after(of(LEFT, proposal=None), accepted) == THIRD
    assert head_after(of(RIGHT, proposal=None), accepted) == THIRD
    assert head_after(of(THIRD, proposal=None), accepted) == LEFT
    assert head_after(of(None, proposal=None), accepted) == LEFT


def test_that_one_head_alone_has_no_next():
    assert head_after(of(LEFT, proposal=None), [facts(LEFT.moved(1, 1))]) is None
    assert head_after(of(None, proposal=None), []) is None
