"""Published growth tables as an oracle: every cell against what the program says.

`python -m tests.domain.official_tables FOLDER` writes docs/growth-tables.md from the folder with
the tables.
"""

import csv
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import NormalDist

from fhc_desktop.domain.dating.gestation import GestationalAge
from fhc_desktop.domain.growth.assessment import Dimension
from fhc_desktop.domain.growth.standards import (
    HADLOCK_1984_GROWTH,
    INTERGROWTH_21ST,
    STANDARDS,
    WHO_2017,
)
from fhc_desktop.domain.growth.ultrasound_age import hadlock_age, intergrowth_days

PAGE = Path(__file__).resolve().parents[2] / "docs/growth-tables.md"


@dataclass(frozen=True)
class Cell:
    """One published number and ours; ``digits`` are those that were published."""

    table: str
    row: str
    column: str
    published: float
    ours: float
    digits: int

    @property
    def off(self) -> float:
        return abs(self.ours - self.published)

    @property
    def differs(self) -> bool:
        """Whether ours, rounded like the table, is another number; a tie may fall either way."""
        return self.off > 0.5 * 10**-self.digits * (1 + 1e-6)


@dataclass(frozen=True)
class Table:
    """A published table, within what it must agree, and how ours is computed for a column."""

    name: str
    title: str
    unit: str
    tolerance: float
    digits: int
    ours: Callable[[dict[str, str], str], float]
    skipped: tuple[str, ...] = ()


def age_of(row: dict[str, str]) -> GestationalAge:
    return GestationalAge(round(float(row["ga_weeks"]) * 7))


def z_of_column(column: str) -> float:
    if column.startswith("sd_"):
        sign = -1 if "minus" in column else 1
        return sign * float(column[-1])
    return NormalDist().inv_cdf(float(column[1:].replace("_", ".")) / 100)


def length(standard, dimension=Dimension.HC):
    return lambda row, column: standard.length_at(z_of_column(column), age_of(row), dimension)


def mean_sd(dimension):
    def ours(row, column):
        mean, one_sd = (INTERGROWTH_21ST.length_at(z, age_of(row), dimension) for z in (0, 1))
        return mean if column == "mean" else one_sd - mean

    return ours


def nichd(group):
    return length(next(s for s in STANDARDS if s.key == f"nichd2015_{group}"))


def hadlock_growth(row, column):
    # The table has half weeks, which are no whole day: the equation itself is asked.
    curves = HADLOCK_1984_GROWTH.charts[Dimension.HC].curves
    equation = curves.sd_mm if column == "sd" else curves.mean_mm
    return equation(float(row["ga_weeks"]))


def hadlock_ages(row, column):
    found = hadlock_age(float(row["hc_mm"]))
    return (found.days if column == "ga_weeks" else found.two_sd_days) / 7


def intergrowth_ages(row, column):
    days = intergrowth_days(float(row["hc_mm"]))
    return days if column == "ga_days" else days / 7


def tables() -> list[Table]:
    found = []
    for dimension in Dimension:
        prefix, named = f"intergrowth21_{dimension}", f"INTERGROWTH-21st {dimension.upper()}"
        of = length(INTERGROWTH_21ST, dimension)
        found += [
            Table(f"{prefix}_centiles", f"{named}, official centiles", "mm", 0.1, 1, of),
            Table(f"{prefix}_zscores", f"{named}, official SD table", "mm", 0.1, 1, of),
            Table(f"{prefix}_mean_sd", f"{named}, equations", "mm", 1e-4, 4, mean_sd(dimension)),
        ]
    for dimension in (Dimension.HC, Dimension.BPD):
        title = f"WHO 2017 {dimension.upper()}, quantiles by the official coefficients"
        of = length(WHO_2017, dimension)
        found.append(Table(f"who2017_{dimension}_quantiles", title, "mm", 0.0501, 1, of))
    for group in ("nh_white", "nh_black", "hispanic", "asian_pi"):
        for rows in ("daily", "weekly"):
            title = f"NICHD 2015 {group}, official table, {rows}"
            found.append(Table(f"nichd2015_hc_{group}_{rows}", title, "mm", 0.02, 2, nichd(group)))
    published = "Hadlock 1984 HC, published table"
    return [
        *found,
        # Published to 0.1 cm.
        Table("hadlock1984_hc_growth", published, "mm", 0.9, 0, hadlock_growth, ("mean_equation",)),
        Table("hadlock1984_ga_from_hc", "Hadlock 1984 age by HC", "weeks", 6e-4, 3, hadlock_ages),
        Table("intergrowth21_ga_from_hc", "INTERGROWTH-21st age by HC", "days or weeks", 6e-3, 2,
              intergrowth_ages),
    ]  # fmt: skip


def cells(folder: Path, table: Table) -> Iterator[Cell]:
    with (folder / f"{table.name}.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            first = next(iter(row))
            for column in list(row)[1:]:
                if column in table.skipped:
                    continue
                named = f"{float(row[first]):g} {'mm' if first == 'hc_mm' else 'weeks'}"
                ours = table.ours(row, column)
                yield Cell(table.name, named, column, float(row[column]), ours, table.digits)


def page(folder: Path) -> str:
    lines = [
        "# Growth tables",
        "",
        "Every cell of the published tables against what the program says. Rebuilt by",
        "`python -m tests.domain.official_tables FOLDER` from the folder with the tables; a test",
        "sees that it is up to date. A cell differs where ours, rounded like the table, is",
        "another number. These cells are listed below, but for NICHD's, which are off by a",
        "hundredth of a millimetre.",
        "",
        "| table | cells | differ in their last digit | farthest off | allowed |",
        "|---|---|---|---|---|",
    ]
    differing = []
    for table in tables():
        found = list(cells(folder, table))
        others = [cell for cell in found if cell.differs]
        differing += [] if table.name.startswith("nichd") else others
        farthest = max(cell.off for cell in found)
        lines.append(
            f"| {table.title} | {len(found)} | {len(others)} | {farthest:.4f} {table.unit} "
            f"| {table.tolerance:g} |"
        )
    lines += [
        "",
        "The published INTERGROWTH-21st coefficients are rounded, and so are the tables: up to",
        "0.07 mm lies between them. Hadlock's table was published to 0.1 cm. The two official",
        "INTERGROWTH-21st sheets themselves disagree on the 50th at 27 weeks (250.7 and 250.6",
        "mm). NICHD's tables are reproduced from their own 3rd, 50th and 97th percentile by a",
        "log-normal distribution. WHO's were computed from the same coefficients, not taken from",
        "the table printed in the paper, which could not be read.",
        "",
        "NICHD's official table for Asian and Pacific Islander falls at its end: the 3rd from",
        "40w4d, the 5th and 10th from 40w5d, the 50th from 41w4d. So there, and nowhere else, a",
        "head of one size has a higher percentile a day later. It is shipped as published.",
        "",
        "## Differences",
        "",
        "| table | age or size | column | published | ours |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {cell.table} | {cell.row} | {cell.column} | {cell.published:.{cell.digits}f} "
        f"| {cell.ours:.{cell.digits + 2}f} |"
        for cell in differing
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(Path(sys.argv[1])), encoding="utf-8")
