import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fhc_desktop import __version__
from fhc_desktop.domain.confidence import Grade
from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.examination.outline_state import OutlineState
from fhc_desktop.domain.growth.standards import WHO_2017
from fhc_desktop.domain.image.ultrasound_image import StudyInfo
from fhc_desktop.domain.patient import Patient
from fhc_desktop.reporting.content.report_content import (
    CONVENTION,
    ReportContent,
    moment_text,
    suggested_name,
)
from fhc_desktop.reporting.content.rows import Row
from tests.reporting.examinations import (
    ENTRY,
    HEAD,
    NOW,
    REASONS,
    accepted,
    edited,
    graded,
    graded_and_edited,
    headless,
    proposed,
    too_late,
    uncalibrated,
    undated,
)
from tests.several_heads import RIGHT, TWO_HEADS


def of(exam):
    return ReportContent.of(exam, NOW)


def test_that_an_accepted_calibrated_examination_says_everything():
    content = of(accepted())
    assert not content.is_draft
    assert (content.headline.value, content.headline.unit) == ("176.8", "mm")
    assert content.headline.notes == ("11th percentile", "z −1.22  ·  INTERGROWTH-21st 2014")
    assert content.patient == (Row("Patient", "Ada Example"), Row("Identifier", "4711"))
    assert content.patient_banner == "Ada Example  ·  4711"
    assert content.pregnancy == (
        Row("Examination date", "2026-11-20"),
        Row("Gestational age", "21w1d"),
        Row("Dating", "LMP 2026-06-25", "EDD 2027-04-01; Dr. M. Ångström, 2026-11-23"),
    )
    assert content.sizes == (
        Row("BPD (outer-outer)", "48.0 mm"),
        Row("OFD (outer-outer)", "64.0 mm"),
        Row("Cephalic index", "75.0 %", "BPD / OFD"),
        Row("Ultrasound age by HC", "20w1d ± 10 d", "Hadlock 1984, ± 2 SD"),
    )
    assert content.growth == (
        Row(
            "Standard",
            "INTERGROWTH-21st 2014",
            "Papageorghiou et al., Lancet 2014;384:869-879",
        ),
        Row("This HC", "11th percentile, z −1.22"),
    )
    assert content.calibration == (
        Row("Scale", "0.8000 × 0.8000 mm per column × row"),
        Row("Source", "from the scanner's ultrasound region (region 1)"),
        Row("Read from", "(0018,6011), frame 3 of 9"),
        Row("Confirmed by", "nobody: read from the file"),
    )
    assert content.outline == (
        Row("Outline", "as proposed by the model"),
        Row("HC is", CONVENTION),
        Row("Model", "head-unet 1.0"),
        Row("Model digest", "SHA-256 c0ffeec0ffee"),
        Row("Ran on", "CPU"),
    )
    assert content.record == (
        Row("Operator", "Dr. M. Ångström"),
        Row("Accepted", "2026-11-23 11:40 UTC"),
        Row("Log entry", ENTRY),
        Row("Image", "scan 2.dcm", "frame 3 of 9"),
        Row("Image digest", "SHA-256 ab12ab12ab12"),
        Row("Report made", "2026-11-23 11:40 UTC"),
    )
    assert content.warnings == ()
    assert content.disclaimer == "For research use only; not a medical device."
    assert content.software == f"FHC Desktop {__version__}"
    assert content.picture.state is OutlineState.ACCEPTED
    assert f"{point_of(content).hc_mm:.1f}" == content.headline.value


def test_that_an_acceptance_without_a_log_says_so():
    assert Row("Log entry", "not logged") in of(accepted(entry_id=None)).record


def test_that_without_calibration_there_is_not_one_millimetre():
    content = of(accepted(uncalibrated()))
    assert (content.headline.value, content.headline.unit) == ("221.0", "px")
    assert content.headline.notes == ("no calibration: pixels only",)
    assert content.sizes == ()
    assert content.chart is None
    assert content.picture.mm_per_column is None
    assert content.calibration == (
        Row(
            "Scale",
            "no calibration: pixels only",
            "The file says nothing about the size of its pixels.",
        ),
    )
    said = " ".join(
        f"{row.value} {row.note}" for row in (*content.sizes, *content.growth, *content.outline)
    )
    assert not re.search(r"\d mm", said)


def test_that_an_edited_outline_stands_beside_the_proposal_with_the_difference():
    assert of(accepted(edited())).outline[:3] == (
        Row("Outline", "edited by hand"),
        Row("Proposed HC", "176.8 mm"),
        Row("Accepted HC", "182.2 mm", "+5.4 mm by the edit"),
    )


