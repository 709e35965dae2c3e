import csv
import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from statistics import NormalDist

import numpy as np
import pydicom
import pytest
from PIL import Image
from pypdf import PdfReader

from fhc_desktop import __version__
from fhc_desktop.__main__ import main
from fhc_desktop.domain.growth.standards import STANDARDS
from fhc_desktop.resources import resource
from fhc_desktop.segmentation.bundle import load_bundle, save_bundle
from fhc_desktop.workflow.proposing import SHIPPED_MODEL
from tests.commands.test_growth import CHART
from tests.heads import small_phantom, write_png
from tests.phantom import DEMO_OUTLINE_PX
from tests.reading import load_image

pytestmark = pytest.mark.model
DEMO = resource("demo/demo_head.png")


def measured_json(capsys, *arguments):
    status = main(["measure", *map(str, arguments), "--format", "json"])
    return status, json.loads(capsys.readouterr().out)


def test_that_json_has_every_field_of_a_measured_frame_and_no_other(capsys):
    status, (row,) = measured_json(capsys, DEMO, "--ga", "20w0d")

    assert status == 0
    assert list(row) == [
        "path", "sha256", "frame", "calibration", "depth_marks", "ellipse", "hc_px", "hc_mm",
        "hc_interval_mm", "grade", "grade_reasons", "bpd_mm", "ofd_mm", "cephalic_index",
        "gestational_age", "ga_by_hc", "growth_standard", "growth", "flags", "remarks", "model",
        "warnings", "study_reports",
    ]  # fmt: skip
    assert row["path"] == str(DEMO)
    assert row["sha256"] == hashlib.sha256(DEMO.read_bytes()).hexdigest()
    assert row["frame"] == 1
    assert row["calibration"] == {
        "mm_per_column": 0.14,
        "mm_per_row": 0.14,
        "source": "pixel_size_table",
    }
    ellipse = row["ellipse"]
    assert list(ellipse) == [
        "center_x_px", "center_y_px", "semi_axis_a_px", "semi_axis_b_px", "angle_rad",
    ]  # fmt: skip
    assert row["hc_mm"] == pytest.approx(row["hc_px"] * 0.14, rel=1e-6)
    assert row["hc_mm"] == pytest.approx(176.26, rel=0.03)
    assert row["ofd_mm"] == pytest.approx(2 * 0.14 * ellipse["semi_axis_a_px"])
    assert row["bpd_mm"] == pytest.approx(2 * 0.14 * ellipse["semi_axis_b_px"])
    assert row["cephalic_index"] == pytest.approx(100 * row["bpd_mm"] / row["ofd_mm"])
    assert row["ga_by_hc"].keys() == {"hadlock1984", "intergrowth21"}
    assert row["ga_by_hc"]["hadlock1984"] == {
        "days": pytest.approx(7 * (8.96 + 0.054 * row["hc_mm"] + 3e-7 * row["hc_mm"] ** 3)),
        "two_sd_days": pytest.approx(1.48 * 7),
        "interval_days": row["ga_by_hc"]["hadlock1984"]["interval_days"],
    }
    assert list(row["growth"]) == [standard.key for standard in STANDARDS]
    place = row["growth"]["intergrowth21"]
    assert list(place) == ["z", "percentile", "percentile_interval"]
    assert place["percentile"] == pytest.approx(100 * NormalDist().cdf(place["z"]))
    shipped = resource(SHIPPED_MODEL)
    assert list(row["model"]) == ["name", "version", "sha256"]
    assert row["model"]["sha256"] == hashlib.sha256(shipped.read_bytes()).hexdigest()
    assert row["warnings"] == []


def test_that_a_fetus_is_named_and_no_other_letter_is_one(capsys):
    status, (row,) = measured_json(capsys, DEMO, "--fetus", "B")

    assert (status, row["fetus"]) == (0, "B")
    with pytest.raises(SystemExit) as ended:
        main(["measure", str(DEMO), "--fetus", "Z"])
    assert ended.value.code == 2


def test_that_a_comment_stands_in_the_row_and_one_that_cannot_be_is_refused(capsys):
    status, (row,) = measured_json(capsys, DEMO, "--comment", " Far border.\r\nAgain. ")

    assert (status, row["comment"]) == (0, "Far border.\nAgain.")
    with pytest.raises(SystemExit) as ended:
        main(["measure", str(DEMO), "--comment", "x" * 2001])
    assert ended.value.code == 2
    assert "at most 2,000 characters" in capsys.readouterr().err


