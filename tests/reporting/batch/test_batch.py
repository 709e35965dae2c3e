import csv
import io
import json
import math
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.growth.standards import STANDARDS, WHO_2017
from fhc_desktop.domain.image.calibration import (
    Calibration,
    CalibrationCandidate,
    CalibrationSource,
    FileCalibration,
    RegionBox,
    typed_calibration,
)
from fhc_desktop.domain.image.depth_marks import DepthMarks, Mark, MarkPattern
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.reporting.batch.batch import FailedFile, MeasuredFrame
from fhc_desktop.reporting.batch.batch_csv import as_csv, csv_pieces
from fhc_desktop.reporting.batch.batch_hc18 import as_hc18, hc18_pieces
from fhc_desktop.reporting.batch.batch_objects import as_json, json_pieces
from fhc_desktop.reporting.batch.batch_table import as_table
from tests.reporting.batch_rows import FAILED, named
from tests.reporting.examinations import (
    HEAD,
    MODEL,
    REASONS,
    edited,
    graded,
    graded_and_edited,
    headless,
    proposed,
    too_late,
    uncalibrated,
    undated,
)

MARKS = DepthMarks(
    tuple(Mark(10 + 20 * place, 28, 31) for place in range(12)),
    20.0,
    0.2,
    5.0,
    MarkPattern.EVERY_SECOND_AND_TENTH,
)
FRAME_KEYS = [
    "path",
    "sha256",
    "frame",
    "calibration",
    "depth_marks",
    "ellipse",
    "hc_px",
    "hc_mm",
    "hc_interval_mm",
    "grade",
    "grade_reasons",
    "bpd_mm",
    "ofd_mm",
    "cephalic_index",
    "gestational_age",
    "ga_by_hc",
    "growth_standard",
    "growth",
    "flags",
    "remarks",
    "model",
    "warnings",
    "study_reports",
]
EVERYTHING = [
    proposed(),
    edited(),
    uncalibrated(),
    undated(),
    too_late(),
    headless(),
    graded(),
    graded_and_edited(),
    graded(Grade.NOT_MEASURABLE),
    graded(Grade.NOT_MEASURABLE, headless()),
]


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_that_json_of_a_measured_frame_is_complete():
    (found,) = json.loads(as_json([MeasuredFrame.of(proposed())]))
    assert list(found) == FRAME_KEYS
    assert found["path"] == "/scans/scan 2.dcm"
    assert found["sha256"] == "ab12" * 16
    assert found["frame"] == 3
    assert found["calibration"] == {
        "mm_per_column": 0.8,
        "mm_per_row": 0.8,
        "source": "ultrasound_region",
    }
    assert found["ellipse"] == {
        "center_x_px": 60.0,
        "center_y_px": 40.0,
        "semi_axis_a_px": 40.0,
        "semi_axis_b_px": 30.0,
        "angle_rad": math.radians(20),
    }
    assert found["hc_px"] == pytest.approx(221.0, abs=0.05)
    assert found["hc_mm"] == pytest.approx(0.8 * found["hc_px"])
    assert (found["bpd_mm"], found["ofd_mm"]) == (48.0, 64.0)
    assert found["cephalic_index"] == 75.0
    assert found["ga_by_hc"]["hadlock1984"].keys() == {
        "days",
        "two_sd_days",
        "interval_days",
    }
    assert found["ga_by_hc"]["hadlock1984"]["days"] == pytest.approx(141.2, abs=0.5)
    assert found["growth"]["intergrowth21"]["z"] == pytest.approx(-1.22, abs=0.005)
    assert found["growth"]["intergrowth21"]["percentile"] == pytest.approx(11.2, abs=0.05)
    assert found["model"] == {"name": "head-unet", "version": "1.0", "sha256": MODEL.sha256}
    assert found["warnings"] == []


@pytest.mark.parametrize("exam", EVERYTHING)
def test_that_json_has_the_same_keys_whatever_was_found(exam):
    (found,) = json.loads(as_json([MeasuredFrame.of(exam)]))
    assert list(found) == FRAME_KEYS


