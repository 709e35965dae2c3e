import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.confidence import Interval
from fhc_desktop.domain.dating.gestation import GestationalAge
from fhc_desktop.domain.growth.assessment import (
    BeyondPercentiles,
    NotAssessed,
    assess_growth,
    percentile_range,
)
from fhc_desktop.domain.growth.local_chart import UnusableChart, local_standard
from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST

WEEKS = list(range(18, 25))
MEANS = [INTERGROWTH_21ST.hc_at(0, GestationalAge(7 * week)) for week in WEEKS]
PERCENTILES = {"p2_5": -1.96, "p10": -1.2816, "p50": 0.0, "p90": 1.2816, "p97.5": 1.96}


def described(**table):
    return {
        "name": "Our heads 2020",
        "citation": "Annual report 2020, p. 12",
        "population": "4,000 examinations of our own",
        "unit": "mm",
        "table": {"ga_weeks": WEEKS, **table},
    }


def by_mean():
    return described(mean=MEANS, sd=[7.0 + 0.1 * row for row in range(len(WEEKS))])


def by_percentiles():
    columns = {name: [mean + z * 7 for mean in MEANS] for name, z in PERCENTILES.items()}
    return described(**columns)


def test_that_a_chart_of_means_is_read_row_by_row_and_between():
    chart = local_standard(by_mean())

    for row, week in enumerate(WEEKS):
        age = GestationalAge(7 * week)
        assert chart.hc_at(0, age) == pytest.approx(MEANS[row])
        assert chart.hc_at(2, age) - chart.hc_at(0, age) == pytest.approx(2 * (7 + 0.1 * row))
    between = GestationalAge(7 * 18 + 3)
    assert chart.hc_at(0, between) == pytest.approx(MEANS[0] + 3 / 7 * (MEANS[1] - MEANS[0]))


def test_that_a_chart_of_percentiles_is_read_at_and_between_them():
    chart, age = local_standard(by_percentiles()), GestationalAge(140)
    middle = MEANS[2]

    for z in PERCENTILES.values():
        assert assess_growth(middle + 7 * z, age, chart).z == pytest.approx(z, abs=1e-3)
    # Normal as these are, the z-score in between is exact.
    assert assess_growth(middle - 7 * 0.5, age, chart).z == pytest.approx(-0.5, abs=1e-3)


def test_that_a_chart_of_percentiles_ends_at_its_outermost():
    chart, age = local_standard(by_percentiles()), GestationalAge(140)
    found = assess_growth(MEANS[2] - 20, age, chart)

    assert isinstance(found, BeyondPercentiles)
    assert found.words == "below the 2.5th percentile"
    assert assess_growth(MEANS[2] + 20, age, chart).words == "above the 97.5th percentile"
    assert chart.hc_at(-2.5, age) is None
    # How far beyond is not known, so the range has no end.
    for low, high in ((MEANS[2] - 20, MEANS[2]), (MEANS[2], MEANS[2] + 20)):
        assert percentile_range(Interval(low, high, 0.9), age, chart) is None


@pytest.mark.parametrize("chart", [by_mean(), by_percentiles()], ids=["mean", "percentiles"])
def test_that_a_local_chart_is_marked_wherever_it_is_named(chart):
    found = local_standard(chart)

    assert found.is_local
    assert found.key == "local_our_heads_2020"
    assert found.name == "Our heads 2020 (local chart)"
    assert found.citation == "Annual report 2020, p. 12"
    assert found.population == "4,000 examinations of our own"
    assert found.remark == "A chart of this clinic: not checked against any publication."
    outside = assess_growth(150, GestationalAge(7 * 30), found)
    assert isinstance(outside, NotAssessed)
    assert outside.reason.startswith("Our heads 2020 (local chart) covers 18w0d to 24w0d")


@given(st.integers(126, 168), st.floats(-1.9, 1.9))
def test_that_a_place_on_a_local_chart_there_and_back_is_itself(days, z):
    age = GestationalAge(days)
    for chart in (LOCAL_MEAN, LOCAL_PERCENTILES):
        assert assess_growth(chart.hc_at(z, age), age, chart).z == pytest.approx(z, abs=1e-9)


LOCAL_MEAN, LOCAL_PERCENTILES = local_standard(by_mean()), local_standard(by_percentiles())


def test_that_ages_may_be_in_days():
    chart = by_mean()
    del chart["table"]["ga_weeks"]
    chart["table"]["ga_days"] = [7 * week + 3 for week in WEEKS]

    assert local_standard(chart).first_day == 129


def spoilt(change, chart=by_mean):
    found = copy.deepcopy(chart())
    change(found, found["table"])
    return found


def put(column, row, value):
    def change(_, table):
        table[column] = [*table[column]]
        table[column][row] = value

    return change


def without(key):
    return lambda chart, _: chart.pop(key)


def with_key(key, value):
    return lambda chart, _: chart.update({key: value})


def with_column(key, value):
    return lambda _, table: table.update({key: value})


