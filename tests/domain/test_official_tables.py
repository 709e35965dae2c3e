import csv
import shutil
from dataclasses import replace

import pytest

from fhc_desktop.domain.growth.standards import NICHD_TABLE, WHO_TABLE
from fhc_desktop.resources import resource, table_rows
from tests.domain.official_tables import PAGE, cells, page, tables


@pytest.fixture
def folder(shared):
    return shared / "reference/growth"


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_that_every_cell_of_a_published_table_is_reproduced(folder, table):
    found = list(cells(folder, table))

    assert found
    assert [cell for cell in found if cell.off > table.tolerance] == []


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_that_one_wrong_cell_would_be_found(folder, table, tmp_path):
    name = f"{table.name}.csv"
    with (folder / name).open(newline="") as file:
        header, first, *rows = csv.reader(file)
    first[1] = str(float(first[1]) + 2 * table.tolerance)
    with (tmp_path / name).open("w", newline="") as file:
        csv.writer(file).writerows([header, first, *rows])

    off = [cell for cell in cells(tmp_path, table) if cell.off > table.tolerance]

    assert [cell.column for cell in off] == header[1:2]


def test_that_the_page_of_differences_is_up_to_date(folder):
    assert PAGE.read_text(encoding="utf-8") == page(folder)


def test_that_the_page_lists_what_differs(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "growth")
    one = tmp_path / "growth/intergrowth21_hc_centiles.csv"
    one.chmod(0o600)
    one.write_text(one.read_text().replace("97.9", "98.0"))

    assert "| 14 weeks | p50 | 98.0 | 97.877 |" in page(tmp_path / "growth")


def test_that_the_shipped_tables_are_the_official_ones(folder):
    assert resource(WHO_TABLE).read_text() == (folder / "who2017_coefficients.csv").read_text()
    official = []
    for group in ("nh_white", "nh_black", "hispanic", "asian_pi"):
        with (folder / f"nichd2015_hc_{group}_daily.csv").open(newline="") as file:
            official += [
                {"group": group, "ga_days": str(round(7 * float(row.pop("ga_weeks")))), **row}
                for row in csv.DictReader(file)
            ]
    assert len(official) == 900
    assert table_rows(NICHD_TABLE) == official


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_that_a_difference_is_one_in_the_last_published_digit(folder, table):
    cell = next(cells(folder, table))
    step = 10**-cell.digits

    assert not replace(cell, ours=cell.published + 0.4 * step).differs
    assert replace(cell, ours=cell.published + 0.6 * step).differs
