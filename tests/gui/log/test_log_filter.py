"""A filter says what it wants, asks the log for it, and is kept without a patient in it."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.domain.examination.outline_origin import OutlineOrigin
from fhc_desktop.gui.log.log_filter import (
    ALL,
    KeptFilter,
    LogFilter,
    kept_filters,
    with_filter,
    without_filter,
)
from fhc_desktop.storage.log.log_query import LogQuery, SortBy

IN_SUMMER = timezone(timedelta(hours=2))
DAYS = st.none() | st.dates()
FILTERS = st.builds(
    LogFilter,
    text=st.text(),
    examined_from=DAYS,
    examined_to=DAYS,
    accepted_from=DAYS,
    accepted_to=DAYS,
    operator=st.none() | st.text(),
    grade=st.none() | st.sampled_from(Grade),
    origin=st.none() | st.sampled_from(OutlineOrigin),
    in_force_only=st.booleans(),
)


@given(FILTERS, st.text(min_size=1))
def test_that_a_kept_filter_comes_back_without_what_was_searched_for(wanted, name):
    kept = KeptFilter.of(name, wanted)
    (read,) = kept_filters([kept.written])

    assert read == kept
    assert read.filter.text == ""


def test_that_nothing_of_a_search_is_written():
    kept = KeptFilter.of("mine", LogFilter(text="Wiśniewska 4711", in_force_only=True))

    assert kept.written == '{"name": "mine", "in_force_only": true}'


def test_that_a_name_is_given_once_and_can_be_taken_back():
    first = KeptFilter.of("mine", LogFilter(grade=Grade.GOOD))
    second = KeptFilter.of("mine", LogFilter(grade=Grade.LOOK_AGAIN))
    other = KeptFilter.of("other", LogFilter(in_force_only=True))
    written = with_filter(with_filter(with_filter((), first), other), second)

    assert kept_filters(written) == (other, second)
    assert kept_filters(without_filter(written, "mine")) == (other,)


@pytest.mark.parametrize(
    "written",
    ["", "[]", "{}", '{"name": "x", "grade": "splendid"}', '{"name": "x", "later": 1}', "null"],
)
def test_that_what_another_version_wrote_is_passed_over_and_stays(written):
    mine = KeptFilter.of("mine", LogFilter(in_force_only=True))

    assert kept_filters([written]) == ()
    assert written in with_filter((written,), mine)
    assert written in without_filter((written,), "x")


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (ALL, ""),
        (LogFilter(text="anna"), "“anna”"),
        (LogFilter(examined_from=date(2026, 1, 2)), "examined from 2026-01-02"),
        (
            LogFilter(accepted_from=date(2026, 1, 2), accepted_to=date(2026, 1, 2)),
            "accepted on 2026-01-02",
        ),
        (
            LogFilter(operator="", grade=Grade.LOOK_AGAIN, origin=OutlineOrigin.EDITED),
            "operator not named, graded look again, edited",
        ),
        (LogFilter(in_force_only=True), "in force only"),
    ],
)
def test_that_a_filter_says_what_it_wants(wanted, words):
    assert wanted.words == words


def test_that_days_of_acceptance_are_those_of_this_machine():
    wanted = LogFilter(accepted_from=date(2026, 5, 1), accepted_to=date(2026, 5, 2))
    query = wanted.query(SortBy.NAME, descending=False, zone=IN_SUMMER)

    assert query.accepted_from == datetime(2026, 4, 30, 22, tzinfo=UTC)
    assert query.accepted_before == datetime(2026, 5, 2, 22, tzinfo=UTC)
    assert (query.sort_by, query.descending) == (SortBy.NAME, False)


@given(FILTERS)
def test_that_any_days_that_can_be_typed_can_be_asked_for(wanted):
    query = wanted.query(SortBy.ACCEPTED, descending=True)

    assert (query.accepted_from is None) == (wanted.accepted_from is None)
    assert ALL.query(SortBy.ACCEPTED, descending=True) == LogQuery()


def test_that_days_that_end_before_they_begin_are_pointed_out():
    first, last = date(2026, 1, 1), date(2026, 1, 2)

    assert LogFilter(examined_from=last, examined_to=first).contradiction
    assert LogFilter(accepted_from=last, accepted_to=first).contradiction
    assert not LogFilter(examined_from=first, examined_to=last).contradiction
