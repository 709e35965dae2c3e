from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

import fhc_desktop
from fhc_desktop.domain.confidence import Grade
from fhc_desktop.domain.dating.gestation import Dating, DatingMethod, GestationalAge
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.image.calibration import Calibration, CalibrationSource, FileCalibration
from fhc_desktop.storage.log.measurement_log import LogEntry
from tests.storage.log_examples import (
    ACCEPTED,
    EXAM,
    NOW,
    PROPOSED,
    REASONS,
    an_entry,
    graded,
)


def entry_of(exam):
    return LogEntry.of(exam, operator="Sø", now=NOW, supersedes="e1")


def test_that_an_entry_keeps_the_facts_of_the_examination():
    entry = entry_of(EXAM)

    assert (entry.supersedes, entry.created_at, entry.operator) == ("e1", NOW, "Sø")
    assert entry.image_path == Path("/scans/Ünal/010_HC.png").absolute()
    assert (entry.image_sha256, entry.frame) == ("ab" * 32, 3)
    assert (entry.mm_per_column, entry.mm_per_row) == (0.1, 0.12)
    assert (entry.calibration_source, entry.calibration_detail) == ("ultrasound_region", "region 1")
    assert (entry.proposal, entry.outline) == (PROPOSED, ACCEPTED)
    assert (entry.model_name, entry.model_version) == ("head_unet", "1.2")
    assert (entry.model_sha256, entry.device) == ("cd" * 32, "cpu")
    assert (entry.dating_method, entry.dating_date) == ("lmp", date(2025, 10, 1))
    assert entry.dating_age_days is None
    assert entry.exam_date == date(2026, 3, 4)
    assert (entry.patient_id, entry.patient_name) == ("4711", "Zoë Müller")
    assert (entry.standard_key, entry.software_version) == (
        "intergrowth21",
        fhc_desktop.__version__,
    )
    assert entry.superseded_by is None


def test_that_the_numbers_are_those_that_the_screen_shows():
    entry = entry_of(EXAM)
    place = EXAM.assessment

    assert entry.hc_mm == EXAM.measurement.hc_mm
    assert entry.hc_px == ACCEPTED.perimeter
    assert (entry.z, entry.percentile) == (place.z, place.percentile)


def test_that_each_entry_has_an_identity_of_its_own():
    first, second = entry_of(EXAM), entry_of(EXAM)

    assert first.entry_id != second.entry_id
    assert len(first.entry_id) == 32


def test_that_no_millimetre_is_kept_without_a_calibration():
    entry = entry_of(replace(EXAM, file_calibration=FileCalibration()))

    assert entry.calibration is None
    assert (entry.mm_per_column, entry.mm_per_row) == (None, None)
    assert (entry.calibration_source, entry.calibration_detail) == (None, None)
    assert (entry.hc_mm, entry.z, entry.percentile) == (None, None, None)
    assert entry.hc_px == ACCEPTED.perimeter


def test_that_an_outline_drawn_by_hand_names_no_model():
    entry = entry_of(replace(EXAM, proposal=None))

    assert (entry.proposal, entry.model_name, entry.model_version) == (None, None, None)
    assert (entry.model_sha256, entry.device) == (None, None)


def test_that_a_model_that_found_no_head_is_still_named():
    entry = entry_of(replace(EXAM, proposal=replace(EXAM.proposal, outline_px=None)))

    assert entry.proposal is None
    assert entry.model_name == "head_unet"


@pytest.mark.parametrize(
    "dating",
    [
        None,
        Dating.from_lmp(date(2025, 10, 1)),
        Dating.from_edd(date(2026, 7, 8)),
        Dating.from_age(GestationalAge(143)),
    ],
)
def test_that_the_dating_comes_back_as_it_was_entered(dating):
    assert entry_of(replace(EXAM, dating=dating)).dating == dating


def test_that_the_calibration_comes_back_as_it_was():
    ruler = Calibration(0.2, 0.2, CalibrationSource.RULER, "50 mm over 250.0 px", "Sø")

    assert entry_of(EXAM.with_manual_calibration(ruler)).calibration == ruler


def test_that_a_files_calibration_comes_back_as_nobodys_word():
    assert entry_of(EXAM).calibration == EXAM.calibration
    assert entry_of(EXAM).calibration.confirmed_by == ""


def test_that_a_relative_path_is_kept_in_full():
    image = replace(EXAM.image, source=replace(EXAM.image.source, path=Path("010_HC.png")))

    assert entry_of(replace(EXAM, image=image)).image_path == Path.cwd() / "010_HC.png"


def test_that_there_is_no_entry_without_an_outline():
    with pytest.raises(ValueError, match="without an outline"):
        entry_of(EXAM.with_outline(None))


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 3, 4, 5, 6),  # noqa: DTZ001 - the missing zone is the point
        datetime(2026, 3, 4, 5, 6, tzinfo=timezone(timedelta(hours=1))),
    ],
)
def test_that_a_time_must_be_in_utc(now):
    with pytest.raises(ValueError, match="not a time in UTC"):
        LogEntry.of(EXAM, operator="", now=now)
    assert LogEntry.of(EXAM, operator="", now=now.replace(tzinfo=UTC)).created_at.tzinfo is UTC


