from dataclasses import replace

import pytest

from fhc_desktop.domain.dating.gestation import GestationalAge
from fhc_desktop.domain.growth.assessment import GrowthAssessment, NotAssessed, assess_growth
from fhc_desktop.domain.growth.side_by_side import disagreements, shown_standards
from fhc_desktop.domain.growth.standards import (
    HADLOCK_1984_GROWTH,
    INTERGROWTH_21ST,
    NICHD_2015,
    STANDARDS,
    WHO_2017,
)

THREE = (INTERGROWTH_21ST, WHO_2017, HADLOCK_1984_GROWTH)


def outcomes(hc_mm, days, standards):
    return {one.key: assess_growth(hc_mm, GestationalAge(days), one) for one in standards}


def remarks(hc_mm, days, standards=THREE):
    return disagreements(outcomes(hc_mm, days, standards), standards)


def test_that_standards_on_different_sides_of_the_3rd_are_named():
    # 8.8th, 9.7th and 1.4th percentile.
    assert remarks(300, 245) == (
        (
            "The standards differ at the 3rd percentile: below it by Hadlock 1984. "
            "Not below it by INTERGROWTH-21st 2014; WHO 2017."
        ),
    )


@pytest.mark.parametrize(
    ("z", "cut"), [(-1.5, "3rd"), (-1.2, "10th"), (1.5, "90th"), (2.0, "97th")]
)
def test_that_each_cut_that_divides_has_its_remark(z, cut):
    found = remarks(INTERGROWTH_21ST.hc_at(z, GestationalAge(266)), 266)

    assert any(f"differ at the {cut} percentile" in said for said in found)


def test_that_agreement_needs_no_words():
    assert remarks(175, 140) == ()


def test_that_beyond_the_1st_is_below_the_3rd():
    assert remarks(150, 140) == ()
    # At term WHO's 1st percentile lies above the 3rd of INTERGROWTH-21st.
    (said,) = remarks(312, 280, (INTERGROWTH_21ST, WHO_2017))
    assert "below it by WHO 2017. Not below it by INTERGROWTH" in said


def test_that_a_standard_without_a_place_has_no_voice():
    found = outcomes(60, 80, STANDARDS)

    assert isinstance(found["who2017"], NotAssessed)
    assert not any("WHO" in said for said in disagreements(found, STANDARDS))


def test_that_charts_by_group_are_shown_only_where_chosen():
    assert shown_standards(STANDARDS, INTERGROWTH_21ST) == THREE
    assert shown_standards(STANDARDS, NICHD_2015[2]) == (*THREE, NICHD_2015[2])


def test_that_an_open_end_takes_no_side():
    # A local chart that ends at its 10th says nothing of the 3rd.
    beyond = outcomes(150, 140, [WHO_2017])["who2017"]
    at_tenth = replace(beyond, beyond=replace(beyond.beyond, percentile=10.0))
    above = outcomes(170, 140, [INTERGROWTH_21ST])

    said = disagreements({**above, "who2017": at_tenth}, (INTERGROWTH_21ST, WHO_2017))

    assert len(said) == 1
    assert "10th percentile: below it by WHO 2017" in said[0]


def test_that_an_open_end_is_not_above_what_it_says_nothing_of():
    below = outcomes(150, 140, [INTERGROWTH_21ST, WHO_2017])
    at_tenth = replace(below["who2017"], beyond=replace(below["who2017"].beyond, percentile=10.0))

    assert below["intergrowth21"].percentile < 3
    assert disagreements({**below, "who2017": at_tenth}, (INTERGROWTH_21ST, WHO_2017)) == ()


def test_that_a_head_on_a_limit_is_not_below_it():
    on_it = {one.key: GrowthAssessment(-1.28, 10.0, one) for one in (INTERGROWTH_21ST, WHO_2017)}
    below = {HADLOCK_1984_GROWTH.key: GrowthAssessment(-1.3, 9.7, HADLOCK_1984_GROWTH)}

    (said,) = disagreements({**on_it, **below}, THREE)

    assert said.endswith(
        "below it by Hadlock 1984. Not below it by INTERGROWTH-21st 2014; WHO 2017."
    )


def test_that_all_standards_on_one_side_are_named():
    below = {one.key: GrowthAssessment(-1.3, 9.7, one) for one in (INTERGROWTH_21ST, WHO_2017)}
    above = {HADLOCK_1984_GROWTH.key: GrowthAssessment(-1.2, 11.5, HADLOCK_1984_GROWTH)}

    (said,) = disagreements({**below, **above}, THREE)

    assert "below it by INTERGROWTH-21st 2014; WHO 2017. Not below it by Hadlock 1984." in said