def test_that_json_without_calibration_has_pixels_and_no_millimetres():
    (found,) = json.loads(as_json([MeasuredFrame.of(uncalibrated())]))
    assert found["calibration"] is None
    assert found["hc_px"] == pytest.approx(221.0, abs=0.05)
    assert all(value is None for key, value in found.items() if key.endswith("_mm"))
    assert found["cephalic_index"] is None
    assert found["ga_by_hc"]["hadlock1984"].keys() == {"reason"}
    assert found["growth"]["intergrowth21"].keys() == {"reason"}
    (warning,) = found["warnings"]
    assert warning.startswith("No millimetres, so this frame counts as failed:")


def test_that_marks_in_the_picture_are_told_and_never_measured_with():
    (found,) = json.loads(as_json([MeasuredFrame.of(replace(uncalibrated(), depth_marks=MARKS))]))

    assert found["depth_marks"] == {"mm_per_pixel": 0.25, "ticks": 12, "spacing_mm": 5.0}
    assert found["calibration"] is None
    assert found["hc_mm"] is None
    (none,) = json.loads(as_json([MeasuredFrame.of(uncalibrated())]))
    assert none["depth_marks"] is None


def test_that_marks_that_contradict_the_calibration_hide_no_other_warning():
    (found,) = json.loads(as_json([MeasuredFrame.of(replace(headless(), depth_marks=MARKS))]))

    assert "depth marks" in found["warnings"][0]
    assert found["warnings"][-1] == "No head was found in this image."


def test_that_json_without_a_head_has_no_ellipse_and_says_so():
    (found,) = json.loads(as_json([MeasuredFrame.of(headless())]))
    assert found["ellipse"] is None
    assert found["hc_px"] is None
    assert found["hc_mm"] is None
    assert found["warnings"] == ["No head was found in this image."]


def test_that_what_the_model_noticed_is_not_said_twice():
    exam = headless()
    noticed = replace(exam.proposal, notices=("The picture is black.",))
    assert MeasuredFrame.of(exam.with_proposal(noticed)).warnings == ("The picture is black.",)


def test_that_json_gives_the_reason_where_there_is_no_percentile():
    (found,) = json.loads(as_json([MeasuredFrame.of(too_late())]))
    assert "41w5d" in found["growth"]["intergrowth21"]["reason"]


def test_that_json_of_a_failed_file_is_its_path_and_error():
    (found,) = json.loads(as_json([FAILED]))
    assert found == {
        "path": "/scans/torn.png",
        "error": "torn.png ends too early. Copy it again.",
    }


def test_that_json_of_nothing_is_an_empty_list():
    assert json.loads(as_json([])) == []


def test_that_only_millimetres_count_as_measured():
    measured = [MeasuredFrame.of(exam).is_measured for exam in EVERYTHING]
    assert measured == [True, True, False, True, True, False, True, True, False, False]
    assert not FAILED.is_measured


def test_that_any_path_survives_json():
    path = "/scans/Ада/李\udcff\n.png"
    (found,) = json.loads(as_json([named(path)]))
    assert found["path"] == "/scans/Ада/李\\udcff\n.png"
    as_json([named(path)]).encode("ascii")


def test_that_csv_columns_do_not_depend_on_what_was_found():
    every = [MeasuredFrame.of(exam) for exam in EVERYTHING]
    headers = {as_csv([row]).splitlines()[0] for row in every}
    headers.add(as_csv([FAILED, *every]).splitlines()[0])
    (header,) = headers
    assert header.split(",")[:3] == ["path", "sha256", "frame"]
    assert header.split(",")[-3:] == ["warnings", "study_reports", "error"]


def test_that_the_age_that_percentiles_go_by_is_told_with_its_method_or_why_there_is_none():
    (dated,) = json.loads(as_json([MeasuredFrame.of(proposed())]))
    (none,) = json.loads(as_json([MeasuredFrame.of(undated())]))

    assert dated["gestational_age"] == {"days": 148, "method": "lmp"}
    assert none["gestational_age"].keys() == {"reason"}
    assert rows_of(as_csv([MeasuredFrame.of(proposed())]))[0]["gestational_age_days"] == "148"


def test_that_the_standard_chosen_is_named_among_all_that_are_listed():
    (found,) = json.loads(as_json([MeasuredFrame.of(proposed().with_standard(WHO_2017))]))

    assert found["growth_standard"] == "who2017"
    assert found["growth"].keys() > {"who2017", "intergrowth21"}


def test_that_a_fetus_is_told_where_one_was_named():
    row = MeasuredFrame.of(proposed().with_fetus(Fetus("B")))

    (found,) = json.loads(as_json([row]))
    assert found["fetus"] == "B"
    assert rows_of(as_csv([row]))[0]["fetus"] == "B"
    assert "fetus" not in as_csv([MeasuredFrame.of(proposed())]).splitlines()[0]


