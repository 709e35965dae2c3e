"""An entry lies in the table as it always did, and comes back from there as it was."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given

from fhc_desktop.domain.confidence import Confidence, Grade, Interval
from fhc_desktop.domain.dating.gestation import Dating, DatingMethod, GestationalAge
from fhc_desktop.domain.examination.outline_origin import OutlineOrigin
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.image.calibration import Calibration, CalibrationSource
from fhc_desktop.storage.log.entry_rows import LATEST, entry_of, row_of
from tests.storage.log_examples import ACCEPTED, PROPOSED, REASONS, as_read, entries

# What version 2.1 wrote, row for row, and the table that it exported of them.
STORED = json.loads(Path(__file__).with_name("stored_rows.json").read_text(encoding="utf-8"))
EDITED, PROPOSED_ALONE, REFUSED, NO_HEAD, BARE = (entry_of(as_read(row)) for row in STORED)
SINCE_THE_FIRST = ("proposal_grade", "proposal_reasons", "proposal_spread", "dating_cycle_days")


@given(entries())
def test_that_an_entry_comes_back_from_its_row_as_it_was(entry):
    assert entry_of(as_read(row_of(entry))) == entry


@pytest.mark.parametrize("row", STORED, ids=lambda row: row["entry_id"][-1])
def test_that_a_stored_row_goes_back_into_the_table_as_it_was(row):
    assert row_of(entry_of(as_read(row))) == dict.fromkeys(LATEST) | row


def test_that_a_stored_row_says_what_was_accepted():
    vouched = EDITED.facts

    assert (EDITED.image.path, EDITED.image.frame) == (Path("/scans/Ünal/010_HC.png"), 3)
    assert vouched.outline_px == ACCEPTED
    assert vouched.calibration == Calibration(
        0.1, 0.12, CalibrationSource.ULTRASOUND_REGION, "region 1"
    )
    assert vouched.dating == Dating.from_lmp(date(2025, 10, 1), 31)
    assert (vouched.dating_reason, vouched.fetus) == ("cycle of 31 days", Fetus("B", "left"))
    assert (EDITED.said.hc_mm, EDITED.said.z) == (182.9653362942209, -1.0641074450081824)
    assert EDITED.said.percentile == 14.364001428936902


def test_that_a_stored_row_says_what_the_model_said():
    kept = EDITED.proposal

    assert kept.said.outline_px == PROPOSED
    assert (kept.said.model.name, kept.said.device) == ("head_unet", "cpu")
    assert kept.said.confidence == Confidence(Grade.LOOK_AGAIN, REASONS, 0.012)
    assert kept.interval_mm == Interval(173.92818230802828, 181.7391038430789, 0.9)
    assert kept.heads == 161
    assert PROPOSED_ALONE.recorded.hc_interval_mm == PROPOSED_ALONE.proposal.interval_mm
    assert REFUSED.origin is OutlineOrigin.DRAWN
    assert (NO_HEAD.proposal.said.outline_px, NO_HEAD.proposal.said.confidence) == (None, None)
    assert BARE.proposal is None


def test_that_a_users_scale_in_a_stored_row_holds_by_the_word_of_its_operator():
    assert REFUSED.facts.calibration == Calibration(
        0.2, 0.21, CalibrationSource.RULER, "50 mm over 250.0 px", "Sø"
    )
    assert REFUSED.facts.dating == Dating.from_age(GestationalAge(140))
    assert PROPOSED_ALONE.facts.dating.method is DatingMethod.CRL_ROBINSON
    assert (BARE.facts.calibration, BARE.facts.dating) == (None, None)


def test_that_a_row_of_the_first_version_has_no_confidence_and_the_usual_cycle():
    row = {**STORED[0], **dict.fromkeys(name for name in STORED[0] if "interval" in name)}
    entry = entry_of(as_read(row | dict.fromkeys(SINCE_THE_FIRST)))

    assert (entry.proposal.said.confidence, entry.proposal.interval_mm) == (None, None)
    assert entry.facts == replace(EDITED.facts, dating=Dating.from_lmp(date(2025, 10, 1)))


def test_that_a_comment_lies_in_a_column_of_its_own_and_none_in_an_empty_cell():
    commented = replace(EDITED, facts=replace(EDITED.facts, comment="Far border.\nAgain."))

    assert row_of(commented)["comment"] == "Far border.\nAgain."
    assert row_of(EDITED)["comment"] is None
    assert LATEST[-1] == "comment"
