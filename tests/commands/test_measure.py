import csv
import json
import os
import shutil
import subprocess
import sys

import pytest
from PIL import Image

from fhc_desktop.__main__ import main
from fhc_desktop.resources import resource
from tests.phantoms import small_phantom, write_png

pytestmark = pytest.mark.model
DEMO = resource("demo/demo_head.png")


def measured_json(capsys, *arguments):
    status = main(["measure", *map(str, arguments), "--format", "json"])
    return status, json.loads(capsys.readouterr().out)


def test_that_json_has_every_field_of_a_measured_frame(capsys):
    status, (row,) = measured_json(capsys, DEMO, "--ga", "20w0d")

    assert status == 0
    assert row["calibration"]["source"] == "pixel_size_table"
    assert set(row["ellipse"]) == {
        "center_x_px",
        "center_y_px",
        "semi_axis_a_px",
        "semi_axis_b_px",
        "angle_rad",
    }
    assert row["hc_mm"] == pytest.approx(row["hc_px"] * 0.14, rel=1e-6)
    assert row["hc_mm"] == pytest.approx(176.26, rel=0.03)
    assert 0 <= row["growth"]["intergrowth21"]["percentile"] <= 100
    assert row["ga_by_hc"]["hadlock1984"]["two_sd_days"] == pytest.approx(1.48 * 7)
    assert set(row["model"]) == {"name", "version", "sha256"}


def test_that_png_and_dicom_of_one_picture_give_one_hc(capsys):
    _, rows = measured_json(capsys, DEMO, DEMO.with_suffix(".dcm"))

    assert rows[0]["hc_mm"] == pytest.approx(rows[1]["hc_mm"], abs=0.01)


def test_that_an_uncalibrated_picture_has_pixels_only(capsys, tmp_path):
    shutil.copy(DEMO, tmp_path / "bare.png")
    _, (row,) = measured_json(capsys, tmp_path / "bare.png", "--ga", "20w0d")

    assert row["calibration"] is None
    assert row["hc_px"] > 0
    assert row["hc_mm"] is row["bpd_mm"] is row["ofd_mm"] is None
    assert "reason" in row["growth"]["intergrowth21"]


def test_that_a_typed_pixel_size_gives_millimetres(capsys, tmp_path):
    shutil.copy(DEMO, tmp_path / "bare.png")
    status, (row,) = measured_json(capsys, tmp_path / "bare.png", "--pixel-size", "0.2")

    assert status == 0
    assert row["hc_mm"] == pytest.approx(row["hc_px"] * 0.2)
    assert row["calibration"]["source"] == "typed"


def test_that_a_file_that_fails_is_told_and_the_rest_goes_on(capsys, tmp_path):
    (tmp_path / "empty.png").touch()
    status, rows = measured_json(capsys, tmp_path / "empty.png", tmp_path / "gone.png", DEMO)

    assert status == 1
    assert [set(row) == {"path", "error"} for row in rows] == [True, True, False]


@pytest.mark.parametrize("gray", [0, 14])
def test_that_a_picture_without_a_head_has_no_ellipse(capsys, tmp_path, gray):
    Image.new("L", (800, 540), gray).save(tmp_path / "black.png")
    status, (row,) = measured_json(capsys, tmp_path / "black.png", "--pixel-size", "0.2")

    assert status == 1
    assert row["ellipse"] is None
    assert row["warnings"]


def test_that_hc18_rows_are_in_millimetres_from_the_first_pixels_centre(capsys, tmp_path):
    target = tmp_path / "p.csv"
    assert main(["measure", str(DEMO), "--format", "hc18", "--out", str(target)]) == 0
    _, (row,) = measured_json(capsys, DEMO)
    (written,) = csv.DictReader(target.open())

    assert written["filename"] == "demo_head.png"
    assert float(written["center_x_mm"]) == pytest.approx(row["ellipse"]["center_x_px"] * 0.14)
    assert float(written["semi_axes_a_mm"]) == pytest.approx(row["ofd_mm"] / 2)


def test_that_an_age_by_lmp_counts_to_the_given_day(capsys):
    _, by_lmp = measured_json(capsys, DEMO, "--lmp", "2026-01-01", "--exam-date", "2026-05-21")
    _, by_age = measured_json(capsys, DEMO, "--ga", "20w0d")

    assert by_lmp[0]["growth"] == by_age[0]["growth"]


def test_that_an_lmp_without_any_exam_date_is_not_counted_to_today(capsys):
    _, (row,) = measured_json(capsys, DEMO, "--lmp", "2026-01-01")

    assert row["growth"]["intergrowth21"] == {"reason": "No examination date."}


@pytest.mark.parametrize(
    "wrong",
    [
        ["--ga", "twenty"],
        ["--pixel-size", "9"],
        ["--exam-date", "2026-01-01"],
        ["--frame", "0"],
        ["--pdf", "/nowhere/at/all.pdf"],
        ["--lmp", "2026-01-01", "--ga", "20w0d"],
    ],
)
def test_that_wrong_use_ends_with_status_two(capsys, wrong):
    try:
        status = main(["measure", str(DEMO), *wrong])
    except SystemExit as ended:
        status = ended.code

    assert status == 2
    assert capsys.readouterr().err


def test_that_another_bundle_that_is_none_is_refused_in_a_sentence(capsys, tmp_path):
    assert main(["measure", str(DEMO), "--model", str(tmp_path / "none.safetensors")]) == 1
    assert "missing" in capsys.readouterr().err


def test_that_a_draft_report_can_be_written(tmp_path, capsys):
    target = tmp_path / "draft.pdf"
    assert main(["measure", str(DEMO), "--pdf", str(target)]) == 0
    assert target.read_bytes().startswith(b"%PDF")
    capsys.readouterr()


def test_that_names_in_any_script_and_long_paths_are_measured(capsys, tmp_path):
    folder = tmp_path / "шкала-头围" / ("d" * 100)
    folder.mkdir(parents=True)
    write_png(small_phantom(seed=2), folder / f"{'ü' * 60}.png")
    _, (row,) = measured_json(capsys, folder, "--pixel-size", "0.5")

    assert row["hc_mm"] is not None


def test_that_measuring_loads_no_qt():
    code = (
        "import sys; from fhc_desktop.__main__ import main;"
        f"main(['measure', {str(DEMO)!r}]); print('PySide6' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ}
    )

    assert done.stdout.splitlines()[-1] == "False"


def test_that_the_self_check_passes_on_this_installation(tmp_path, capsys):
    assert main(["self-check", "--data-dir", str(tmp_path)]) == 0
    assert "FAILED" not in capsys.readouterr().out