def test_that_an_edited_outline_without_calibration_is_compared_in_pixels():
    exam = uncalibrated().with_outline(replace(HEAD, semi_axis_a=42.0))
    assert Row("Proposed HC", "221.0 px") in of(exam).outline
    assert Row("Edited HC", "227.8 px", "+6.8 px by the edit") in of(exam).outline


@given(st.floats(10, 60), st.floats(10, 60))
def test_that_the_three_printed_numbers_of_an_edit_agree(before, after):
    exam = edited()
    proposal = replace(exam.proposal, outline_px=replace(HEAD, semi_axis_a=before))
    content = of(replace(exam, proposal=proposal, outline_px=replace(HEAD, semi_axis_a=after)))
    assume(content.outline[0].value == "edited by hand")
    proposed_hc, edited_hc = content.outline[1], content.outline[2]
    difference = float(edited_hc.note.split()[0].replace("−", "-"))
    apart = float(edited_hc.value.split()[0]) - float(proposed_hc.value.split()[0])
    assert difference == pytest.approx(apart, abs=1e-6)


@pytest.mark.parametrize("proposal", [None, headless().proposal])
def test_that_an_outline_without_a_proposal_is_drawn_by_hand(proposal):
    content = of(replace(proposed(), proposal=proposal))
    assert content.outline[0] == Row("Outline", "drawn by hand")


def test_that_a_measurement_without_a_model_names_none():
    assert of(replace(proposed(), proposal=None)).outline[-1] == Row("Model", "none used")


def test_that_a_model_that_found_nothing_is_named_with_what_it_said():
    found = Row("Model", "head-unet 1.0", "found no head in this image")
    assert found in of(headless()).outline


def test_that_without_dating_the_reason_stands_in_place_of_the_percentile():
    content = of(accepted(undated()))
    reason = "No dating: enter LMP, EDD or the gestational age."
    assert content.growth[1] == Row("This HC", "percentile not assessed", reason)
    assert content.pregnancy[1:] == (Row("Gestational age", "none", reason), Row("Dating", "none"))
    assert content.headline.notes == ("percentile not assessed",)
    assert content.chart is None


def test_that_an_age_outside_the_standard_is_named_with_its_range():
    content = of(accepted(too_late()))
    assert content.growth[1].note == (
        "INTERGROWTH-21st 2014 covers 14w0d to 40w0d; this age is 41w5d: no percentile."
    )
    assert content.chart is None


def test_that_a_head_too_small_to_date_gives_the_reason():
    exam = proposed().with_outline(replace(HEAD, semi_axis_a=12.0, semi_axis_b=10.0))
    age_row = of(exam).sizes[-1]
    assert age_row.value == "none"
    assert age_row.note.startswith("Hadlock 1984 dates heads of 68 to 360 mm")


@pytest.mark.parametrize(
    ("exam", "reason", "state"),
    [
        (proposed(), "Draft: not accepted by an operator.", OutlineState.PROPOSED),
        (edited(), "Draft: not accepted by an operator.", OutlineState.EDITED),
        (headless(), "Draft: there is no outline.", OutlineState.NONE),
        (
            accepted().with_patient(Patient("4712", "Ada Example")),
            "Draft: changed since it was accepted.",
            OutlineState.PROPOSED,
        ),
    ],
)
def test_that_what_is_not_accepted_as_it_stands_is_a_draft(exam, reason, state):
    content = of(exam)
    assert content.is_draft
    assert content.draft_reason == reason
    assert content.picture.state is state
    assert Row("Log entry", "not logged") in content.record
    assert all(row.label not in {"Operator", "Accepted HC"} for row in content.record)


def test_that_a_patient_nobody_named_is_said_to_be_so():
    content = of(proposed().with_patient(Patient()))
    assert content.patient == (Row("Patient", "not given"), Row("Identifier", "not given"))
    assert content.patient_banner == "No patient named"


def test_that_the_file_name_tells_the_image_and_the_time_alone():
    name = suggested_name(proposed().image.source, NOW, "pdf")
    assert name == "head-circumference-20261123-114007-ab12ab12.pdf"


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        (None, "2026-11-23 11:40"),
        (UTC, "2026-11-23 11:40 UTC"),
        (timezone(timedelta(hours=-3, minutes=-30)), "2026-11-23 11:40 UTC−03:30"),
        (timezone(timedelta(hours=2)), "2026-11-23 11:40 UTC+02:00"),
    ],
)
def test_that_a_moment_says_how_far_it_is_from_utc(zone, text):
    assert moment_text(datetime(2026, 11, 23, 11, 40, 59, tzinfo=zone)) == text


TOLD = (
    "skull visible on 48 % of the outline; the model's views of the picture differ by 1.2 % of HC"
)


def point_of(content):
    """Return the one head on the chart."""
    ((point,),) = (track.points for track in content.chart.tracks)
    return point


