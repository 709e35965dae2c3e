"""What an installation was found to be, in words and for another program."""

import json
from datetime import UTC, datetime

import pytest

from fhc_desktop.reporting.content.installation import (
    Finding,
    Installation,
    as_json,
    as_lines,
    findings_of,
)

FINE = Finding("weights", passed=True, words="as shipped")
FAULT = Finding("log", passed=False, words="The disk is full. Free some space.")
NOW = datetime(2026, 5, 1, 8, 30, tzinfo=UTC)


def installation(*findings):
    return Installation(findings, "FHC Desktop 1.0", "Linux, x86_64", NOW)


def test_that_one_fault_makes_an_installation_unsound_and_says_what_not_to_do():
    found = installation(FINE, FAULT)

    assert not found.is_sound
    assert "do not measure" in found.verdict
    assert as_lines(found)[:2] == [
        "ok      weights: as shipped",
        "FAILED  log: The disk is full. Free some space.",
    ]


def test_that_an_installation_of_which_nothing_was_checked_is_not_sound():
    assert not installation().is_sound


def test_that_the_same_is_told_to_another_program():
    said = json.loads(as_json(installation(FINE, FAULT)))

    assert said["sound"] is False
    assert said["checked"] == "2026-05-01T08:30:00+00:00"
    assert findings_of(said["findings"]) == (FINE, FAULT)


@pytest.mark.parametrize("said", [[{"name": "a"}], [{"name": 1, "passed": True, "words": ""}], [1]])
def test_that_what_is_no_finding_is_not_taken_for_one(said):
    with pytest.raises((TypeError, ValueError)):
        findings_of(said)
