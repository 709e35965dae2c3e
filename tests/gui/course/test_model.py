"""The table and the sentences of a pregnancy's course say what is so, then and now."""

import pytest
from PySide6.QtCore import Qt

from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.growth.assessment import GrowthAssessment
from fhc_desktop.domain.growth.standards import HADLOCK_1984_GROWTH, INTERGROWTH_21ST, WHO_2017
from fhc_desktop.gui.course.model import COLUMNS, CourseModel
from fhc_desktop.gui.course.words import CHOOSE_TWO, FIRST_ONE, chosen_words, closer_look
from fhc_desktop.gui.widgets import style
from fhc_desktop.reporting.content.numbers import MISSING
from tests.gui.course_examples import FIVE, OUTSIDE, REDATED, TWINS, A, B, rows_of, seen

TITLES = [column.title for column in COLUMNS]
GOLDEN = (seen(133, hc_mm=160.0), seen(161, hc_mm=205.0))


@pytest.fixture
def column(qapp):
    def cells(rows, title):
        model = CourseModel()
        model.show_rows(rows)
        return [model.index(row, TITLES.index(title)).data() for row in range(model.rowCount())]

    return cells


def words(chosen, rows, standard=INTERGROWTH_21ST):
    return chosen_words(chosen, rows, standard)


def test_that_a_row_tells_what_was_measured_and_where_it_stands(column):
    rows = rows_of(FIVE)

    assert column(rows, "Date")[1] == "2026-05-30"
    assert column(rows, "Age")[1] == "20w0d"
    assert column(rows, "HC, mm")[1] == "171.1"
    assert column(rows, "Interval, mm")[1] == "168.1–174.1"
    assert column(rows, "Percentile")[1] == "43rd"
    assert column(rows, "z")[1] == "−0.18"
    assert column(rows, "Standard")[1] == "INTERGROWTH-21st 2014"
    assert column(rows, "Operator")[1] == "A. Operator"


def test_that_numbers_have_as_many_decimals_in_each_row_so_that_they_align(column):
    rows = rows_of(FIVE)
    for title, decimals in (("HC, mm", 1), ("z", 2), ("Δ mm", 1), ("mm/week", 1), ("Δz", 2)):
        numbers = [cell for cell in column(rows, title) if cell != MISSING]
        assert numbers
        assert {len(number.partition(".")[2]) for number in numbers} == {decimals}
        assert COLUMNS[TITLES.index(title)].alignment & Qt.AlignmentFlag.AlignRight


def test_that_an_edited_outline_has_a_mark_and_no_interval(column):
    rows = rows_of(FIVE)

    assert column(rows, "Outline") == [
        "As proposed",
        "As proposed",
        f"{style.EDITED_SIGN} Edited",
        "As proposed",
        "As proposed",
    ]
    assert column(rows, "Interval, mm")[2] == MISSING


def test_that_an_outline_drawn_by_hand_is_called_so(column):
    rows = rows_of((seen(140, drawn=True), seen(168)))

    assert column(rows, "Outline") == [f"{style.EDITED_SIGN} Drawn by hand", "As proposed"]


def test_that_the_worked_change_of_the_reference_stands_in_its_row(column):
    rows = rows_of(GOLDEN)

    assert column(rows, "Δ mm") == [MISSING, "+45.0"]
    assert column(rows, "mm/week") == [MISSING, "+11.2"]
    assert column(rows, "Δz") == [MISSING, "−0.31"]
    assert column(rows, "Same z, mm") == [MISSING, "207.5"]
    assert "Within measurement variability" in column(rows, "Remark")[1]


def test_that_a_changed_dating_leaves_old_and_new_in_sight(column):
    rows = rows_of(REDATED)

    assert column(rows, "Age") == ["18w3d", "22w3d", "25w4d"]
    assert column(rows, "Percentile")[:2] == [">99th", ">99th"]
    assert column(rows, "Said then") == [
        "then 79th at 20w0d",
        "then 82nd at 24w0d",
        MISSING,
    ]
    looked = "\n".join(closer_look(rows[0]))
    assert "18w3d" in looked
    assert "Said then: 79th percentile, z +0.80 at 20w0d, INTERGROWTH-21st 2014" in looked


def test_that_a_percentile_that_came_with_a_later_dating_was_none_then(column):
    rows = rows_of((seen(140, dating=None), seen(168)))

    assert column(rows, "Age")[0] == "20w0d"
    assert column(rows, "Said then")[0] == "then no percentile, no age"
    assert "Said then: no percentile, without an age" in closer_look(rows[0])


def test_that_a_percentile_is_on_the_standard_named_then_whatever_the_chart_shows(column):
    rows = rows_of((seen(140, standard=HADLOCK_1984_GROWTH),), standard=WHO_2017)
    now = rows[0].point.now

    assert column(rows, "Standard") == ["Hadlock 1984"]
    assert isinstance(now, GrowthAssessment)
    assert now.standard is HADLOCK_1984_GROWTH
    assert any(
        line.startswith("On this chart: ") and "WHO" in line for line in closer_look(rows[0])
    )