def test_that_csv_says_the_same_as_json():
    rows = [MeasuredFrame.of(proposed()), FAILED]
    measured, failed = rows_of(as_csv(rows))
    found = json.loads(as_json(rows))[0]
    assert float(measured["hc_mm"]) == found["hc_mm"]
    assert float(measured["ellipse_angle_rad"]) == found["ellipse"]["angle_rad"]
    assert float(measured["growth_intergrowth21_z"]) == found["growth"]["intergrowth21"]["z"]
    assert measured["calibration_source"] == "ultrasound_region"
    assert measured["error"] == ""
    assert failed["error"] == FAILED.sentence
    assert failed["hc_mm"] == ""


@pytest.mark.parametrize("start", [*"=+-@\t\r\n＝＋－＠", " =", "\xa0="])
def test_that_no_text_in_csv_starts_like_a_formula(start):
    exam = proposed()
    noticed = replace(exam.proposal, model=replace(MODEL, name=f"{start}1+1"))
    row = named(f"{start}cmd|' /C calc'!A0.png", exam.with_proposal(noticed))
    failed = FailedFile(Path(f"{start}x"), f"{start}HYPERLINK()")
    for cells in rows_of(as_csv([row, failed])):
        for column in ("path", "model_name", "error"):
            assert not cells[column].startswith(start)


def test_that_a_negative_number_in_csv_stays_a_number():
    (cells,) = rows_of(as_csv([MeasuredFrame.of(proposed())]))
    assert float(cells["growth_intergrowth21_z"]) < 0


def test_that_csv_keeps_to_the_standard():
    text = as_csv([named('/scans/a "b", c\nd.png')])
    assert text.endswith("\r\n")
    assert '"/scans/a ""b"", c\nd.png"' in text
    assert rows_of(text)[0]["path"] == '/scans/a "b", c\nd.png'


def test_that_hc18_has_the_columns_of_the_challenge():
    header, row = as_hc18([named("/x/000_HC.png")]).splitlines()
    assert header == "filename,center_x_mm,center_y_mm,semi_axes_a_mm,semi_axes_b_mm,angle_rad"
    assert row.split(",")[0] == "000_HC.png"
    assert [float(cell) for cell in row.split(",")[1:]] == pytest.approx(
        [48.0, 32.0, 32.0, 24.0, math.radians(20)]
    )


def test_that_hc18_has_an_empty_row_for_what_has_no_millimetres():
    rows = [MeasuredFrame.of(headless()), MeasuredFrame.of(uncalibrated()), FAILED]
    assert as_hc18(rows).splitlines()[1:] == [
        "scan 2.dcm,,,,,",
        "scan 2.dcm,,,,,",
        "torn.png,,,,,",
    ]


def test_that_an_outline_that_no_head_has_is_written_with_its_scale_and_without_millimetres():
    tiny = MeasuredFrame.of(proposed().with_outline(Ellipse(60, 40, 4, 3, 0)))

    (found,) = json.loads(as_json([tiny]))
    assert found["hc_mm"] is None
    assert found["calibration"]["mm_per_column"] == 0.8
    assert any("no fetal head" in warning for warning in found["warnings"])
    assert as_hc18([tiny]).splitlines()[1] != "scan 2.dcm,,,,,"


@given(
    st.builds(
        Ellipse,
        st.floats(0, 800),
        st.floats(0, 600),
        st.floats(20, 300),
        st.floats(20, 300),
        st.floats(-7, 7),
    ),
    st.floats(0.05, 0.5),
    st.floats(0.05, 0.5),
)
def test_that_hc18_gives_back_the_outline_without_error(outline, mm_per_column, mm_per_row):
    scale = typed_calibration(mm_per_column, mm_per_row, source=CalibrationSource.TYPED)
    assert isinstance(scale, Calibration)
    exam = proposed().with_outline(outline).with_manual_calibration(scale)
    frame = MeasuredFrame.of(exam)
    numbers = [float(cell) for cell in as_hc18([frame]).splitlines()[1].split(",")[1:]]
    scored = Ellipse(*numbers)
    assert scored.perimeter == pytest.approx(frame.measurement.hc_mm, rel=1e-12)
    assert scored.semi_axis_a >= scored.semi_axis_b
    assert 0 <= scored.angle < math.pi
    # Each point of the outline, put into millimetres on its own, lies on the written ellipse.
    for x, y in outline.points(24):
        assert on_ellipse(scored, x * mm_per_column, y * mm_per_row)


