"""Beside the table stands what was proposed, what was accepted and what was corrected since."""

from dataclasses import replace
from datetime import date

import pytest

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.image.display import Display
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.patient import Patient
from fhc_desktop.gui.log.details_content import deidentified, details_content
from fhc_desktop.storage.log.circumstances import Circumstances
from fhc_desktop.storage.log.measurement_log import LogEntry
from tests.gui.log.logged import START, examination, graded

LMP = Dating.from_lmp(date(2025, 12, 12))


def entry_of(exam, **more):
    return LogEntry.of(exam, operator="Dr Secret", now=START, **more)


def lines(content):
    return {line.name: line.text for line in content.lines}


def edited(exam):
    outline = exam.proposal.outline_px
    return exam.with_outline(replace(outline, semi_axis_a=1.02 * outline.semi_axis_a))


def test_that_an_edited_outline_is_told_beside_the_proposed_one():
    told = lines(details_content(entry_of(edited(examination()).with_dating(LMP))))

    assert told["Proposed"] == "174.8 mm, 62nd"
    assert told["Accepted as"] == "176.6 mm, 71st, edited"
    assert told["Difference"] == "+1.8 mm (+1.0 %), +9 percentiles"


def test_that_what_the_model_said_of_its_proposal_is_told():
    assert lines(details_content(entry_of(graded(Grade.LOOK_AGAIN))))["Proposed"] == (
        "174.8 mm, look again"
    )


def test_that_an_outline_accepted_as_proposed_differs_by_nothing():
    told = lines(details_content(entry_of(examination())))

    assert told["Difference"] == "None: accepted as proposed."


def test_that_without_a_scale_the_difference_is_in_pixels():
    told = lines(details_content(entry_of(edited(examination(calibrated=False)))))

    assert told["Difference"] == "+7.0 px"
    assert told["Scale"] == "None: pixels only."


@pytest.mark.parametrize(
    "exam", [replace(examination(), proposal=None), graded(Grade.NOT_MEASURABLE)]
)
def test_that_where_nothing_was_offered_there_is_no_difference(exam):
    told = lines(details_content(entry_of(exam.with_outline(Ellipse(9, 9, 9, 9, 0)))))

    assert told["Proposed"] == "Nothing was proposed to measure."
    assert told["Difference"] == "–"


def test_that_corrections_are_told_in_their_order_with_reasons():
    first = entry_of(examination())
    exam = edited(examination()).with_dating(LMP).with_dating_reason("scan of Secret")
    second = entry_of(exam, supersedes=first.entry_id)
    history = [replace(first, superseded_by=second.entry_id), second]

    told = details_content(second, history).history

    assert [line.name for line in told] == ["1", "2"]
    assert "174.8 mm, superseded" in told[0].text
    assert "176.6 mm, correction, “scan of Secret”" in told[1].text
    assert details_content(first, [first]).history == ()


def test_that_the_history_tells_why_a_row_was_corrected_but_not_to_whoever_looks_on():
    first = entry_of(examination())
    second = entry_of(
        edited(examination()), supersedes=first.entry_id, correction_reason="the other skull line"
    )
    content = details_content(second, [first, replace(second, superseded_by=None)])

    assert "correction, “the other skull line”" in content.history[1].text
    assert len(deidentified(content).history) == 1


def test_that_how_the_picture_was_shown_is_told_where_it_was_kept():
    plain, inverted = (
        entry_of(examination(), display=display)
        for display in (Display(), Display(is_inverted=True))
    )
    from_before = replace(plain, circumstances=Circumstances())

    told = [lines(details_content(one))["Shown"] for one in (plain, inverted, from_before)]

    assert told == ["As in the file.", "inverted", "–"]


def test_that_whoever_looks_on_is_told_of_nobody():
    exam = examination(file_name="Secret.png").with_patient(Patient("SECRET-4711", "Vera Secret"))
    first = entry_of(exam)
    second = entry_of(exam.with_dating(LMP).with_dating_reason("Secret"), supersedes="x")
    first = replace(first, facts=replace(first.facts, comment="said of Secret"))
    assert lines(details_content(first))["Comment"] == "said of Secret"

    content = deidentified(details_content(first, [first, second]))

    said = " ".join(
        [content.picture_words, *(line.text for line in (*content.lines, *content.history))]
    )
    assert "174.8 mm" in said
    assert "secret" not in said.lower()
    assert "2026-05-01" not in said.replace(f"{START.astimezone():%Y-%m-%d %H:%M}", "")