def test_that_half_a_calibration_is_refused():
    with pytest.raises(ValueError, match="half a calibration"):
        an_entry(mm_per_row=None)


def test_that_an_entry_keeps_what_the_model_said_of_its_proposal_also_after_an_edit():
    exam = graded()
    entry, interval = entry_of(exam), exam.proposal_interval

    assert exam.hc_interval is None
    assert (entry.proposal_grade, entry.proposal_reasons) == ("look again", REASONS)
    assert entry.proposal_spread == 0.012
    assert (entry.proposal_interval_low_mm, entry.proposal_interval_high_mm) == (
        interval.low,
        interval.high,
    )
    assert (entry.proposal_interval_coverage, entry.proposal_interval_heads) == (0.9, 161)


def test_that_a_model_without_confidence_leaves_its_columns_empty():
    entry = entry_of(EXAM)

    assert (entry.proposal_grade, entry.proposal_reasons, entry.proposal_spread) == (None,) * 3
    assert (entry.proposal_interval_low_mm, entry.proposal_interval_heads) == (None, None)
    assert entry.confidence is None


@pytest.mark.parametrize(
    "exam",
    [graded(Grade.NOT_MEASURABLE), graded(exam=replace(EXAM, file_calibration=FileCalibration()))],
    ids=["not measurable", "uncalibrated"],
)
def test_that_a_grade_without_an_interval_is_kept_alone(exam):
    entry = entry_of(exam)

    assert entry.proposal_grade == exam.proposal.confidence.grade.value
    assert entry.proposal_interval_low_mm is entry.proposal_interval_high_mm is None
    assert entry.confidence == replace(exam.proposal.confidence, rule=None)


def test_that_the_confidence_comes_back_with_the_same_interval():
    exam = graded()
    hc_mm = exam.with_outline(PROPOSED).measurement.hc_mm
    entry = entry_of(exam)
    came_back = entry.confidence

    assert (came_back.grade, came_back.reasons) == (Grade.LOOK_AGAIN, REASONS)
    interval = came_back.interval_mm(hc_mm)
    assert interval.low == pytest.approx(entry.proposal_interval_low_mm)
    assert interval.high == pytest.approx(entry.proposal_interval_high_mm)
    assert (interval.coverage, came_back.rule.heads) == (0.9, 161)


def test_that_an_interval_without_width_comes_back_as_none():
    entry = entry_of(graded())

    assert replace(entry, proposal_interval_high_mm=1.0).confidence.rule is None


@pytest.mark.parametrize(
    "dating",
    [
        Dating.from_lmp(date(2026, 1, 10), 35),
        Dating.from_edd(date(2026, 10, 17)),
        Dating.from_age(GestationalAge(140)),
        Dating.from_age(GestationalAge(140), date(2026, 5, 1)),
        Dating.from_crl(60.5, date(2026, 4, 4), DatingMethod.CRL_ROBINSON),
        Dating.from_earlier_scan(GestationalAge(87), date(2026, 4, 4)),
        Dating(DatingMethod.DAY_5_TRANSFER, on=date(2026, 2, 1)),
    ],
    ids=lambda dating: dating.method.value,
)
def test_that_every_dating_comes_back_as_it_was_entered(dating):
    assert entry_of(EXAM.with_dating(dating)).dating == dating


def test_that_an_entry_keeps_fetus_and_the_reason_for_a_new_dating():
    exam = EXAM.with_fetus(Fetus("B", "left")).with_dating_reason("CRL of 12 weeks found")
    entry = entry_of(exam)

    assert entry.fetus == Fetus("B", "left")
    assert entry.dating_reason == "CRL of 12 weeks found"
    assert (entry_of(EXAM).fetus_label, entry_of(EXAM).dating_reason) == (None, None)


def test_that_the_domain_sees_the_raw_facts_of_an_entry():
    entry = entry_of(graded(exam=EXAM.with_fetus(Fetus("A"))))
    recorded = entry.recorded

    assert (recorded.entry_id, recorded.operator) == (entry.entry_id, "Sø")
    assert recorded.patient == EXAM.patient
    assert recorded.fetus == Fetus("A")
    assert recorded.measurement == EXAM.measurement
    assert recorded.dating == EXAM.dating
    assert (recorded.z, recorded.percentile) == (entry.z, entry.percentile)
    assert not recorded.is_superseded
    assert replace(entry, superseded_by="e9").recorded.is_superseded


def test_that_the_interval_of_a_proposal_is_not_that_of_an_edited_outline():
    edited = entry_of(graded(Grade.GOOD))
    untouched = entry_of(graded(Grade.GOOD, exam=EXAM.with_outline(PROPOSED)))

    assert edited.is_edited
    assert edited.recorded.hc_interval_mm is None
    assert not untouched.is_edited
    assert (
        untouched.recorded.hc_interval_mm
        == graded(Grade.GOOD, exam=EXAM.with_outline(PROPOSED)).hc_interval
    )


def test_that_an_outline_drawn_where_the_model_refused_is_an_edited_one():
    assert entry_of(graded(Grade.NOT_MEASURABLE, exam=EXAM.with_outline(PROPOSED))).is_edited
