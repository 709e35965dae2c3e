"""What is said of a change is said of exactly the examinations that were chosen."""

from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST, WHO_2017
from fhc_desktop.gui.course.words import CHOOSE_TWO, FIRST_ONE, chosen_words, closer_look
from tests.gui.course_examples import OUTSIDE, TWINS, rows_of, seen

GOLDEN = (seen(133, hc_mm=160.0), seen(161, hc_mm=205.0))


def words(chosen, rows, standard=INTERGROWTH_21ST):
    return chosen_words(chosen, rows, standard)


def test_that_outside_the_standards_ages_there_is_no_percentile_but_the_reason():
    rows = rows_of(OUTSIDE)

    assert "14w0d to 40w0d" in "\n".join(closer_look(rows[0]))
    assert "12w3d" in "\n".join(closer_look(rows[0]))


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
