from pathlib import Path

import pytest

from fhc_desktop.domain.dating.gestation import GestationalAge
from fhc_desktop.domain.growth.local_chart import UnusableChart
from fhc_desktop.storage.preferences.chart_file import load_local_chart

ROOT = Path(__file__).resolve().parents[3]
HEAD = """
name = "Our heads 2020"
citation = "Annual report 2020, p. 12"
population = "4,000 examinations of our own"
unit = "mm"
"""
INSIDE = f"""{HEAD}
[table]
ga_weeks = [19, 20, 21]
mean = [160, 172.5, 184.5]
sd = [7, 7.2, 7.5]
"""
BESIDE = f'{HEAD}table = "our_heads.csv"\n'
CSV = "ga_weeks,mean,sd\n19,160,7\n20,172.5,7.2\n21,184.5,7.5\n"


def hc_mm(chart):
    return chart.hc_at(1.0, GestationalAge(140))


@pytest.fixture
def written(tmp_path):
    def write(toml, table=None):
        (tmp_path / "chart.toml").write_bytes(toml.encode() if isinstance(toml, str) else toml)
        if table is not None:
            (tmp_path / "our_heads.csv").write_bytes(
                table.encode() if isinstance(table, str) else table
            )
        return tmp_path / "chart.toml"

    return write


def test_that_a_chart_with_its_table_inside_is_read(written):
    assert hc_mm(load_local_chart(written(INSIDE))) == pytest.approx(179.7)


@pytest.mark.parametrize(
    "table",
    [
        CSV,
        CSV.replace("\n", "\r\n"),
        "\ufeff" + CSV,
        CSV.replace(",", ";").replace(".", ","),
        CSV.replace(",", " , ") + "\n\n",
    ],
    ids=["plain", "windows", "byte order mark", "semicolons", "spaces"],
)
def test_that_a_table_beside_it_is_read_as_spreadsheets_write_it(written, table):
    assert hc_mm(load_local_chart(written(BESIDE, table))) == pytest.approx(179.7)


@pytest.mark.parametrize(
    ("toml", "table", "words"),
    [
        ("name = ", None, "not valid TOML"),
        (b"\xff\xfe", None, "not text in UTF-8"),
        ("a = " + "[" * 100_000, None, "not valid TOML"),
        (f"a = {'9' * 5000}", None, "not valid TOML"),
        (b"#" * 1_000_001, None, "too large"),
        (BESIDE, None, "our_heads.csv cannot be read"),
        (BESIDE, "", "has no rows"),
        (BESIDE, "ga_weeks,mean,sd\n19,160\n", "do not fit its first line"),
        (BESIDE, "mean,mean,sd\n19,160,7\n", "do not fit its first line"),
        (BESIDE, "ga_weeks,mean,sd\n", "two rows"),
        (BESIDE, f"ga_weeks,mean,sd\n19,{'1' * 200_000},7\n", "our_heads.csv is no CSV file"),
        (BESIDE, CSV.replace("160", "16O"), "“16O” in our_heads.csv is no number"),
        (BESIDE.replace("our_heads.csv", "../our_heads.csv"), CSV, "does not lie beside"),
        (INSIDE.replace('"mm"', '"cm"'), None, "unit is mm"),
    ],
)
def test_that_a_file_that_does_not_hold_is_refused_in_a_sentence(written, toml, table, words):
    with pytest.raises(UnusableChart) as refused:
        load_local_chart(written(toml, table))

    assert words in refused.value.problem
    assert refused.value.remedy


def test_that_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(UnusableChart, match=r"none.toml cannot be read"):
        load_local_chart(tmp_path / "none.toml")


def test_that_the_documented_examples_are_charts(written, tmp_path):
    page = (ROOT / "docs/local-charts.md").read_text(encoding="utf-8")
    tomls = [part.split("```")[0] for part in page.split("```toml")[1:]]
    (table,) = [part.split("```")[0].lstrip() for part in page.split("```csv")[1:]]

    assert len(tomls) == 2
    for toml in tomls:
        (tmp_path / "our_heads.csv").write_text(table)
        assert load_local_chart(written(toml)).is_local