def test_that_the_chosen_frame_is_measured_and_named(capsys, tmp_path):
    dataset = pydicom.dcmread(DEMO.with_suffix(".dcm"))
    head = dataset.pixel_array
    path = tmp_path / "cine.dcm"
    dataset.NumberOfFrames = 2
    dataset.PixelData = np.stack([np.zeros_like(head), head]).tobytes()
    dataset.save_as(path)

    first, (black,) = measured_json(capsys, path)
    second, (row,) = measured_json(capsys, path, "--frame", 2)
    beyond, (failed,) = measured_json(capsys, path, "--frame", 3)

    assert (first, black["frame"], black["ellipse"]) == (1, 1, None)
    assert (second, row["frame"]) == (0, 2)
    assert row["hc_mm"] == pytest.approx(176.26, rel=0.03)
    assert beyond == 1
    assert failed["error"].startswith("cine.dcm has no frame 3: it has 2 frames.")


def test_that_another_bundle_measures_under_its_own_name(capsys, tmp_path):
    shipped = load_bundle(resource(SHIPPED_MODEL))
    path = tmp_path / "other.safetensors"
    save_bundle(path, replace(shipped.header, name="other", version="9"), shipped.tensors)

    status, (row,) = measured_json(capsys, DEMO, "--model", path)

    assert status == 0
    assert row["model"] == {
        "name": "other",
        "version": "9",
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }


def test_that_a_gpu_that_is_asked_for_and_not_there_is_told_and_the_cpu_measures(capsys):
    _, (by_default,) = measured_json(capsys, DEMO, "--device", "cpu")
    status, (row,) = measured_json(capsys, DEMO, "--device", "mps")
    if not row["warnings"]:
        pytest.skip("there is one")

    assert (status, row["hc_mm"]) == (0, by_default["hc_mm"])
    assert by_default["warnings"] == []
    (warning,) = row["warnings"]
    assert "The model ran on the CPU. " in warning
    assert warning.startswith(("PyTorch finds no Apple GPU here.", "The GPU needs PyTorch"))


def test_that_only_a_device_that_there_is_can_be_named(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["measure", str(DEMO), "--device", "tpu"])

    assert ended.value.code == 2
    assert "cuda" in capsys.readouterr().err


