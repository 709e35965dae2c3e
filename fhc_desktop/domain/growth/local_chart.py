"""A clinic's own chart of HC: checked number by number before anything is read off it."""

import itertools
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from fhc_desktop.domain.dating.gestation import (
    DAYS_OF_A_WEEK,
    LONGEST_PREGNANCY_DAYS,
    GestationalAge,
)
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.growth.assessment import Chart, Dimension, GrowthStandard
from fhc_desktop.domain.growth.curves import (
    AS_IT_IS,
    NORMAL,
    Z_SCORE,
    Curves,
    NormalCurves,
    QuantileCurves,
)
from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST, LOCAL_KEY

# Each text, and how many characters of it a report has room for.
_TEXTS = {"name": 48, "citation": 200, "population": 200}
_KEYS = {*_TEXTS, "unit", "table"}
_AGE_COLUMNS = {"ga_weeks": DAYS_OF_A_WEEK, "ga_days": 1}
_PERCENTILE = re.compile(r"p(\d{1,2}(?:[._]\d)?)")
_FARTHEST_APART_DAYS = 14
# Of the mean: heads of one age vary by 3 to 10 %; an SD in centimetres is below the smallest.
_SD_SHARE = (0.015, 0.15)
# The outermost curves of a chart of means that must grow with age too: 3rd and 97th percentile.
_OUTER_Z = NORMAL.inv_cdf(0.97)
_LARGEST_NUMBER = 1e6
_FEWEST_PERCENTILES = 3
# How far the middle may be from INTERGROWTH-21st: further off it is another unit or length.
_MOST_OFF = 0.3
# Controls, and what turns the direction of writing; the two joiners within a word are spelling.
_UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs"}
_JOINERS = "\u200c\u200d"
_REMEDY = "Correct the file as docs/local-charts.md describes it."


class UnusableChart(FhcError):  # noqa: N818 - named for what the user meets
    """A local chart cannot be used as it is; no number has been read off it."""


@dataclass(frozen=True, slots=True)
class _Table:
    """Columns of one length; ``days`` ascend."""

    days: tuple[int, ...]
    columns: Mapping[str, tuple[float, ...]]

    def at(self, column: str, days: float) -> float:
        return float(np.interp(days, self.days, self.columns[column]))


def local_standard(described: Mapping[str, object]) -> GrowthStandard:
    """Return the standard that a clinic describes, marked as local.

    ``described`` has texts for name, citation and population, "mm" for unit, and a table: for
    each column a list of numbers. Between two rows everything runs straight; between two
    percentiles the length runs straight in the z-score, which is exact for a normal distribution.

    Raises:
        UnusableChart: anything in it is missing, unknown, out of order or out of proportion.
    """
    unknown = sorted(described.keys() - _KEYS)
    if unknown:
        raise _refused(f"The chart says “{unknown[0]}”, which is not known here.")
    texts = {key: _text(described, key) for key in _TEXTS}
    if described.get("unit") != "mm":
        raise _refused("The chart does not say that its unit is mm.")
    table = _table(described.get("table"))
    curves, distribution = _curves(table)
    chart = Chart(table.days[0], table.days[-1], curves)
    standard = GrowthStandard(
        key=f"{LOCAL_KEY}{_slug(texts['name'])}",
        title=texts["name"],
        citation=texts["citation"],
        population=texts["population"],
        distribution=distribution,
        charts={Dimension.HC: chart},
        remark="A chart of this clinic: not checked against any publication.",
        is_local=True,
    )
    _check_proportion(standard, table)
    return standard


def _refused(problem: str) -> UnusableChart:
    return UnusableChart(problem, _REMEDY)


def _text(described: Mapping[str, object], key: str) -> str:
    found = described.get(key)
    if not isinstance(found, str) or not found.strip():
        raise _refused(f"The chart has no {key}.")
    text = " ".join(found.split())
    # Signs that nobody sees can turn or hide what stands beside them.
    if any(unicodedata.category(sign) in _UNSEEN for sign in text if sign not in _JOINERS):
        raise _refused(f"The {key} of the chart has signs in it that cannot be seen.")
    if len(text) > _TEXTS[key]:
        raise _refused(f"The {key} of the chart is longer than {_TEXTS[key]} characters.")
    return text


def _slug(name: str) -> str:
    return "_".join(re.findall(r"\w+", name.lower())) or "chart"


def _table(found: object) -> _Table:
    if not isinstance(found, Mapping) or not found:
        raise _refused("The chart has no table.")
    columns = {str(name): _numbers(str(name), column) for name, column in found.items()}
    lengths = {len(column) for column in columns.values()}
    if len(lengths) != 1:
        raise _refused("The columns of the chart's table are not equally long.")
    ages = [name for name in columns if name in _AGE_COLUMNS]
    if len(ages) != 1:
        raise _refused("The chart's table needs one column of ages: ga_weeks or ga_days.")
    days = _days(columns.pop(ages[0]), per_unit=_AGE_COLUMNS[ages[0]])
    return _Table(days, columns)


