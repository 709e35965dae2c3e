"""A report that comes back: one sentence for the message, and all that was found behind it."""

from dataclasses import replace
from pathlib import Path

import pytest

from fhc_desktop.gui.filing.check_content import (
    AS_LEFT,
    AS_LOGGED,
    AS_REPORTED,
    BARE,
    NAMELESS_GOOD,
    NAMELESS_LEFT,
    NAMELESS_UNSIGNED,
    OTHER_ROW,
    UNFINISHED,
    CheckContent,
)
from fhc_desktop.reporting.proof.verdict import Verdict
from fhc_desktop.workflow.reopening import CheckedReport, Shown

GOOD = CheckedReport(Path("/Secret/report.pdf"), Verdict((), ("Signed on this machine.",), 34))
BAD = replace(GOOD, verdict=Verdict(("HC: it lists “1”; it is “2”.", "More."), (), 34))


def test_that_a_report_that_agrees_says_how_much_of_it():
    content = CheckContent.of(GOOD, Shown.ROW)

    assert content.is_good
    assert content.words == (
        f"report.pdf: each of the 34 statements of this report agrees. {AS_LOGGED}"
    )
    assert "report.pdf" not in NAMELESS_GOOD
    assert not content.wants_image


def test_that_what_does_not_agree_is_named_and_counted():
    content = CheckContent.of(BAD)

    assert not content.is_good
    assert "does NOT agree" in content.words
    assert "HC: it lists “1”; it is “2”." in content.words
    assert "2 things do not agree" in content.words
    assert content.faults == BAD.verdict.faults


@pytest.mark.parametrize(("names", "said"), [(("a",), "Its image a was"), (("a", "b"), "a, b.")])
def test_that_an_image_that_was_not_found_is_named_and_asked_for(names, said):
    content = CheckContent.of(replace(GOOD, missing=names))

    assert content.wants_image
    assert said in content.words


@pytest.mark.parametrize(
    ("shown", "has_work", "said"),
    [
        (Shown.ROW, True, AS_LOGGED),
        (Shown.REPORT, False, AS_REPORTED),
        (Shown.REPORT, True, UNFINISHED),
        (Shown.OTHER_ROW, False, OTHER_ROW),
        (Shown.OTHER_ROW, True, UNFINISHED),
    ],
)
def test_that_it_is_said_what_the_window_shows(shown, has_work, said):
    assert CheckContent.of(GOOD, shown, has_work=has_work).words.endswith(said)


def test_that_nothing_is_shown_of_what_a_report_says_that_does_not_agree():
    assert CheckContent.of(BAD, Shown.REPORT).words.endswith(BARE)
    assert CheckContent.of(BAD, Shown.ROW).words.endswith(AS_LOGGED)


def test_that_what_is_left_of_a_report_is_shown_and_what_is_gone_is_said():
    left = Verdict((), (), 4, gaps=("The rest is gone.", "The scale is another."), has_seal=False)

    content = CheckContent.of(replace(GOOD, verdict=left), Shown.REPORT)

    assert not content.is_good
    assert content.gaps == left.gaps
    assert content.words.endswith(
        f"it is not signed. {AS_LEFT} The rest is gone. The scale is another."
    )


def test_that_a_form_without_a_seal_is_said_to_be_unsigned_where_nothing_is_named():
    unsealed = replace(GOOD, verdict=replace(GOOD.verdict, has_seal=False))

    left = replace(unsealed, verdict=replace(unsealed.verdict, gaps=("The rest is gone.",)))
    assert CheckContent.of(unsealed).nameless == NAMELESS_UNSIGNED
    assert CheckContent.of(left).nameless == NAMELESS_LEFT
    assert CheckContent.of(GOOD).nameless == NAMELESS_GOOD
