from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

import fhc_desktop
from fhc_desktop.domain.confidence import Grade
from fhc_desktop.domain.dating.gestation import Dating, DatingMethod, GestationalAge
from fhc_desktop.domain.examination.outline_origin import OutlineOrigin
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.image.calibration import Calibration, CalibrationSource, FileCalibration
from fhc_desktop.domain.pregnancy.recorded import SaidThen
from fhc_desktop.storage.log.entry import RecordedImage
from fhc_desktop.storage.log.measurement_log import LogEntry
from fhc_desktop.storage.log.recorded_proposal import RecordedProposal
from tests.storage.log_examples import (
    ACCEPTED,
    EXAM,
    NOW,
    PROPOSED,
    an_entry,
    graded,
)


def entry_of(exam):
    return LogEntry.of(exam, operator="Sø", now=NOW, supersedes="e1")


def test_that_an_entry_keeps_the_facts_of_the_examination():
    entry = entry_of(EXAM)

    assert (entry.supersedes, entry.created_at, entry.operator) == ("e1", NOW, "Sø")
    assert entry.image.path == Path("/scans/Ünal/010_HC.png").absolute()
    assert (entry.image.sha256, entry.image.frame) == ("ab" * 32, 3)
    assert entry.facts == EXAM.facts
    assert entry.proposal == RecordedProposal(EXAM.proposal)
    assert entry.software_version == fhc_desktop.__version__
    assert entry.superseded_by is None


def test_that_the_numbers_are_those_that_the_screen_shows():
    said, place = entry_of(EXAM).said, EXAM.assessment

    assert said.hc_mm == EXAM.measurement.hc_mm
    assert said.hc_px == ACCEPTED.perimeter
    assert (said.z, said.percentile) == (place.z, place.percentile)


def test_that_each_entry_has_an_identity_of_its_own():
    first, second = entry_of(EXAM), entry_of(EXAM)

    assert first.entry_id != second.entry_id
    assert len(first.entry_id) == 32


def test_that_no_millimetre_is_kept_without_a_calibration():
    entry = entry_of(replace(EXAM, file_calibration=FileCalibration()))

    assert entry.facts.calibration is None
    assert entry.said == SaidThen(ACCEPTED.perimeter)


def test_that_an_outline_drawn_by_hand_names_no_model():
    assert entry_of(replace(EXAM, proposal=None)).proposal is None


def test_that_a_model_that_found_no_head_is_still_named():
    said = entry_of(replace(EXAM, proposal=replace(EXAM.proposal, outline_px=None))).proposal.said

    assert said.outline_px is None
    assert said.model.name == "head_unet"


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
    assert entry_of(replace(EXAM, dating=dating)).facts.dating == dating


def test_that_a_users_scale_holds_by_the_word_of_who_accepted_it():
    said = EXAM.calibration
    ruler = replace(said, source=CalibrationSource.RULER, detail="50 mm over 250.0 px")
    kept = entry_of(EXAM.with_manual_calibration(ruler)).facts.calibration

    assert kept == replace(ruler, confirmed_by="Sø")


def test_that_the_log_keeps_what_a_users_scale_contradicts():
    ruler = Calibration(0.3, 0.3, CalibrationSource.RULER, "50 mm over 166.7 px")
    kept = entry_of(EXAM.with_manual_calibration(ruler)).facts.calibration

    assert kept.detail == f"50 mm over 166.7 px; the file says {EXAM.calibration.scale_text}"


def test_that_a_files_calibration_is_nobodys_word():
    assert entry_of(EXAM).facts.calibration == EXAM.calibration
    assert entry_of(EXAM).facts.calibration.confirmed_by == ""


def test_that_a_relative_path_is_kept_in_full():
    image = replace(EXAM.image, source=replace(EXAM.image.source, path=Path("010_HC.png")))

    assert entry_of(replace(EXAM, image=image)).image.path == Path.cwd() / "010_HC.png"


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
        an_entry(said=SaidThen(1691.4))
    with pytest.raises(ValueError, match="half a calibration"):
        an_entry(facts=replace(EXAM.facts, calibration=None))


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
    assert entry_of(EXAM.with_dating(dating)).facts.dating == dating


def test_that_the_domain_sees_the_raw_facts_of_an_entry():
    entry = entry_of(graded(exam=EXAM.with_fetus(Fetus("A"))))
    recorded = entry.recorded

    assert (recorded.entry_id, recorded.operator) == (entry.entry_id, "Sø")
    assert (recorded.facts, recorded.said) == (entry.facts, entry.said)
    assert recorded.facts.fetus == Fetus("A")
    assert recorded.measurement == EXAM.measurement
    assert not recorded.is_superseded
    assert replace(entry, superseded_by="e9").recorded.is_superseded


def test_that_the_interval_of_a_proposal_is_not_that_of_an_edited_outline():
    edited = entry_of(graded(Grade.GOOD))
    untouched = entry_of(graded(Grade.GOOD, exam=EXAM.with_outline(PROPOSED)))

    assert edited.origin is OutlineOrigin.EDITED
    assert edited.recorded.hc_interval_mm is None
    assert untouched.origin is OutlineOrigin.PROPOSED
    assert (
        untouched.recorded.hc_interval_mm
        == graded(Grade.GOOD, exam=EXAM.with_outline(PROPOSED)).hc_interval
    )


def test_that_an_outline_where_the_model_refused_or_was_not_asked_is_drawn():
    refused = graded(Grade.NOT_MEASURABLE, exam=EXAM.with_outline(PROPOSED))

    assert entry_of(refused).origin is OutlineOrigin.DRAWN
    assert entry_of(replace(EXAM, proposal=None)).origin is OutlineOrigin.DRAWN


PICTURE = RecordedImage(Path("/a.dcm"), "file", 2, "pixels")


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        (PICTURE, True),
        (replace(PICTURE, path=Path("/b.dcm")), True),
        (replace(PICTURE, frame=3), False),
        (replace(PICTURE, sha256="copied"), True),
        (replace(PICTURE, sha256="cut out of a cine", frame=1), True),
        (replace(PICTURE, sha256="other", pixels_sha256="other"), False),
        (replace(PICTURE, pixels_sha256=""), True),
        (replace(PICTURE, sha256="other", pixels_sha256=""), False),
    ],
)
def test_that_a_picture_is_the_same_in_whatever_file_it_lies(other, is_same):
    assert PICTURE.shows_same(other) is is_same
    assert other.shows_same(PICTURE) is is_same


def test_that_entries_without_a_digest_of_pixels_are_of_their_own_files_only():
    one, other = RecordedImage(Path("/a.png"), "a"), RecordedImage(Path("/b.png"), "b")

    assert not one.shows_same(other)
