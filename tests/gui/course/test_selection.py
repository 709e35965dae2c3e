"""Which pregnancy is shown, and by which standard, is the user's to choose."""

from datetime import date

import pytest

from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.growth.standards import NICHD_2015
from fhc_desktop.domain.patient import Patient
from tests.gui.course.hand import dates, offered, pick
from tests.gui.course_examples import FIVE, fill, seen
from tests.gui.hand import visible_words
from tests.local_charts import NARROW

pytestmark = pytest.mark.gui


def test_that_the_newest_pregnancy_comes_first_and_others_can_be_chosen(log, opened_course):
    fill(log, [seen(140), seen(170), seen(150, lmp=date(2027, 6, 1))])
    window = opened_course()

    assert dates(window) == ["2027-10-29"]
    pick(window.page.selection.pregnancies, "from 2026-01-10, EDD 2026-10-17 · 2 examinations")
    assert dates(window) == ["2026-05-30", "2026-06-29"]
    assert "LMP 2026-01-10" in visible_words(window)


def test_that_the_groups_of_nichd_are_offered_only_where_one_was_chosen(log, opened_course):
    fill(log, FIVE)
    assert not any("NICHD" in name for name in offered(opened_course()))

    in_use = opened_course(in_use=NICHD_2015[1])
    assert [name for name in offered(in_use) if "NICHD" in name] == [NICHD_2015[1].name]

    fill(log, [seen(200, patient=Patient("8"), standard=NICHD_2015[2])])
    named = opened_course("8")
    assert [name for name in offered(named) if "NICHD" in name] == [NICHD_2015[2].name]
    assert named.page.chart.content.standard is NICHD_2015[2]


def test_that_groups_of_nichd_that_were_asked_for_are_offered_too(log, opened_course):
    fill(log, FIVE)
    asked = opened_course(choice=lambda: StandardChoice(opted_in=frozenset({NICHD_2015[1].key})))

    assert [name for name in offered(asked) if "NICHD" in name] == [NICHD_2015[1].name]


def test_that_a_local_chart_is_offered_and_judges_what_was_measured_on_it(log, opened_course):
    fill(log, [seen(140, standard=NARROW)])

    window = opened_course(choice=lambda: StandardChoice(local=(NARROW,)))

    assert NARROW.name in offered(window)
    assert window.page.chart.content.standard is NARROW
    assert window.page.model.rows[0].standard_name == NARROW.name
