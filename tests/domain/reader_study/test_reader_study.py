"""Reading lists are blinded, in random order, and no picture follows itself."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.reader_study.reader_study import (
    Plan,
    ReaderStudy,
    StudyPicture,
    UnusablePlan,
    drawn_lists,
)

PLAN = Plan(("A", "B"), repeats=0.2, seed=1)
MADE_AT = datetime(2026, 1, 1, tzinfo=UTC)
CODES = tuple(f"P{number:03d}" for number in range(1, 21))

PICTURES = tuple(StudyPicture(code, f"{code}.png", "d" * 64) for code in CODES)


def drawn(codes=CODES, plan=PLAN, seed=1):
    return drawn_lists(codes, plan, np.random.default_rng(seed))


@given(st.integers(2, 30), st.floats(0, 1), st.integers(0, 2**32))
def test_that_every_picture_is_read_once_or_twice_and_never_twice_in_a_row(count, repeats, seed):
    codes = CODES[:count] if count <= len(CODES) else tuple(map(str, range(count)))
    lists = drawn(codes, replace(PLAN, repeats=repeats), seed)

    for one in lists:
        times = Counter(one.codes)
        assert times.keys() == set(codes)
        assert sum(times.values()) == len(codes) + round(repeats * len(codes))
        assert max(times.values()) <= 2
        assert all(first != second for first, second in pairwise(one.codes))


def test_that_all_readers_read_the_same_repeats_in_different_orders():
    one, other = drawn()

    assert Counter(one.codes) == Counter(other.codes)
    assert one.codes != other.codes


def test_that_a_seed_makes_the_same_lists_again_and_another_one_others():
    assert drawn(seed=7) == drawn(seed=7)
    assert drawn(seed=7) != drawn(seed=8)


def test_that_every_allowed_order_is_as_likely_as_any_other():
    plan = Plan(("A",), repeats=1 / 3, seed=0)
    counted = Counter(
        "".join(code for code in one.codes)
        for seed in range(3000)
        for one in drawn_lists("XYZ", plan, np.random.default_rng(seed))
    )

    # Four places for XYZ and one of them again: 6 orders of each repeat, none with a double.
    assert len(counted) == 18
    assert all(90 < times < 250 for times in counted.values())


@pytest.mark.parametrize("count", [0, 1])
def test_that_a_repeat_needs_another_picture_between(count):
    with pytest.raises(UnusablePlan):
        drawn(CODES[:count], replace(PLAN, repeats=1.0))


def test_that_one_picture_can_be_read_once():
    assert [one.codes for one in drawn(CODES[:1])] == [("P001",), ("P001",)]


@pytest.mark.parametrize(
    "readers",
    [(), ("",), ("A", "a"), ("A", "A"), ("../A",), ("A B",), ("é",), ("x" * 41,), ("-A",)],
)
def test_that_a_reader_has_a_name_that_a_file_can_have(readers):
    with pytest.raises(UnusablePlan):
        replace(PLAN, readers=readers)


@pytest.mark.parametrize("repeats", [-0.1, 1.1, float("nan")])
def test_that_repeats_are_a_share(repeats):
    with pytest.raises(UnusablePlan):
        replace(PLAN, repeats=repeats)


def test_that_a_study_names_its_readers_to_whom_it_does_not_know():
    study = ReaderStudy(MADE_AT, "0", PLAN, PICTURES, drawn())

    assert study.codes_of("B") == drawn()[1].codes
    with pytest.raises(UnusablePlan, match="A, B"):
        study.codes_of("C")


def test_that_lists_and_pictures_and_readers_go_together():
    for pictures, lists in ((PICTURES[1:], drawn()), (PICTURES, drawn()[:1]), (PICTURES, ())):
        with pytest.raises(ValueError, match="not"):
            ReaderStudy(MADE_AT, "0", PLAN, pictures, lists)
