"""The command line asks what the window asks: one dating is not laid over files it does not fit."""

from datetime import date

import pytest

from fhc_desktop.__main__ import main
from fhc_desktop.domain.dating.gestation import Dating, GestationalAge, NoAge
from fhc_desktop.domain.examination.batch_dating import DatingFrom, GivenDating
from fhc_desktop.workflow.batch import MeasureOptions, UnclearDating, agreed, measure_file
from tests.e2e.field.drawn_files import drawn
from tests.fakes import FakeSegmenter
from tests.heads import SMALL_OUTLINE_PX, small_phantom, write_png
from tests.reading import READERS

PROPOSER = FakeSegmenter(SMALL_OUTLINE_PX)
TODAY = date(2026, 11, 30)
BY_LMP = Dating.from_lmp(date(2024, 3, 1))
ANNA = {
    "PatientID": "A1",
    "PatientName": "Alpha^Anna",
    "StudyDate": "20240720",
    "LastMenstrualDate": "20240301",
}
BERTA = {
    "PatientID": "B2",
    "PatientName": "Beta^Berta",
    "StudyDate": "20240720",
    "LastMenstrualDate": "20240420",
}


@pytest.fixture
def two_patients(tmp_path):
    drawn(tmp_path / "multi" / "a.dcm", **ANNA)
    drawn(tmp_path / "multi" / "b.dcm", **BERTA)
    return tmp_path / "multi"


@pytest.fixture
def two_days(tmp_path):
    drawn(tmp_path / "days" / "a.dcm", **ANNA)
    drawn(tmp_path / "days" / "b.dcm", **{**ANNA, "StudyDate": "20240803"})
    return tmp_path / "days"


def ages(folder, **given):
    """Return the age of each file, as the command line measures them."""
    files = sorted(folder.iterdir())
    options = agreed(files, MeasureOptions(given=GivenDating(**given), today=TODAY), READERS)
    rows = [measure_file(file, PROPOSER, options, readers=READERS) for file in files]
    return [None if isinstance(row.age, NoAge) else str(row.age) for row in rows]


def refused(capsys, *arguments):
    """Return why nothing was measured; the status says so, and nothing was printed."""
    status = main(["measure", *map(str, arguments)])
    said = capsys.readouterr()
    assert (status, said.out) == (2, "")
    return said.err


def test_that_one_lmp_for_two_patients_is_refused_by_name_before_anything(capsys, two_patients):
    said = refused(capsys, two_patients, "--lmp", "2024-03-01")

    assert "multi/a.dcm and multi/b.dcm name different patients" in said
    assert "multi/b.dcm has LMP 2024-04-20" in said
    assert "--dating-from options or --dating-from files" in said


@pytest.mark.parametrize(
    "dating",
    [
        ["--ga", "20w1d"],
        ["--edd", "2024-12-06"],
        ["--crl", "60", "--scan-date", "2024-05-20"],
        ["--day-5-transfer", "2024-03-20"],
    ],
)
def test_that_no_dating_is_anothers(capsys, two_patients, dating):
    assert "name different patients" in refused(capsys, two_patients, *dating)


def test_that_whoever_is_said_to_hold_dates(two_patients):
    assert ages(two_patients, dating=BY_LMP, holds=DatingFrom.OPTIONS) == ["20w1d", "20w1d"]
    assert ages(two_patients, dating=BY_LMP, holds=DatingFrom.FILES) == ["20w1d", "13w0d"]
    assert ages(two_patients) == ["20w1d", "13w0d"]


def test_that_one_lmp_counts_to_each_of_one_womans_days(two_days):
    assert ages(two_days, dating=BY_LMP) == ["20w1d", "22w1d"]


def test_that_one_age_for_two_days_is_refused(capsys, two_days):
    said = refused(capsys, two_days, "--ga", "20w1d")

    assert "days/a.dcm of 2024-07-20 and days/b.dcm of 2024-08-03" in said


def test_that_one_day_for_two_days_is_refused(capsys, two_days):
    said = refused(capsys, two_days, "--lmp", "2024-03-01", "--exam-date", "2024-07-20")

    assert "One examination date was given for several days" in said


def test_that_a_dating_against_the_files_own_is_refused(capsys, tmp_path):
    path = drawn(tmp_path / "a.dcm", **ANNA)

    assert "a.dcm has LMP 2024-03-01" in refused(capsys, path, "--lmp", "2024-04-20")
    assert "a.dcm has LMP 2024-03-01" in refused(capsys, path, "--edd", "2024-12-13")


def test_that_a_dating_by_which_there_was_no_pregnancy_is_refused(capsys, tmp_path):
    path = drawn(tmp_path / "a.dcm", StudyDate="20240720")

    assert "no age from 0 to 43 weeks" in refused(capsys, path, "--lmp", "2021-03-01")


def test_that_a_day_that_dates_nothing_is_refused(capsys, tmp_path):
    path = write_png(small_phantom(), tmp_path / "head.png")

    assert "no file has an LMP" in refused(capsys, path, "--exam-date", "2024-07-20")


def test_that_whose_dating_holds_is_said_of_a_dating_only(capsys, tmp_path):
    path = write_png(small_phantom(), tmp_path / "head.png")

    assert "--dating-from goes with" in refused(capsys, path, "--dating-from", "files")


def test_that_pictures_without_a_patient_are_dated_with_hers(tmp_path):
    folder = drawn(tmp_path / "mixed" / "a.dcm", **ANNA).parent
    write_png(small_phantom(), folder / "b.png")

    assert ages(folder, dating=BY_LMP, exam_date=date(2024, 7, 20)) == ["20w1d", "20w1d"]


def test_that_a_broken_file_among_them_asks_nothing_and_fails_alone(tmp_path):
    folder = drawn(tmp_path / "mixed" / "a.dcm", **ANNA).parent
    (folder / "b.dcm").write_bytes((folder / "a.dcm").read_bytes()[:300])
    options = MeasureOptions(given=GivenDating(BY_LMP), today=TODAY)

    agreed_on = agreed(sorted(folder.iterdir()), options, READERS)

    assert agreed_on.given == options.given
    row = measure_file(folder / "a.dcm", PROPOSER, agreed_on, readers=READERS)
    assert row.age == GestationalAge(141)


def test_that_what_was_decided_without_her_stands_in_the_row(two_patients):
    files = sorted(two_patients.iterdir())
    given = GivenDating(BY_LMP, holds=DatingFrom.OPTIONS)
    options = agreed(files, MeasureOptions(given=given, today=TODAY), READERS)

    row = measure_file(files[1], PROPOSER, options, readers=READERS)

    assert "name different patients" in row.warnings[0]
    assert row.warnings[1] == "The file has another dating than was given: LMP 2024-04-20."


def test_that_the_real_files_are_refused_as_these(shared):
    folder = shared / "field" / "batch_one_lmp_for_two_patients" / "multi"
    if not folder.is_dir():
        pytest.skip("the cases of the field are not there")

    with pytest.raises(UnclearDating, match="LMP 2024-04-20"):
        ages(folder, dating=BY_LMP)
    assert ages(folder) == ["20w1d", "13w0d"]