def spread(times):
    columns = {name: [mean + z * 7 * times for mean in MEANS] for name, z in PERCENTILES.items()}
    return lambda _, table: table.update(columns)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (without("name"), "has no name"),
        (with_key("citation", "  "), "has no citation"),
        (with_key("population", 4000), "has no population"),
        (without("unit"), "unit is mm"),
        (with_key("unit", "cm"), "unit is mm"),
        (without("table"), "has no table"),
        (with_key("colour", "red"), "“colour”, which is not known"),
        (with_key("table", {}), "has no table"),
        (put("mean", 2, "173"), "Row 3 of the column mean is no number"),
        (put("mean", 2, float("nan")), "Row 3 of the column mean is no number"),
        (put("sd", 0, value=True), "Row 1 of the column sd is no number"),
        (with_column("mean", 173.0), "column mean is no list"),
        (with_column("mean", MEANS[:-1]), "not equally long"),
        (with_column("ga_days", WEEKS), "one column of ages"),
        (put("ga_weeks", 1, 19.07), "age in row 2 is not a whole number of days"),
        (put("ga_weeks", 6, 50), "age in row 7 is not one of a pregnancy"),
        (put("ga_weeks", 0, 19), "do not ascend"),
        (put("ga_weeks", 6, 26), "more than 14 days apart"),
        (put("mean", 3, 170.0), "mean in row 4 is not larger"),
        (put("mean", 3, MEANS[2]), "mean in row 4 is not larger"),
        (put("sd", 4, 0), "sd in row 5 is not one of HC"),
        (put("sd", 4, 60), "sd in row 5 is not one of HC"),
        (with_column("sd", [0.04 * mean / 10 for mean in MEANS]), "sd in row 1 is not one of HC"),
        (put("sd", 0, 20), "97th percentile in row 2 is not larger"),
        (put("sd", 3, 18), "3rd percentile in row 4 is not larger"),
        (put("mean", 0, 10**400), "Row 1 of the column mean is no number"),
        (put("ga_weeks", 0, 1e308), "Row 1 of the column ga_weeks is no number"),
        (with_key("name", "Our \u202esdaeh"), "name of the chart has signs"),
        (with_key("population", "a\x00b"), "population of the chart has signs"),
        (with_column("median", MEANS), "needs the columns mean and sd"),
        (with_column("mean", [mean / 10 for mean in MEANS]), "sd in row 1"),
        (with_column("mean", [0.695 * mean for mean in MEANS]), "At 18w0d the middle"),
        (with_column("mean", [1.305 * mean for mean in MEANS]), "At 18w0d the middle"),
    ],
)
def test_that_a_chart_that_does_not_hold_is_refused_with_its_place(change, words):
    with pytest.raises(UnusableChart) as refused:
        local_standard(spoilt(change))

    assert words in refused.value.problem
    assert "docs/local-charts.md" in refused.value.remedy


def ended_at_the_middle(_, table):
    del table["p90"], table["p97.5"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (put("p10", 2, 250.0), "p10 in row 4 is not larger"),
        (spread(0.1), "row 1 are not as far apart as those of HC"),
        (spread(5), "row 1 are not as far apart as those of HC"),
        (with_column("p20", [mean + 1 for mean in MEANS]), "row 1 do not ascend"),
        (with_column("p20", MEANS), "row 1 do not ascend"),
        (with_column("p2.5", MEANS), "there twice"),
        (with_column("p0", MEANS), "is no percentile"),
        (with_column("p101", MEANS), "needs the columns mean and sd"),
        (
            lambda _, table: [table.pop(name) for name in ("p50", "p90", "p97.5")],
            "three percentiles or more",
        ),
        (
            lambda _, table: [table.pop(name) for name in ("p2_5", "p10")],
            "on both sides of the 50th",
        ),
        (ended_at_the_middle, "on both sides of the 50th"),
    ],
)
def test_that_percentiles_that_do_not_hold_are_refused(change, words):
    with pytest.raises(UnusableChart) as refused:
        local_standard(spoilt(change, by_percentiles))

    assert words in refused.value.problem


@pytest.mark.parametrize(
    ("share", "is_one_of_hc"), [(0.0145, False), (0.0155, True), (0.143, True), (0.155, False)]
)
@pytest.mark.parametrize("z_scores", [(-1.8808, 0.0, 1.8808), (-1.8808, 0.0, 1.2816)])
def test_that_heads_vary_by_1_5_to_15_percent(share, is_one_of_hc, z_scores):
    names = {-1.8808: "p3", 0.0: "p50", 1.2816: "p90", 1.8808: "p97"}
    chart = described(
        **{names[z]: [mean * (1 + z * share) for mean in MEANS] for z in z_scores},
    )

    if is_one_of_hc:
        assert local_standard(chart)
    else:
        with pytest.raises(UnusableChart, match="as far apart as those of HC"):
            local_standard(chart)


def test_that_one_row_is_no_chart():
    chart = described(mean=MEANS[:1], sd=[7.0])
    chart["table"]["ga_weeks"] = WEEKS[:1]

    with pytest.raises(UnusableChart, match="two rows"):
        local_standard(chart)


@pytest.mark.parametrize(("text", "most"), [("name", 48), ("citation", 200), ("population", 200)])
def test_that_a_text_longer_than_a_report_has_room_for_is_refused(text, most):
    assert local_standard({**by_mean(), text: "n" * most})
    with pytest.raises(UnusableChart, match=f"{text} of the chart is longer than {most}"):
        local_standard({**by_mean(), text: "n" * (most + 1)})


@pytest.mark.parametrize("factor", [0.705, 1.295])
def test_that_a_middle_within_30_percent_of_intergrowths_is_one_of_hc(factor):
    assert local_standard(described(mean=[factor * mean for mean in MEANS], sd=[6.0] * len(MEANS)))


def test_that_ages_before_intergrowths_do_not_hide_a_wrong_middle_later():
    chart = described(mean=[40.0, 48.0, 56.0, 64.0], sd=[2.0] * 4)
    chart["table"]["ga_weeks"] = [12, 13, 14, 15]

    with pytest.raises(UnusableChart, match="At 14w0d the middle"):
        local_standard(chart)


def test_that_a_name_without_a_letter_still_gives_a_key():
    assert local_standard({**by_mean(), "name": "§ %"}).key == "local_chart"


def test_that_a_chart_says_what_it_was_made_of():
    assert LOCAL_MEAN.distribution == "normal, mean and SD from the clinic's table"
    assert LOCAL_PERCENTILES.distribution == "percentiles from the clinic's table"
