from datetime import date
from pathlib import Path

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.growth.standards import WHO_2017
from fhc_desktop.reporting.batch.batch import FailedFile, MeasuredFrame
from fhc_desktop.reporting.batch.batch_table import as_table
from tests.reporting.batch_rows import FAILED, named
from tests.reporting.examinations import graded, headless, proposed, too_late, uncalibrated


def test_that_the_table_is_aligned_and_shows_what_to_look_at():
    lines = as_table(
        [named("/x/a.png"), named("/x/李小龍.png"), MeasuredFrame.of(headless()), FAILED]
    ).splitlines()
    assert " ".join(lines[0].split()) == "File HC BPD oo OFD oo CI GA by HC Percentile"
    assert "176.8 mm" in lines[1]
    # Each wide character takes the room of two.
    assert lines[1].index("176.8 mm") == lines[2].index("176.8 mm") + 3
    assert "11th percentile, INTERGROWTH-21st 2014" in lines[1]
    assert "no head" in lines[3]
    assert lines[4] == "  ! No head was found in this image."
    assert "failed" in lines[5]
    assert lines[6] == "  ! torn.png ends too early. Copy it again."


def test_that_a_file_name_cannot_steer_the_terminal():
    text = as_table([named("/x/\x1b[2J\u202e.png"), FailedFile(Path("y"), "bad \x1b]0;t\x07")])
    assert not any(character in text for character in "\x1b\x07\u202e")


def test_that_an_uncalibrated_frame_shows_its_pixels_in_the_table():
    lines = as_table([MeasuredFrame.of(uncalibrated())]).splitlines()
    assert "221.0 px" in lines[1]
    assert lines[2].startswith("  ! No millimetres")


def test_that_the_table_shows_interval_and_grade_where_the_model_has_them():
    lines = as_table(
        [
            named("/x/a.png", graded()),
            named("/x/b.png", graded(Grade.LOOK_AGAIN)),
            named("/x/c.png", graded(Grade.NOT_MEASURABLE)),
        ]
    ).splitlines()
    assert " ".join(lines[0].split()).startswith("File HC 90 % interval Grade BPD oo")
    assert "176.8 mm  173.2–180.5 mm  good" in lines[1]
    assert "11th percentile, 5th–23rd, INTERGROWTH-21st 2014" in lines[1]
    assert "173.2–180.5 mm  look again" in lines[2]
    assert lines[2].index("look again") == lines[1].index("good") == lines[0].index("Grade")
    assert lines[3].startswith("  ! Look again: skull visible on 48 % of the outline; the model's")
    assert " ".join(lines[4].split()) == "/x/c.png none not measurable"
    assert lines[5].startswith("  ! Not measurable, so this frame counts as failed:")
    assert len(lines) == 6


def test_that_the_table_shows_the_chosen_standard_and_what_it_flags():
    small = proposed().with_dating(Dating.from_lmp(date(2026, 6, 4)))
    lines = as_table([MeasuredFrame.of(small.with_standard(WHO_2017))]).splitlines()

    assert "below the 1st percentile, WHO 2017" in lines[1]
    assert lines[2].startswith("  · HC more than 2 SD below the mean by WHO 2017")


def test_that_an_age_outside_the_chosen_chart_is_not_assessed_in_the_table():
    assert "not assessed" in as_table([MeasuredFrame.of(too_late())])
