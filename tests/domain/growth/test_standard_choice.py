from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST, NICHD_2015, WHO_2017
from tests.local_charts import NARROW, OURS

GROUP = NICHD_2015[2]


def keys(standards):
    return [standard.key for standard in standards]


def test_that_charts_by_group_are_shown_to_none_who_did_not_ask():
    usual = ["intergrowth21", "who2017", "hadlock1984"]

    assert keys(StandardChoice().shown(WHO_2017)) == usual
    assert keys(StandardChoice(opted_in=frozenset({GROUP.key})).shown(WHO_2017)) == [
        *usual,
        "nichd2015_hispanic",
    ]


def test_that_the_standard_in_force_is_always_among_those_shown():
    assert GROUP in StandardChoice().shown(GROUP)
    # It was removed while an image that it judges is on the screen.
    assert StandardChoice().shown(OURS)[-1] is OURS


def test_that_local_charts_stand_behind_the_published_ones():
    choice = StandardChoice(local=(OURS, NARROW))

    assert choice.shown(INTERGROWTH_21ST)[-2:] == (OURS, NARROW)
    assert choice.with_key("local_narrow") is NARROW
    assert choice.with_key("local_gone") is None