def on_ellipse(ellipse, x, y):
    dx, dy = x - ellipse.center_x, y - ellipse.center_y
    cosine, sine = math.cos(ellipse.angle), math.sin(ellipse.angle)
    along, across = cosine * dx + sine * dy, cosine * dy - sine * dx
    level = math.hypot(along / ellipse.semi_axis_a, across / ellipse.semi_axis_b)
    return math.isclose(level, 1, abs_tol=1e-6)


def test_that_outlines_leave_in_canonical_form():
    turned = replace(HEAD, semi_axis_a=30.0, semi_axis_b=40.0, angle=HEAD.angle - math.pi / 2)
    frame = MeasuredFrame.of(proposed().with_outline(turned))
    assert frame.outline_px.semi_axis_a == 40.0
    assert frame.outline_px.angle == pytest.approx(HEAD.angle)


def test_that_json_says_how_far_the_model_trusts_its_outline():
    (found,) = json.loads(as_json([MeasuredFrame.of(graded(Grade.LOOK_AGAIN))]))
    low, high = found["hc_interval_mm"]
    assert low < found["hc_mm"] < high
    assert high - found["hc_mm"] == pytest.approx(3.67, abs=0.01)
    assert found["grade"] == "look again"
    assert found["grade_reasons"] == list(REASONS)
    low, high = found["growth"]["intergrowth21"]["percentile_interval"]
    assert low < found["growth"]["intergrowth21"]["percentile"] < high
    low, high = found["ga_by_hc"]["hadlock1984"]["interval_days"]
    assert low < found["ga_by_hc"]["hadlock1984"]["days"] < high
    assert found["warnings"] == []


def test_that_a_model_without_confidence_has_neither_grade_nor_interval():
    (found,) = json.loads(as_json([MeasuredFrame.of(proposed())]))
    assert found["hc_interval_mm"] is found["grade"] is None
    assert found["grade_reasons"] == []
    assert found["growth"]["intergrowth21"]["percentile_interval"] is None
    assert found["ga_by_hc"]["hadlock1984"]["interval_days"] is None


def test_that_a_head_that_is_not_measurable_has_an_ellipse_and_no_number():
    frame = MeasuredFrame.of(graded(Grade.NOT_MEASURABLE))
    (found,) = json.loads(as_json([frame]))
    assert found["ellipse"]["semi_axis_a_px"] == 40.0
    assert found["calibration"]["mm_per_column"] == 0.8
    numbers = ("hc_px", "hc_mm", "hc_interval_mm", "bpd_mm", "ofd_mm", "cephalic_index")
    assert [found[number] for number in numbers] == [None] * len(numbers)
    assert found["grade"] == "not measurable"
    assert found["growth"]["intergrowth21"].keys() == {"reason"}
    assert found["ga_by_hc"]["hadlock1984"].keys() == {"reason"}
    assert not frame.is_measured
    (warning,) = found["warnings"]
    assert warning.startswith("Not measurable, so this frame counts as failed: skull visible on")
    assert "differ by 1.2 % of HC. Open the image in the window and draw" in warning


def test_that_no_head_is_not_measurable_where_the_model_says_so():
    nothing = graded(Grade.NOT_MEASURABLE, headless(), reasons=("No head was found.",))
    (found,) = json.loads(as_json([MeasuredFrame.of(nothing)]))
    assert (found["ellipse"], found["hc_px"], found["grade"]) == (None, None, "not measurable")
    (warning,) = found["warnings"]
    assert warning.count("No head was found") == 1
    assert json.loads(as_json([MeasuredFrame.of(headless())]))[0]["grade"] is None


def test_that_a_refusal_without_a_reason_still_says_what_to_do():
    (warning,) = MeasuredFrame.of(graded(Grade.NOT_MEASURABLE, reasons=())).warnings
    assert "named no reason. Open the image" in warning


