from dataclasses import replace
from datetime import date

import pytest

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.growth.standards import NICHD_2015, WHO_2017
from fhc_desktop.reporting.content.growth_content import GrowthContent
from tests.local_charts import NARROW, OURS
from tests.reporting.examinations import (
    edited,
    graded,
    headless,
    proposed,
    small,
    too_late,
    uncalibrated,
    undated,
)


def of(exam, **choice):
    return GrowthContent.of(exam, StandardChoice(**choice))


def line(content, key):
    return next(line for line in content.lines if line.standard.key == key)


def test_that_each_standard_has_its_numbers_and_one_is_in_force():
    found = of(graded().with_standard(WHO_2017))
    ours = line(found, "intergrowth21")

    assert (ours.percentile, ours.interval, ours.z) == ("11th", "5th–23rd", "−1.22")
    assert (ours.bpd, ours.ofd) == ("4th, z −1.74", "29th, z −0.55")
    assert [one.standard.key for one in found.lines if one.is_in_force] == ["who2017"]
    assert line(found, "hadlock1984").bpd == ""
    assert found.coverage == "90 %"
    assert found.missing == ""


def test_that_a_line_can_be_read_out():
    assert line(of(graded()), "intergrowth21").words == (
        "INTERGROWTH-21st 2014: 11th percentile, 5th–23rd, z −1.22; BPD 4th, z −1.74; "
        "OFD 29th, z −0.55"
    )
    assert line(of(undated()), "who2017").words == "WHO 2017"


def test_that_an_edited_outline_has_no_intervals():
    found = of(edited())

    assert found.coverage == ""
    assert not any(one.interval for one in (*found.lines, *found.ages))


def test_that_beyond_whos_percentiles_there_is_a_side_and_no_number():
    who = line(of(small()), "who2017")

    assert (who.percentile, who.z) == ("", "")
    assert who.reason == who.bpd == "below the 1st percentile"
    assert line(of(small()), "intergrowth21").percentile == "<1st"


def test_that_outside_its_ages_each_standard_has_its_own_reason():
    found = of(too_late(), local=(OURS,))

    assert line(found, "hadlock1984").reason == (
        "covers 12w0d to 40w0d; this age is 41w5d: no percentile."
    )
    assert line(found, OURS.key).reason.startswith("covers 18w0d to 22w0d")
    assert found.missing == ""


@pytest.mark.parametrize(
    ("exam", "words"),
    [(undated(), "dat"), (uncalibrated(), "No calibration"), (headless(), "No outline")],
    ids=["undated", "uncalibrated", "headless"],
)
def test_that_what_all_lack_is_said_once(exam, words):
    found = of(exam)

    assert words in found.missing
    assert not any(one.reason or one.percentile for one in found.lines)


def test_that_there_is_an_age_by_each_method_or_its_reason():
    by_hadlock, by_intergrowth, by_both = of(graded()).ages
    big = proposed().with_outline(replace(proposed().outline_px, semi_axis_a=70, semi_axis_b=55))

    assert (by_hadlock.age, by_hadlock.spread, by_hadlock.interval) == (
        *("20w1d", "± 10 d", "19w6d–20w3d"),
    )
    assert (by_intergrowth.age, by_intergrowth.spread) == ("20w3d", "")
    assert "reported error" in by_intergrowth.note
    assert (by_both.label, by_both.age) == ("Hadlock 1984, with BPD", "19w6d")
    assert "is larger" in of(big).ages[1].note
    assert of(uncalibrated()).ages == ()


def test_that_charts_by_group_speak_only_where_they_were_asked_for():
    silent, asked = of(proposed()), of(proposed(), opted_in=frozenset({NICHD_2015[0].key}))

    assert not any("NICHD" in said for said in (*silent.sentences, *map(str, silent.lines)))
    assert any("NICHD 2015, non-Hispanic White" in said for said in asked.sentences)
    assert not any("Asian" in said for said in asked.sentences)


def test_that_a_local_chart_is_marked_wherever_it_is_named():
    found = of(proposed().with_standard(NARROW), local=(NARROW,))

    assert line(found, NARROW.key).words.startswith("Narrow (local chart): ")
    assert "Narrow (local chart)" in found.remarks[0]


def test_that_flags_come_before_remarks_with_their_source():
    exam = small().with_dating(Dating.from_lmp(date(2026, 6, 25)))

    sentences = of(exam).sentences
    assert "more than 5 SD below the mean by INTERGROWTH-21st 2014 (SMFM 2016" in sentences[0]
    assert "ACOG Committee Opinion 700" in sentences[-1]
