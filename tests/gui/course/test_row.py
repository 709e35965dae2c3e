"""Each examination has its row, named and compared with the one before of the same fetus."""

from fhc_desktop.domain.growth.standards import WHO_2017
from tests.gui.course_examples import FIVE, TWINS, A, rows_of, seen


def test_that_rows_stand_in_the_order_of_their_days():
    rows = rows_of(tuple(reversed(FIVE)))

    days = [row.point.recorded.facts.exam_date for row in rows]
    assert days == sorted(days)
    assert [row.name for row in rows] == [day.isoformat() for day in days]


def test_that_the_first_of_each_fetus_has_no_change_and_the_others_have_theirs():
    rows = rows_of(TWINS)

    assert [row.fetus_label for row in rows] == ["A", "B", "A", "B"]
    assert [row.change is None for row in rows] == [True, True, False, False]


def test_that_a_row_names_the_standard_of_then_whatever_the_chart_shows():
    (row,) = rows_of([seen(140, standard=WHO_2017)])

    assert row.standard_name == "WHO 2017"


def test_that_it_is_not_known_which_of_twins_an_examination_without_a_letter_was_of():
    named, unnamed, _ = rows_of([seen(130, fetus=A), seen(140), seen(150, fetus=TWINS[1].fetus)])

    assert named.is_fetus_known
    assert not unnamed.is_fetus_known
    assert unnamed.change is None