def test_that_csv_has_columns_for_grade_and_interval():
    (cells,) = rows_of(as_csv([MeasuredFrame.of(graded(Grade.LOOK_AGAIN))]))
    assert float(cells["hc_interval_low_mm"]) < float(cells["hc_mm"])
    assert float(cells["hc_interval_high_mm"]) > float(cells["hc_mm"])
    assert cells["grade"] == "look again"
    assert cells["grade_reasons"] == "; ".join(REASONS)
    percentiles = [cells[f"growth_intergrowth21_percentile_{end}"] for end in ("low", "high")]
    assert float(percentiles[0]) < float(percentiles[1])
    days = [cells[f"ga_by_hc_hadlock1984_interval_{end}_days"] for end in ("low", "high")]
    assert float(days[0]) < float(days[1])


def test_that_hc18_has_every_outline_that_was_found_in_the_scale_of_its_place():
    other = Calibration(0.4, 0.4, CalibrationSource.ULTRASOUND_REGION, "region 2")
    here = Calibration(0.5, 0.5, CalibrationSource.ULTRASOUND_REGION, "region 1")
    regions = (
        CalibrationCandidate(other, RegionBox(0, 0, 10, 10)),
        CalibrationCandidate(here, RegionBox(0, 0, 119, 79)),
    )
    exam = replace(proposed(), file_calibration=FileCalibration(regions))
    measured, refused = as_hc18(
        [MeasuredFrame.of(graded(grade, exam)) for grade in (Grade.GOOD, Grade.NOT_MEASURABLE)]
    ).splitlines()[1:]
    assert refused == measured
    assert refused.split(",")[1:3] == ["30.0", "20.0"]


def test_that_json_and_csv_carry_every_standard_with_its_result_or_reason():
    exam = graded(exam=proposed().with_dating(Dating.from_lmp(date(2026, 6, 4))))
    (found,) = json.loads(as_json([MeasuredFrame.of(exam)]))
    (cells,) = rows_of(as_csv([MeasuredFrame.of(exam)]))

    assert list(found["growth"]) == [standard.key for standard in STANDARDS]
    assert found["growth"]["who2017"]["reason"] == "below the 1st percentile"
    assert found["growth"]["who2017"]["z"] is None
    low, high = found["growth"]["nichd2015_hispanic"]["percentile_interval"]
    assert low < found["growth"]["nichd2015_hispanic"]["percentile"] < high
    for key, said in found["growth"].items():
        shown = cells[f"growth_{key}_z"]
        assert shown == ("" if said["z"] is None else str(said["z"]))
    assert cells["growth_who2017_reason"] == "below the 1st percentile"
    assert any("more than 5 SD below" in flag for flag in found["flags"])
    assert cells["flags"] == " ".join(found["flags"])
    assert cells["remarks"] == " ".join(found["remarks"])


def test_that_every_standard_says_why_it_has_no_result():
    (found,) = json.loads(as_json([MeasuredFrame.of(undated())]))

    assert {said["reason"] for said in found["growth"].values()} == {
        "No dating: enter LMP, EDD or the gestational age."
    }


def test_that_what_is_not_measurable_has_no_number_by_any_standard():
    (found,) = json.loads(as_json([MeasuredFrame.of(graded(Grade.NOT_MEASURABLE))]))

    for said in (*found["growth"].values(), *found["ga_by_hc"].values()):
        assert said == {"reason": "Not measurable: no millimetres."}
    assert found["flags"] == found["remarks"] == []


@pytest.mark.parametrize("pieces", [json_pieces, csv_pieces, hc18_pieces])
def test_that_a_row_is_written_before_the_next_is_asked_for(pieces):
    asked, written, text = [], [], ""
    failed = [FailedFile(Path(name), "It is torn.") for name in ("a.png", "c.png")]

    def rows():
        for row in (failed[0], named("b.png"), failed[1]):
            asked.append(row)
            yield row

    for piece in pieces(rows()):
        text += piece
        written.append((len(asked), sum(name in text for name in ("a.png", "b.png", "c.png"))))

    # CSV learns its columns from the second row.
    assert {(2, 2), (3, 3)} <= set(written)


def test_that_a_comment_is_told_where_one_was_given_and_runs_nowhere():
    row = MeasuredFrame.of(replace(proposed(), comment="=1+1\nFar border."))
    (found,) = json.loads(as_json([row]))

    assert found["comment"] == "=1+1\nFar border."
    assert rows_of(as_csv([row]))[0]["comment"] == "'=1+1\nFar border."
    assert "  · Comment: =1+1 Far border." in as_table([row])
    assert "comment" not in as_csv([MeasuredFrame.of(proposed())]).splitlines()[0]