def test_that_the_version_is_told(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--version"])

    assert ended.value.code == 0
    assert capsys.readouterr().out == f"FHC Desktop {__version__}\n"


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
    # Both count from the centre of the first pixel: its corner would be 0.07 mm off.
    assert float(written["center_x_mm"]) == pytest.approx(row["ellipse"]["center_x_px"] * 0.14)
    assert float(written["center_y_mm"]) == pytest.approx(row["ellipse"]["center_y_px"] * 0.14)
    assert float(written["semi_axes_a_mm"]) == pytest.approx(row["ofd_mm"] / 2)
    assert float(written["semi_axes_b_mm"]) == pytest.approx(row["bpd_mm"] / 2)
    assert float(written["angle_rad"]) == pytest.approx(row["ellipse"]["angle_rad"])
    # As drawn; x to the right, y down, the angle from x towards y.
    assert row["ellipse"]["center_x_px"] == pytest.approx(DEMO_OUTLINE_PX.center_x, abs=3)
    assert row["ellipse"]["angle_rad"] == pytest.approx(DEMO_OUTLINE_PX.angle, abs=0.05)


def test_that_an_age_by_lmp_counts_to_the_given_day(capsys):
    _, by_lmp = measured_json(capsys, DEMO, "--lmp", "2026-01-01", "--exam-date", "2026-05-21")
    _, by_age = measured_json(capsys, DEMO, "--ga", "20w0d")

    assert by_lmp[0]["growth"] == by_age[0]["growth"]


@pytest.mark.parametrize("dating", [["--lmp", "2025-08-28"], ["--edd", "2026-06-04"]])
def test_that_the_examination_was_on_the_files_study_date(capsys, dating):
    scan = DEMO.with_suffix(".dcm")
    assert load_image(scan).study.study_date == date(2026, 1, 15)

    _, (counted,) = measured_json(capsys, scan, *dating)
    _, (known,) = measured_json(capsys, scan, "--ga", "20w0d")
    _, (later,) = measured_json(capsys, scan, *dating, "--exam-date", "2026-01-22")
    _, (a_week_on,) = measured_json(capsys, scan, "--ga", "21w0d")

    assert "z" in known["growth"]["intergrowth21"]
    assert counted["growth"] == known["growth"]
    assert later["growth"] == a_week_on["growth"]


@pytest.mark.parametrize("dating", ["--lmp", "--edd"])
def test_that_a_file_without_a_study_date_is_not_counted_to_today(capsys, dating):
    near = {"--lmp": timedelta(days=-140), "--edd": timedelta(days=140)}[dating]
    _, (row,) = measured_json(capsys, DEMO, dating, datetime.now(UTC).date() + near)

    assert row["growth"]["intergrowth21"] == {"reason": "No examination date."}


@pytest.mark.parametrize("format_", ["json", "csv", "hc18", "table"])
def test_that_a_withheld_age_is_told_and_counts_as_not_all_measured(capsys, tmp_path, format_):
    path = tmp_path / "reopened.dcm"
    dataset = pydicom.dcmread(DEMO.with_suffix(".dcm"))
    dataset.AcquisitionDate, dataset.LastMenstrualDate = "20260129", "20250828"
    dataset.save_as(path)

    status = main(["measure", str(path), "--format", format_])
    said = capsys.readouterr()

    assert status == 1
    assert "--exam-date" in (said.err if format_ == "hc18" else said.out)
    settled = ["--exam-date", "2026-01-29", "--format", format_]
    assert main(["measure", str(path), *settled]) == 0
    assert "--exam-date" not in "".join(capsys.readouterr())


def test_that_the_submission_tells_its_warnings_beside_it(capsys, tmp_path):
    path = tmp_path / "2099.dcm"
    dataset = pydicom.dcmread(DEMO.with_suffix(".dcm"))
    dataset.StudyDate = "20990101"
    dataset.save_as(path)

    assert main(["measure", str(path), "--format", "hc18"]) == 0
    assert "(StudyDate) is a day to come" in capsys.readouterr().err


def test_that_the_help_says_what_each_status_means(capsys):
    with pytest.raises(SystemExit):
        main(["measure", "--help"])

    said = " ".join(capsys.readouterr().out.split())
    assert "Exit status: 0 all was measured; 1 a file failed" in said
    assert "--dating-from {options,files}" in said


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


def test_that_the_chosen_standard_judges_in_table_and_report(capsys, tmp_path):
    target = tmp_path / "who.pdf"
    chosen = ["--ga", "20w0d", "--standard", "who2017", "--pdf", str(target)]

    assert main(["measure", str(DEMO), *chosen]) == 0
    assert "percentile" in (out := capsys.readouterr().out)
    assert "WHO 2017" in out
    assert "INTERGROWTH" not in out
    text = PdfReader(target).pages[0].extract_text()
    assert "WHO 2017" in text


def test_that_a_clinics_own_chart_stands_beside_the_standards(capsys, tmp_path):
    path = tmp_path / "chart.toml"
    path.write_text(CHART)
    options = ["--ga", "20w0d", "--chart", path, "--standard", "local_our_heads"]
    _, (row,) = measured_json(capsys, DEMO, *options)

    assert list(row["growth"]) == [*(standard.key for standard in STANDARDS), "local_our_heads"]
    assert row["growth"]["local_our_heads"]["z"] == pytest.approx((row["hc_mm"] - 172.5) / 7.2)
    main(["measure", str(DEMO), *map(str, options)])
    assert "Our heads (local chart)" in capsys.readouterr().out


def test_that_a_crl_dates_the_frame(capsys):
    dating = ["--crl", "60", "--scan-date", "2026-01-01", "--exam-date", "2026-02-23"]
    _, (row,) = measured_json(capsys, DEMO, *dating)
    _, (known,) = measured_json(capsys, DEMO, "--ga", "20w0d")

    assert row["growth"] == known["growth"]


@pytest.mark.parametrize(
    "wrong", [["--standard", "jeanty"], ["--chart", "none.toml"], ["--crl", "60"]]
)
def test_that_an_unknown_standard_or_half_a_dating_ends_with_status_two(capsys, wrong):
    assert main(["measure", str(DEMO), *wrong]) == 2
    assert capsys.readouterr().err
