import os
import subprocess
import sys

import pytest

from fhc_desktop.domain.dating.gestation import GestationalAge
from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST, STANDARDS
from tests.commands.growth_command import growth, growth_json

CHART = """
name = "Our heads"
citation = "Annual report 2020"
population = "our own"
unit = "mm"
[table]
ga_weeks = [19, 20, 21]
mean = [160, 172.5, 184.5]
sd = [7, 7.2, 7.5]
"""


def test_that_json_is_exactly_what_is_documented(capsys):
    found = growth_json(capsys, "--hc", 175, "--ga", "20w0d")

    assert found == {
        "hc_mm": 175.0,
        "ga_days": 140,
        "ga_by_hc": {
            "hadlock1984": {
                "days": pytest.approx(140.1247, abs=1e-4),
                "two_sd_days": pytest.approx(10.36),
            },
            "intergrowth21": {"days": pytest.approx(141.549, abs=1e-3)},
        },
        "growth": {
            key: {"z": pytest.approx(z, abs=1e-3), "percentile": pytest.approx(percent, abs=0.05)}
            for key, z, percent in (
                ("intergrowth21", 0.339, 63.26),
                ("who2017", 0.198, 57.86),
                ("hadlock1984", -0.182, 42.79),
                ("nichd2015_nh_white", 0.374, 64.6),
                ("nichd2015_nh_black", 0.393, 65.3),
                ("nichd2015_hispanic", 0.386, 65.0),
                ("nichd2015_asian_pi", 0.542, 70.6),
            )
        },
    }


def test_that_json_lists_every_standard_whatever_it_says(capsys):
    for hc_mm, age in ((175, "20w0d"), (60, "11w0d"), (340, "41w0d"), (60, "5w0d")):
        found = growth_json(capsys, "--hc", hc_mm, "--ga", age)["growth"]
        assert list(found) == [standard.key for standard in STANDARDS]
        assert all({"z", "percentile"} <= said.keys() or set(said) == {"reason"}
                   for said in found.values())  # fmt: skip


@pytest.mark.parametrize(
    ("hc_mm", "reason"), [(150, "below the 1st percentile"), (195, "above the 99th percentile")]
)
def test_that_beyond_whos_percentiles_there_is_a_side_and_no_number(capsys, hc_mm, reason):
    found = growth_json(capsys, "--hc", hc_mm, "--ga", "20w0d")["growth"]

    assert found["who2017"] == {"z": None, "percentile": None, "reason": reason}
    assert set(found["intergrowth21"]) == {"z", "percentile"}


def test_that_a_z_that_rounds_to_nought_has_no_sign(capsys):
    median_mm = INTERGROWTH_21ST.hc_at(-0.002, GestationalAge(140))

    _, out, _ = growth(capsys, "--hc", median_mm, "--ga", "20w0d")

    assert "50th percentile, z 0.00\n" in out


def test_that_outside_a_range_there_is_the_reason(capsys):
    found = growth_json(capsys, "--hc", 300, "--ga", "41w0d")

    assert found["growth"]["intergrowth21"] == {
        "reason": "INTERGROWTH-21st 2014 covers 14w0d to 40w0d; this age is 41w0d: no percentile."
    }
    assert set(found["growth"]["nichd2015_hispanic"]) == {"z", "percentile"}
    assert set(found["ga_by_hc"]["intergrowth21"]) == {"reason"}


def test_that_without_a_dating_there_is_an_age_by_hc_and_no_percentile(capsys):
    found = growth_json(capsys, "--hc", 175)

    assert found["ga_days"] is None
    assert set(found["ga_by_hc"]["hadlock1984"]) == {"days", "two_sd_days"}
    assert all(set(said) == {"reason"} for said in found["growth"].values())


def test_that_the_table_shows_all_standards_beside_each_other(capsys):
    status, out, _ = growth(capsys, "--hc", 175, "--ga", "20w0d")

    assert status == 0
    assert "HC 175.0 mm at 20w0d" in out
    assert "20w0d ± 10 d (2 SD) by Hadlock 1984" in out
    for standard in STANDARDS:
        assert standard.name in out
    assert "> INTERGROWTH-21st 2014" in out
    assert "63rd percentile, z +0.34" in out
    assert "43rd percentile, z −0.18" in out
    assert "must not change an established EDD" in out


def test_that_the_chosen_standard_flags_and_the_remark_says_who_differs(capsys):
    _, by_default, _ = growth(capsys, "--hc", 300, "--ga", "35w0d")
    _, by_hadlock, _ = growth(capsys, "--hc", 300, "--ga", "35w0d", "--standard", "hadlock1984")

    assert "SD below" not in by_default
    assert "HC more than 2 SD below the mean by Hadlock 1984 (SMFM 2016" in by_hadlock
    for out in (by_default, by_hadlock):
        assert "differ at the 3rd percentile: below it by Hadlock 1984." in out
    assert "> Hadlock 1984" in by_hadlock


def test_that_lmp_and_hc_that_disagree_are_pointed_out_and_nothing_is_changed(capsys):
    dating = ["--lmp", "2026-01-01", "--exam-date", "2026-05-21"]
    _, out, _ = growth(capsys, "--hc", 150, *dating)

    assert "HC 150.0 mm at 20w0d" in out
    assert "13 days behind the LMP (20w0d); ACOG Committee Opinion 700 allows 10." in out
    assert growth_json(capsys, "--hc", 150, *dating)["ga_days"] == 140


def test_that_a_bpd_dates_and_is_placed_in_its_own_convention(capsys):
    inner = growth_json(
        capsys, "--hc", 175, "--ga", "20w0d", "--bpd", 47, "--bpd-from", "outer-inner"
    )
    outer = growth_json(capsys, "--hc", 175, "--ga", "20w0d", "--bpd", 47)

    assert inner["ga_by_hc_and_bpd"]["hadlock1984"] == {
        "days": pytest.approx(19.9234 * 7, abs=1e-3)
    }
    assert outer["ga_by_hc_and_bpd"]["hadlock1984"]["days"] < 138.2
    assert inner["growth_bpd"]["who2017"]["z"] > outer["growth_bpd"]["who2017"]["z"]
    assert set(outer["growth_bpd"]["hadlock1984"]) == {"reason"}
    assert outer["bpd_from"] == "outer-outer"

    _, out, _ = growth(capsys, "--hc", 175, "--ga", "20w0d", "--bpd", 47)
    assert "BPD 47.0 mm (outer-outer)" in out
    assert "by Hadlock 1984, HC and BPD; BPD converted" in out
    assert out.count("WHO 2017 ") == 2
    assert out.count("Hispanic") < 4


def test_that_a_clinics_own_chart_is_added_and_marked(capsys, tmp_path):
    path = tmp_path / "chart.toml"
    path.write_text(CHART)
    arguments = ["--hc", 175, "--ga", "20w0d", "--chart", path, "--standard", "local_our_heads"]

    found = growth_json(capsys, *arguments)["growth"]
    _, out, _ = growth(capsys, *arguments)

    assert list(found)[-1] == "local_our_heads"
    assert found["local_our_heads"]["z"] == pytest.approx(2.5 / 7.2)
    assert "> Our heads (local chart)" in out


def test_that_the_calculator_loads_neither_qt_nor_torch():
    code = (
        "import sys; from fhc_desktop.__main__ import main;"
        "main(['growth', '--hc', '175', '--ga', '20w0d']);"
        "print([*{'PySide6', 'torch', 'onnxruntime', 'cv2'} & {*sys.modules}])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ}
    )

    assert done.stdout.splitlines()[-1] == "[]"
