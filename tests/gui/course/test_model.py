"""The table and the sentences of a pregnancy's course say what is so, then and now."""

import pytest
from PySide6.QtCore import Qt

from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.growth.assessment import GrowthAssessment
from fhc_desktop.domain.growth.standards import HADLOCK_1984_GROWTH, INTERGROWTH_21ST, WHO_2017
from fhc_desktop.gui.course.model import COLUMNS, CourseModel
from fhc_desktop.gui.course.words import chosen_words, closer_look
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


def test_that_an_examination_of_twins_that_names_no_fetus_is_compared_with_none(column):
    rows = rows_of((seen(130), seen(140, fetus=A), seen(150), seen(160, fetus=B)))

    assert column(rows, "Fetus") == ["not named", "A, left", "not named", "B, right"]
    assert column(rows, "Δ mm") == [MISSING] * 4
    assert "compared with none" in words((rows[0], rows[2]), rows)


def test_that_a_fetus_is_shown_by_letter_and_position(column):
    rows = rows_of((seen(140, fetus=Fetus("A")), seen(140, fetus=B), seen(168, fetus=A)))

    assert column(rows, "Fetus") == ["A", "B, right", "A, left"]
