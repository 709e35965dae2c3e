import math

import pytest

from fhc_desktop.domain.dating.gestation import GestationalAge
from fhc_desktop.domain.growth.assessment import Dimension, assess_growth
from fhc_desktop.domain.growth.standards import NICHD_TABLE, WHO_TABLE, nichd_2015, who_2017
from fhc_desktop.domain.growth.tables import (
    DamagedTable,
    Table,
    nichd_by_day,
    who_coefficients,
)
from fhc_desktop.resources import UnreadableTable, table_rows

AGE = GestationalAge(140)
NICHD, WHO = table_rows(NICHD_TABLE), table_rows(WHO_TABLE)


def table(rows):
    return Table("growth/heads.csv", lambda: rows)


def missing():
    raise UnreadableTable("growth/heads.csv")


def without(column, rows):
    return [{name: cell for name, cell in row.items() if name != column} for row in rows]


def with_first(column, cell, rows):
    return [{**rows[0], column: cell}, *rows[1:]]


def test_that_a_table_is_read_at_first_use_and_once():
    read = []

    def rows():
        read.append(1)
        return WHO

    standard = who_2017(Table(WHO_TABLE, rows))
    assert not read
    for hc_mm in (170, 180):
        assess_growth(hc_mm, AGE, standard)
    assert len(read) == 1


def test_that_a_row_of_nichds_is_its_median_and_the_spread_of_its_logarithm():
    rows = [{"group": "x", "ga_days": "140", "p3": "160.0", "p50": "175.0", "p97": "190.0"}]

    median_mm, log_sd = nichd_by_day(table(rows), "x")[140]

    assert median_mm == 175.0
    assert log_sd == pytest.approx(math.log(190 / 160) / (2 * 1.880793608))
    assert nichd_by_day(table(rows), "y") == {}


def test_that_whos_coefficients_are_those_of_one_dimension_from_the_lowest_curve():
    found = who_coefficients(table(WHO), Dimension.HC)

    assert len(found) == 11
    assert found[0][0] == float(WHO[0]["b0"])
    assert found != who_coefficients(table(WHO), Dimension.BPD)


@pytest.mark.parametrize(
    "rows",
    [
        missing,
        list,
        lambda: without("p3", NICHD),
        lambda: with_first("p50", None, NICHD),
        lambda: with_first("p97", "x", NICHD),
        lambda: with_first("p3", "0", NICHD),
        lambda: with_first("ga_days", "70.5", NICHD),
    ],
)
def test_that_a_damaged_table_of_nichds_is_told_in_a_sentence(rows):
    standard = nichd_2015(Table("growth/heads.csv", rows))[0]

    with pytest.raises(DamagedTable, match=r"growth/heads\.csv is missing or damaged") as told:
        assess_growth(175, AGE, standard)
    assert told.value.remedy == "Install the program again."


@pytest.mark.parametrize(
    "rows",
    [
        missing,
        list,
        lambda: without("dimension", WHO),
        lambda: with_first("b4", None, WHO),
        lambda: with_first("b4", "x", WHO),
        lambda: with_first("quantile", "0.02", WHO),
        lambda: WHO[1:],
        lambda: WHO[::-1],
    ],
)
def test_that_a_damaged_table_of_whos_is_told_in_a_sentence(rows):
    standard = who_2017(Table("growth/heads.csv", rows))

    with pytest.raises(DamagedTable, match=r"growth/heads\.csv is missing or damaged"):
        assess_growth(175, AGE, standard)
