"""The day of the examination is the day the picture was taken; what is no day is named."""

import json
from datetime import date

import pytest

from fhc_desktop.domain.dating.gestation import Dating, GestationalAge, NoAge
from fhc_desktop.domain.examination.batch_dating import GivenDating
from fhc_desktop.domain.examination.conflicts import conflicts
from fhc_desktop.domain.growth.assessment import NotAssessed
from fhc_desktop.domain.image.file_day import FileDay
from fhc_desktop.reporting.batch.batch_csv import as_csv
from fhc_desktop.reporting.batch.batch_objects import as_json
from fhc_desktop.reporting.batch.batch_table import as_table
from fhc_desktop.reporting.content.report_content import ReportContent
from fhc_desktop.storage.log.measurement_log import MeasurementLog
from fhc_desktop.workflow.accepting import accept
from fhc_desktop.workflow.batch import MeasureOptions, measure_file, measured
from fhc_desktop.workflow.examining import examine
from tests.e2e.field.drawn_files import drawn
from tests.fakes import FakeSegmenter
from tests.heads import SMALL_OUTLINE_PX
from tests.reading import READERS
from tests.reporting.examinations import NOW

PROPOSER = FakeSegmenter(SMALL_OUTLINE_PX)
TODAY = date(2026, 11, 30)
REOPENED = {
    "StudyDate": "20240720",
    "SeriesDate": "20240803",
    "AcquisitionDate": "20240803",
    "ContentDate": "20240803",
    "LastMenstrualDate": "20240301",
}


def row_of(path, **given):
    options = MeasureOptions(given=GivenDating(**given), today=TODAY)
    return measure_file(path, PROPOSER, options, readers=READERS)


# --- a study that was opened again a fortnight later --------------------------------------------


def test_that_the_window_offers_the_day_of_the_picture_and_asks_about_the_studys(tmp_path):
    exam = examine(drawn(tmp_path / "a.dcm", **REOPENED), READERS, today=TODAY)

    assert exam.exam_date == date(2024, 8, 3)
    assert str(exam.age) == "22w1d"
    (asked,) = conflicts(exam)
    assert asked.in_file == "2024-07-20"
    (warning,) = exam.warnings
    assert "14 days apart" in warning
    assert warning in ReportContent.of(exam, NOW).warnings


def test_that_nobody_to_ask_means_no_age_in_any_format(tmp_path):
    row = row_of(drawn(tmp_path / "a.dcm", **REOPENED))

    assert row.is_measured
    assert row.is_age_withheld
    assert isinstance(row.age, NoAge)
    assert all(isinstance(found, NotAssessed) for found in row.review.outcomes.values())
    (object_,) = json.loads(as_json([row]))
    assert object_["hc_mm"] > 0
    assert "--exam-date" in object_["gestational_age"]["reason"]
    for text in (as_json([row]), as_csv([row]), as_table([row])):
        assert "2024-08-03 (AcquisitionDate)" in text
        assert "14 days apart" in text


@pytest.mark.parametrize(("day", "age"), [(date(2024, 8, 3), 155), (date(2024, 7, 20), 141)])
def test_that_the_day_given_settles_which_of_the_two_holds(tmp_path, day, age):
    row = row_of(drawn(tmp_path / "a.dcm", **REOPENED), exam_date=day)

    assert row.age == GestationalAge(age)
    assert row.warnings == ()


@pytest.mark.parametrize(
    "days",
    [
        {"StudyDate": "20240720"},
        {"StudyDate": "20240720", "AcquisitionDate": "20240721", "ContentDate": "20240721"},
        {"StudyDate": "20240721", "AcquisitionDateTime": "20240720235900+1300"},
        {"StudyDate": "2024.07.20", "SeriesDate": "20240720"},
    ],
)
def test_that_days_to_within_one_ask_nothing(tmp_path, days):
    row = row_of(drawn(tmp_path / "a.dcm", LastMenstrualDate="20240301", **days))

    assert row.age in {GestationalAge(141), GestationalAge(142)}
    assert row.warnings == ()


# --- days that are none -------------------------------------------------------------------------


@pytest.mark.parametrize("told_in", FileDay)
@pytest.mark.parametrize(
    "written",
    ["2024121", "241221", "20240720101500", "20240230", "2024-07-20", "20990101", "25670720"],
)
def test_that_no_day_is_guessed_of_whatever_attribute(tmp_path, told_in, written):
    attributes = {"StudyDate": "20240720", told_in.keyword: written}
    exam = examine(drawn(tmp_path / "a.dcm", **attributes), READERS, today=TODAY)

    assert getattr(exam.study, told_in.field) is None
    (warning,) = exam.warnings
    assert f"({told_in.keyword})" in warning
    assert exam.exam_date == (None if told_in is FileDay.STUDY else date(2024, 7, 20))


def test_that_a_typed_lmp_counts_to_no_day_that_is_none(tmp_path):
    path = drawn(tmp_path / "a.dcm", StudyDate="2024121")
    lmp = date(2024, 7, 1)

    row = row_of(path, dating=Dating.from_lmp(lmp))

    assert isinstance(row.age, NoAge)
    assert any("(StudyDate) is not written in eight digits" in said for said in row.warnings)


def test_that_a_study_to_come_is_not_logged_as_its_day(tmp_path):
    path = drawn(tmp_path / "2099.dcm", StudyDate="20990101", LastMenstrualDate="20980815")
    options = MeasureOptions(today=TODAY)
    exam = measured(path, PROPOSER, options, readers=READERS)
    log = MeasurementLog.open(tmp_path / "log")

    accept(exam, operator="Dr A", now=NOW, log=log, supersedes=None)

    (entry,) = log.entries()
    log.close()
    assert entry.facts.exam_date is None
    assert entry.facts.dating is None
    assert sum("is a day to come" in said for said in exam.warnings) == 2


def test_that_the_real_files_are_read_as_these(shared):
    folder = shared / "field"
    if not folder.is_dir():
        pytest.skip("the cases of the field are not there")

    def opened(name):
        return examine(folder / name, READERS, today=TODAY)

    assert str(opened("study_reopened_a_fortnight_later/reopened.dcm").age) == "22w1d"
    for name, faults in (
        ("unpadded_and_two_digit_dates/studydate_2024121.dcm", 1),
        ("unpadded_and_two_digit_dates/studydate_241221.dcm", 2),
        ("study_in_the_future_buddhist_year/2099.dcm", 2),
        ("study_in_the_future_buddhist_year/buddhist.dcm", 2),
    ):
        exam = opened(name)
        assert exam.exam_date is None
        assert exam.dating is None
        assert sum("is left out" in said for said in exam.warnings) == faults
