"""The numbers of growth standards that come as tables, each checked before it is used."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.growth.assessment import Dimension
from fhc_desktop.domain.growth.curves import NORMAL
from fhc_desktop.resources import UnreadableTable

# Of each of WHO's curves, from the lowest.
WHO_QUANTILES = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975, 0.99)
# From the 3rd to the 97th percentile, in standard deviations.
_P3_TO_P97 = NORMAL.inv_cdf(0.97) - NORMAL.inv_cdf(0.03)


class DamagedTable(FhcError):  # noqa: N818 - named for what happened
    """A table that the program was shipped with is missing or cannot be read."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table by its name; ``rows`` gives its rows by their columns' names, whenever asked."""

    name: str
    rows: Callable[[], Sequence[Mapping[str, str]]]


def who_coefficients(table: Table, dimension: Dimension) -> tuple[tuple[float, ...], ...]:
    """Return b0 to b4 of each of WHO's curves, from the lowest.

    Raises:
        DamagedTable: a number of one of them is missing or none.
    """
    columns = ("quantile", "b0", "b1", "b2", "b3", "b4")
    rows = [
        row
        for row in _rows(table, ("dimension", *columns))
        if row["dimension"] == dimension.upper()
    ]
    try:
        found = [tuple(float(row[column]) for column in columns) for row in rows]
    except ValueError as cause:
        raise _damaged(table) from cause
    if tuple(curve[0] for curve in found) != WHO_QUANTILES:
        raise _damaged(table)
    return tuple(curve[1:] for curve in found)


def nichd_by_day(table: Table, group: str) -> Mapping[int, tuple[float, float]]:
    """Return the median in mm and the SD of its logarithm, by completed days.

    Raises:
        DamagedTable: one of its numbers is missing or none.
    """
    rows = _rows(table, ("group", "ga_days", "p3", "p50", "p97"))
    try:
        return {
            int(row["ga_days"]): (
                float(row["p50"]),
                math.log(float(row["p97"]) / float(row["p3"])) / _P3_TO_P97,
            )
            for row in rows
            if row["group"] == group
        }
    except (ValueError, ZeroDivisionError) as cause:
        raise _damaged(table) from cause


def _rows(table: Table, columns: Sequence[str]) -> Sequence[Mapping[str, str]]:
    try:
        rows = table.rows()
    except UnreadableTable as cause:
        raise _damaged(table) from cause
    if not rows or any(row.get(column) is None for row in rows for column in columns):
        raise _damaged(table)
    return rows


def _damaged(table: Table) -> DamagedTable:
    return DamagedTable(
        f"The growth table {table.name} is missing or damaged.", "Install the program again."
    )