def test_that_the_change_of_z_is_on_the_standard_of_the_chart(column):
    by_intergrowth, by_hadlock = rows_of(GOLDEN), rows_of(GOLDEN, standard=HADLOCK_1984_GROWTH)

    assert column(by_intergrowth, "z") == column(by_hadlock, "z")
    assert column(by_intergrowth, "Δ mm") == column(by_hadlock, "Δ mm")
    assert column(by_intergrowth, "Δz") == [MISSING, "−0.31"]
    assert column(by_hadlock, "Δz") == [MISSING, "−0.39"]


def test_that_beyond_whos_percentiles_the_side_is_said_and_no_z(column):
    rows = rows_of((seen(200, hc_mm=190.0, standard=WHO_2017),), standard=WHO_2017)

    assert column(rows, "Percentile") == ["<1st"]
    assert column(rows, "z") == [MISSING]


def test_that_outside_the_standards_ages_there_is_no_percentile_but_the_reason():
    rows = rows_of(OUTSIDE)

    assert "14w0d to 40w0d" in "\n".join(closer_look(rows[0]))
    assert "12w3d" in "\n".join(closer_look(rows[0]))


def test_that_every_cell_has_words_and_a_tip(qapp):
    model = CourseModel()
    for exams in (FIVE, TWINS, OUTSIDE, REDATED, (seen(140, calibrated=False), seen(150))):
        model.show_rows(rows_of(exams))
        for row in range(model.rowCount()):
            for place in range(model.columnCount()):
                cell = model.index(row, place)
                assert cell.data()
                assert cell.data(Qt.ItemDataRole.ToolTipRole).startswith("<span>")


def test_that_the_columns_say_what_their_numbers_rest_on(qapp):
    model = CourseModel()
    model.show_rows(())
    tip = model.headerData(
        TITLES.index("Δz"), Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole
    )

    assert "standard of the chart" in tip


# Two rows ----------------------------------------------------------------------------------------


def test_that_two_rows_give_the_change_between_exactly_these_two():
    rows = rows_of((GOLDEN[0], seen(147), GOLDEN[1]))

    said = words((rows[0], rows[2]), rows)

    assert said.startswith("From 2026-05-23 (19w0d) to 2026-06-20 (23w0d): HC +45.0 mm in 28 days")
    assert "z −0.04 → −0.35, Δz −0.31 on INTERGROWTH-21st 2014" in said
    assert "expected at the same z 207.5 mm" in said
    assert said.endswith("Within measurement variability, ±0.67 z of one observer (Sarris 2012).")


def test_that_one_row_gives_the_change_since_the_one_before_of_the_same_fetus():
    rows = rows_of(TWINS)

    assert words((rows[3],), rows).startswith("From 2026-05-30 (20w0d, fetus B) to 2026-06-27")
    assert words((rows[1],), rows) == CHOOSE_TWO


def test_that_two_fetuses_are_never_compared():
    rows = rows_of(TWINS)

    assert "Fetus A and fetus B are never compared" in words((rows[0], rows[3]), rows)


def test_that_an_examination_of_twins_that_names_no_fetus_is_compared_with_none(column):
    rows = rows_of((seen(130), seen(140, fetus=A), seen(150), seen(160, fetus=B)))

    assert column(rows, "Fetus") == ["not named", "A, left", "not named", "B, right"]
    assert column(rows, "Δ mm") == [MISSING] * 4
    assert "compared with none" in words((rows[0], rows[2]), rows)


def test_that_without_an_examination_before_the_next_one_is_promised():
    rows = rows_of(GOLDEN[:1])

    assert words((), rows) == FIRST_ONE
    assert words(rows, rows) == FIRST_ONE


def test_that_less_than_two_weeks_apart_there_is_no_growth_per_week():
    rows = rows_of((seen(140), seen(150)))

    said = words(rows, rows)

    assert "mm/week" not in said
    assert "Less than 14 days apart" in said


def test_that_two_observers_are_told_to_differ_by_more():
    rows = rows_of((seen(140, 0.0), seen(168, -1.5)), operators=("A", "B"))

    assert "two observers differ by more" in words(rows, rows)
    assert "0.99" not in words(rows, rows)


def test_that_beyond_a_charts_percentiles_the_change_has_millimetres_and_no_z():
    rows = rows_of((seen(140), seen(200, hc_mm=190.0)), standard=WHO_2017)

    said = words(rows, rows, WHO_2017)

    assert "mm in 60 days" in said
    assert "Δz" not in said


def test_that_without_calibration_there_is_no_change_but_the_reason():
    rows = rows_of((seen(140), seen(168, calibrated=False)))

    assert "No calibration" in words(rows, rows)


def test_that_a_fetus_is_shown_by_letter_and_position(column):
    rows = rows_of((seen(140, fetus=Fetus("A")), seen(140, fetus=B), seen(168, fetus=A)))

    assert column(rows, "Fetus") == ["A", "B, right", "A, left"]
