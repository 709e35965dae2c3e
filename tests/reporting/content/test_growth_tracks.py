"""On one chart the heads of a fetus are one track, and no two pregnancies are joined."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.dating.gestation import Dating, GestationalAge
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.growth.standards import HADLOCK_1984_GROWTH, INTERGROWTH_21ST
from fhc_desktop.reporting.content.growth_tracks import GrowthChart
from tests.reporting.dossiers import course, dossier_of, seen, twins
from tests.reporting.examinations import accepted, proposed, too_late, uncalibrated, undated


def chart(*exams):
    return GrowthChart.of(exams)


def test_that_a_course_is_one_track_in_the_order_of_its_ages():
    found = chart(*(part.exam for part in course()[::-1]))

    (track,) = found.tracks
    assert track.words == ""
    assert track.is_joined
    ages = [point.age.days for point in track.points]
    assert ages == sorted(ages)
    assert len(ages) == 5


def test_that_each_fetus_has_a_track_with_its_name():
    exams = [part.exam for part in twins()]
    unnamed = exams[0].with_fetus(Fetus())

    assert [track.words for track in chart(*exams).tracks] == ["Fetus A", "Fetus B"]
    assert [track.words for track in chart(*exams, unnamed).tracks] == [
        "No fetus named", "Fetus A", "Fetus B",
    ]  # fmt: skip


def test_that_two_pregnancies_are_two_tracks():
    now = seen(proposed(), "a.dcm")
    lmp = date(2028, 1, 1)
    later = replace(now, exam_date=date(2028, 5, 1), dating=Dating.from_lmp(lmp))
    one, other = now.with_fetus(Fetus("A")), later.with_fetus(Fetus("A"))

    assert [track.words for track in chart(later, now).tracks] == [
        "Pregnancy begun about 2026-06-25", "Pregnancy begun about 2028-01-01",
    ]  # fmt: skip
    assert [track.words for track in chart(one, other).tracks] == [
        "Fetus A, pregnancy begun about 2026-06-25", "Fetus A, pregnancy begun about 2028-01-01",
    ]  # fmt: skip


@given(st.lists(st.integers(0, 20), min_size=2, max_size=6))
def test_that_dates_that_move_by_days_stay_one_pregnancy(moved):
    exams = [replace(proposed(), dating=Dating.from_lmp(date(2026, 6, 1 + days))) for days in moved]

    (track,) = chart(*exams).tracks
    assert len(track.points) == len(exams)


def test_that_what_has_no_day_is_joined_to_nothing():
    age = Dating.from_age(GestationalAge(140))
    dayless = replace(proposed(), dating=age, exam_date=None)

    (track,) = chart(dayless, dayless).tracks
    assert not track.is_joined
    dated, apart = chart(proposed(), dayless).tracks
    assert (dated.is_joined, apart.is_joined) == (True, False)
    assert apart.words == "No date"


def test_that_the_last_standard_that_says_something_has_the_chart():
    exams = [part.exam for part in course()]
    last = exams[-1].with_standard(HADLOCK_1984_GROWTH)

    assert chart(*exams[:-1], last).standard is HADLOCK_1984_GROWTH
    assert chart(*exams[:-1], undated()).standard is INTERGROWTH_21ST


def test_that_what_has_no_place_is_left_out_and_told():
    found = chart(accepted(), uncalibrated(), undated(), too_late())

    assert found.left_out == (2, 3, 4)
    assert chart(undated(), uncalibrated()) is None


def test_that_the_cover_says_what_its_chart_leaves_out():
    exams = [part.exam for part in course()]
    parts = [
        replace(course()[0], exam=exam) for exam in (*exams[:3], replace(exams[3], dating=None))
    ]
    parts[2] = replace(parts[2], exam=parts[2].exam.with_standard(HADLOCK_1984_GROWTH))
    parts[1] = replace(parts[1], exam=parts[1].exam.with_standard(INTERGROWTH_21ST))

    assert dossier_of(parts).remarks == (
        "The chart is that of Hadlock 1984; judged by another standard: examinations 1, 2, 4.",
        "Not on the chart: examination 4. The pages of each say why.",
    )
