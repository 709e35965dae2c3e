"""A mean is of accepted pictures of one fetus on one day, and of nothing else."""

import statistics
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.patient import Patient
from fhc_desktop.domain.pregnancy.mean_hc import (
    MeanHc,
    NotAveraged,
    mean_hc,
    row_to_take,
    without_row,
)
from fhc_desktop.domain.pregnancy.recorded import SaidThen
from tests.domain.recorded_examples import LMP_DAY, on_day
from tests.reporting.examinations import ENTRY, accepted, proposed, uncalibrated

DAY = 140


def row(number, hc_mm=175.0, **changes):
    return on_day(DAY, hc_mm=hc_mm, entry_id=str(number), **changes)


def shown(**changes):
    exam = replace(proposed(), exam_date=LMP_DAY + timedelta(days=DAY), fetus=Fetus())
    return replace(exam, **changes)


@given(st.lists(st.floats(60, 400), min_size=2, max_size=8))
def test_that_mean_spread_and_number_are_those_of_the_parts(sizes_mm):
    rows = [row(number, hc_mm) for number, hc_mm in enumerate(sizes_mm)]

    found = mean_hc(shown(), rows, {one.entry_id for one in rows})

    assert found.hc_mm == pytest.approx(statistics.fmean(sizes_mm))
    assert found.sd_mm == pytest.approx(statistics.stdev(sizes_mm))
    assert found.sizes_mm == tuple(sizes_mm)


def test_that_only_what_was_taken_is_in_it():
    rows = [row(1, 170.0), row(2, 180.0), row(3, 300.0)]

    assert mean_hc(shown(), rows, {"1", "2"}).hc_mm == 175.0
    assert mean_hc(shown(), rows, set()) is None


@pytest.mark.parametrize(
    "other",
    [
        on_day(DAY + 1, entry_id="2"),
        row(2, fetus=Fetus("B")),
        row(2, calibration=None, said=SaidThen(900.0)),
    ],
)
def test_that_another_day_fetus_or_pixels_are_never_mixed_in(other):
    found = mean_hc(shown(), [row(1, 170.0), other], {"1", "2"})

    assert found.sizes_mm == (170.0,)


def test_that_a_picture_without_a_day_has_no_mean():
    assert mean_hc(shown(exam_date=None), [row(1, exam_date=None)], {"1"}) is None


def test_that_a_corrected_row_gives_way_to_the_one_that_corrects_it():
    rows = [
        row(1, 170.0, is_superseded=True, superseded_by="2"),
        row(2, 174.0, is_superseded=True, superseded_by="3"),
        row(3, 176.0),
    ]

    assert mean_hc(shown(), rows, {"1"}).sizes_mm == (176.0,)
    assert mean_hc(shown(), rows, {"1", "2", "3"}).sizes_mm == (176.0,)
    assert without_row(frozenset({"1", "9"}), "3", rows) == {"9"}


def test_that_a_row_that_is_anothers_by_now_is_gone_from_it():
    corrected_away = row(1, is_superseded=True, superseded_by="of another patient")

    assert mean_hc(shown(), [corrected_away], {"1"}) is None


def test_that_nothing_is_told_before_a_blind_second_reading():
    assert mean_hc(shown(is_second_reading=True), [row(1)], {"1"}) is None


def test_that_one_part_has_no_spread_and_none_is_no_mean():
    assert MeanHc((row(1),)).sd_mm is None
    with pytest.raises(ValueError, match="mean"):
        MeanHc(())


def test_that_it_is_said_with_its_parts_and_rows():
    found = MeanHc((row("a" * 32, 174.0), row("b" * 32, 176.0), row("c" * 32, 175.0)))

    assert found.text == "175.0 mm, SD 1.0 mm"
    assert found.parts_text == "174.0 · 176.0 · 175.0 mm"
    assert found.entries_text == "aaaaaaaa, bbbbbbbb, cccccccc"
    assert found.has("b" * 32)
    assert not found.has(None)


def test_that_what_is_logged_is_taken_by_its_row():
    assert row_to_take(accepted()) == ENTRY


@pytest.mark.parametrize(
    ("exam", "why"),
    [
        (proposed(), "no row"),
        (accepted(entry_id=None), "no row"),
        (accepted(uncalibrated()), "millimetres"),
        (accepted(proposed().with_patient(Patient("", "Ada"))), "identifier"),
        (accepted(replace(proposed(), exam_date=None)), "date"),
    ],
)
def test_that_a_measurement_of_nobody_knows_whom_is_not_averaged(exam, why):
    with pytest.raises(NotAveraged) as caught:
        row_to_take(exam)

    assert why in caught.value.problem
    assert caught.value.remedy.endswith(".")