def rows_by_label(content):
    return {row.label: row for row in content.outline}


def test_that_an_outline_as_proposed_has_its_interval_its_source_and_its_grade():
    content = of(accepted(graded(Grade.LOOK_AGAIN)))
    assert content.headline.interval == "90 %: 173.2–180.5 mm"
    assert content.headline.notes[0] == "11th percentile, 5th–23rd"
    assert content.growth[1].value == "11th percentile, 5th–23rd, z −1.22"
    rows = rows_by_label(content)
    assert rows["Interval"] == Row(
        "Interval",
        "173.2–180.5 mm",
        "90 % of heads have their HC inside; fitted on 161 heads unseen by the model",
    )
    assert rows["Model’s grade"] == Row("Model’s grade", "look again", TOLD)
    interval = point_of(content).interval_mm
    low, high = interval.low, interval.high
    assert f"{low:.1f}–{high:.1f} mm" == rows["Interval"].value


def test_that_after_an_edit_grade_and_interval_are_the_proposals_only():
    content = of(accepted(graded_and_edited()))
    assert content.headline.interval == ""
    assert content.headline.notes[0] == "30th percentile"
    assert point_of(content).interval_mm is None
    rows = rows_by_label(content)
    assert "Interval" not in rows
    assert rows["Proposed HC"].note == (
        "90 % interval 173.2–180.5 mm, of the proposal only; "
        "fitted on 161 heads unseen by the model"
    )
    assert rows["Proposal graded"] == Row("Proposal graded", "look again", TOLD)


def test_that_a_head_that_is_not_measurable_has_no_number_and_its_reasons():
    content = of(graded(Grade.NOT_MEASURABLE))
    assert (content.headline.value, content.headline.notes) == ("–", ("not measurable",))
    assert content.headline.interval == ""
    assert content.sizes == ()
    assert content.picture.outline_px is None
    rows = rows_by_label(content)
    assert rows["Outline"].value == "none"
    assert rows["Model’s grade"] == Row("Model’s grade", "not measurable", TOLD)


def test_that_a_head_drawn_after_a_refusal_is_not_compared_with_the_models():
    content = of(accepted(graded(Grade.NOT_MEASURABLE).with_outline(HEAD)))
    rows = rows_by_label(content)
    assert rows["Outline"].value == "drawn by hand"
    assert "Proposed HC" not in rows
    assert rows["Proposal graded"].value == "not measurable"
    assert content.headline.value == "176.8"


def test_that_without_a_scale_there_is_a_grade_and_no_interval():
    content = of(graded(Grade.LOOK_AGAIN, uncalibrated()))
    assert content.headline.interval == ""
    assert "Interval" not in rows_by_label(content)
    assert rows_by_label(content)["Model’s grade"].note == TOLD
    assert REASONS[0] in TOLD


def test_that_birth_date_and_accession_number_stand_in_the_report_of_their_own_patient_only():
    study = StudyInfo("4711", "Ada Example", birth_date=date(1996, 5, 4), accession_number="A-1")
    exam = replace(proposed(), study=study)
    other = exam.with_patient(Patient("4712", "Ada Example"))

    assert of(exam).patient[2:] == (
        Row("Birth date", "1996-05-04 (from the file)"),
        Row("Accession", "A-1 (from the file)"),
    )
    assert len(of(other).patient) == 2


def test_that_a_dating_from_the_file_says_so():
    exam = proposed()
    study = StudyInfo(last_menstrual_date=exam.dating.on)

    assert of(replace(exam, study=study)).pregnancy[2].note == (
        "from the file; EDD 2027-04-01; not recorded yet"
    )
    assert of(exam).pregnancy[2].note == "EDD 2027-04-01; not recorded yet"


def test_that_a_head_beyond_the_charts_percentiles_has_a_side_and_its_point():
    exam = proposed().with_dating(Dating.from_lmp(date(2026, 6, 4))).with_standard(WHO_2017)
    content = of(exam)

    assert content.headline.notes == ("below the 1st percentile", "WHO 2017")
    assert content.growth[1] == Row("This HC", "below the 1st percentile")
    assert content.growth[0].value == "WHO 2017"
    assert content.chart.standard is WHO_2017


def test_that_two_heads_have_no_number_and_the_chosen_one_its_own_grade():
    unchosen = headless().with_proposal(TWO_HEADS)
    content = of(unchosen)
    assert content.headline.notes == ("not measurable",)
    assert Row("Model", "fake 0", "found two heads in this image") in content.outline

    chosen = of(unchosen.with_outline(RIGHT))
    assert Row("Model’s grade", "look again", "Blurred") in chosen.outline
    assert "this is number 2 from the left" in " ".join(chosen.warnings)