def _numbers(name: str, column: object) -> tuple[float, ...]:
    if not isinstance(column, Sequence) or isinstance(column, str):
        raise _refused(f"The column {name} is no list of numbers.")
    numbers = []
    for row, cell in enumerate(column, start=1):
        is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
        if not is_number or not abs(cell) <= _LARGEST_NUMBER:  # also what is not a number
            raise _refused(f"Row {row} of the column {name} is no number that belongs here.")
        numbers.append(float(cell))
    return tuple(numbers)


def _days(ages: Sequence[float], *, per_unit: int) -> tuple[int, ...]:
    days = tuple(round(age * per_unit) for age in ages)
    for row, (age, day) in enumerate(zip(ages, days, strict=True), start=1):
        # Weeks may be given as 20.142857, which is a day only after rounding.
        if abs(age * per_unit - day) > 0.01:  # noqa: PLR2004
            raise _refused(f"The age in row {row} is not a whole number of days.")
        if not 0 < day <= LONGEST_PREGNANCY_DAYS:
            raise _refused(f"The age in row {row} is not one of a pregnancy.")
    apart = [later - earlier for earlier, later in itertools.pairwise(days)]
    if not apart or min(apart) <= 0:
        raise _refused("The ages of the chart do not ascend over at least two rows.")
    if max(apart) > _FARTHEST_APART_DAYS:
        raise _refused(f"Two ages of the chart are more than {_FARTHEST_APART_DAYS} days apart.")
    return days


def _curves(table: _Table) -> tuple[Curves, str]:
    names = set(table.columns)
    if names == {"mean", "sd"}:
        return _normal(table), "normal, mean and SD from the clinic's table"
    percentiles = {name: _PERCENTILE.fullmatch(name) for name in names}
    if not names or None in percentiles.values():
        raise _refused("The chart's table needs the columns mean and sd, or percentiles as p3.")
    return _quantiles(table), "percentiles from the clinic's table"


def _normal(table: _Table) -> NormalCurves:
    means, sds = table.columns["mean"], table.columns["sd"]
    for row, (mean, sd) in enumerate(zip(means, sds, strict=True), start=1):
        _check_spread(f"The sd in row {row} is not one of HC with that mean.", sd, mean)
    for name, z in (("mean", 0.0), ("3rd percentile", -_OUTER_Z), ("97th percentile", _OUTER_Z)):
        _check_growth(name, [mean + z * sd for mean, sd in zip(means, sds, strict=True)])
    return NormalCurves(
        mean_mm=partial(_at_weeks, table, "mean"),
        sd_mm=partial(_at_weeks, table, "sd"),
    )


def _quantiles(table: _Table) -> QuantileCurves:
    percents = {name: float(name[1:].replace("_", ".")) for name in table.columns}
    names = sorted(percents, key=percents.__getitem__)
    probabilities = tuple(percents[name] / 100 for name in names)
    if len(set(probabilities)) != len(probabilities) or probabilities[0] <= 0:
        raise _refused("A percentile of the chart is there twice, or is no percentile.")
    if len(names) < _FEWEST_PERCENTILES or not probabilities[0] < 0.5 < probabilities[-1]:  # noqa: PLR2004
        raise _refused("The chart needs three percentiles or more, on both sides of the 50th.")
    for name in names:
        _check_growth(name, table.columns[name])
    rows = zip(*(table.columns[name] for name in names), strict=True)
    for row, lengths in enumerate(rows, start=1):
        if any(after <= before for before, after in itertools.pairwise(lengths)):
            raise _refused(f"The percentiles in row {row} do not ascend.")
        apart = NORMAL.inv_cdf(probabilities[-1]) - NORMAL.inv_cdf(probabilities[0])
        _check_spread(
            f"The percentiles in row {row} are not as far apart as those of HC.",
            (lengths[-1] - lengths[0]) / apart,
            (lengths[0] + lengths[-1]) / 2,
        )
    lengths_at = partial(_lengths_mm, table, names)
    return QuantileCurves(probabilities, lengths_at, across=Z_SCORE, along=AS_IT_IS)


def _at_weeks(table: _Table, column: str, weeks: float) -> float:
    return table.at(column, weeks * DAYS_OF_A_WEEK)


def _lengths_mm(table: _Table, names: Sequence[str], age: GestationalAge) -> list[float]:
    return [table.at(name, age.days) for name in names]


def _check_spread(problem: str, sd: float, middle: float) -> None:
    smallest, largest = _SD_SHARE
    if not smallest * middle <= sd <= largest * middle:
        raise _refused(problem)


def _check_growth(name: str, column: Sequence[float]) -> None:
    for row, (before, after) in enumerate(itertools.pairwise(column), start=2):
        if after <= before:
            raise _refused(f"The {name} in row {row} is not larger than in the row before.")


def _check_proportion(standard: GrowthStandard, table: _Table) -> None:
    """Refuse centimetres, inches, other lengths and shifted rows."""
    for age in map(GestationalAge, table.days):
        usual_mm, middle_mm = INTERGROWTH_21ST.hc_at(0.0, age), standard.hc_at(0.0, age)
        if usual_mm is None or middle_mm is None:
            continue
        if abs(middle_mm / usual_mm - 1) > _MOST_OFF:
            raise _refused(
                f"At {age} the middle of the chart is {middle_mm:.1f} mm, but heads have some "
                f"{usual_mm:.0f} mm then: check unit and columns."
            )
