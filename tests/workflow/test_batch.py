"""Many files without a window: each is a row, and one that fails stops no other."""

from datetime import date

import pydicom
import pytest

from fhc_desktop.domain.confidence import Confidence, Grade
from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.examination.batch_dating import GivenDating
from fhc_desktop.reporting.batch.batch import FailedFile, MeasuredFrame
from fhc_desktop.workflow.batch import MeasureOptions, expand, measure_file, measured
from tests.fakes import FakeSegmenter
from tests.heads import SMALL_OUTLINE_PX, small_phantom, write_dicom, write_png
from tests.reading import READERS
from tests.several_heads import LEFT, RIGHT, TwoHeads

PROPOSER = FakeSegmenter(SMALL_OUTLINE_PX)


class Thief(FakeSegmenter):
    """Deletes files while another one is being measured."""

    def __init__(self, *victims):
        super().__init__(SMALL_OUTLINE_PX)
        self.victims = victims

    def propose(self, image):
        for victim in self.victims:
            victim.unlink(missing_ok=True)
        return super().propose(image)


def test_that_a_file_that_vanishes_after_it_was_listed_fails_alone(tmp_path):
    paths = [write_png(small_phantom(), tmp_path / f"{number}.png") for number in (1, 2, 3)]
    listed = list(expand([tmp_path], READERS))
    assert listed == paths

    rows = [
        measure_file(path, Thief(paths[1]), MeasureOptions(), readers=READERS) for path in listed
    ]

    assert [type(row) for row in rows] == [MeasuredFrame, FailedFile, MeasuredFrame]
    assert rows[1].sentence == (
        "2.png is not there: it was moved, renamed or deleted. Choose it again."
    )


def test_that_a_folder_that_cannot_be_expanded_is_a_failure_among_the_others(tmp_path):
    path = write_png(small_phantom(), tmp_path / "head.png")
    (tmp_path / "bare").mkdir()

    listed = list(expand([tmp_path / "bare", path, tmp_path / ("n" * 300)], READERS))

    assert isinstance(listed[0], FailedFile)
    assert listed[1:] == [path, tmp_path / ("n" * 300)]


def test_that_what_the_user_gives_wins_over_the_file(tmp_path):
    path = write_dicom(small_phantom(), tmp_path / "head.dcm")
    dating = Dating.from_lmp(date(2025, 9, 1))
    given = MeasureOptions(mm_per_pixel=0.3, given=GivenDating(dating, date(2026, 2, 1)))

    exam = measured(path, PROPOSER, given, readers=READERS)

    assert exam.calibration.mm_per_column == 0.3
    assert (exam.dating, exam.exam_date) == (dating, date(2026, 2, 1))


def test_that_a_file_whose_head_is_not_measurable_is_a_row_without_millimetres(tmp_path):
    path = write_dicom(small_phantom(), tmp_path / "head.dcm")
    refusal = Confidence(Grade.NOT_MEASURABLE, ("The picture does not look like a fetal head.",))

    row = measure_file(
        path, FakeSegmenter(SMALL_OUTLINE_PX, confidence=refusal), MeasureOptions(), readers=READERS
    )

    assert isinstance(row, MeasuredFrame)
    assert (row.is_measured, row.grade) == (False, Grade.NOT_MEASURABLE)
    assert row.outline_px is not None
    assert row.calibration is not None
    assert "does not look like a fetal head. Open the image" in " ".join(row.warnings)


def test_that_the_files_lmp_dates_unless_another_dating_is_given(tmp_path):
    path = write_dicom(small_phantom(), tmp_path / "head.dcm")
    dataset = pydicom.dcmread(path)
    dataset.LastMenstrualDate = "20250828"
    dataset.save_as(path)
    given = Dating.from_edd(date(2026, 6, 1))

    assert measured(path, PROPOSER, MeasureOptions(), readers=READERS).dating == Dating.from_lmp(
        date(2025, 8, 28)
    )
    assert (
        measured(path, PROPOSER, MeasureOptions(given=GivenDating(given)), readers=READERS).dating
        == given
    )


def test_that_of_two_heads_neither_is_measured_before_one_is_named(tmp_path):
    path = write_dicom(small_phantom(), tmp_path / "twins.dcm")

    row = measure_file(path, TwoHeads(), MeasureOptions(), readers=READERS)

    assert (row.is_measured, row.outline_px, row.measurement) == (False, None, None)
    assert "Two heads" in row.warnings[-1]
    assert "--head 1 or --head 2" in row.warnings[-1]


@pytest.mark.parametrize(("number", "head", "grade"), [(1, LEFT, "good"), (2, RIGHT, "look again")])
def test_that_the_head_that_was_named_is_measured_with_its_own_grade(tmp_path, number, head, grade):
    path = write_dicom(small_phantom(), tmp_path / "twins.dcm")

    row = measure_file(path, TwoHeads(), MeasureOptions(head=number), readers=READERS)

    assert row.is_measured
    assert (row.outline_px, row.grade) == (head.canonical(), grade)
    assert f"number {number} from the left" in " ".join(row.warnings)


@pytest.mark.parametrize(("proposer", "number"), [(TwoHeads(), 3), (PROPOSER, 2)])
def test_that_a_head_that_there_is_not_is_no_other_one(tmp_path, proposer, number):
    path = write_dicom(small_phantom(), tmp_path / "head.dcm")

    row = measure_file(path, proposer, MeasureOptions(head=number), readers=READERS)

    assert isinstance(row, FailedFile)
    assert f"no head {number} in this picture: the model found {number - 1}" in row.sentence


def test_that_the_only_head_is_the_first(tmp_path):
    path = write_dicom(small_phantom(), tmp_path / "head.dcm")

    assert measure_file(path, PROPOSER, MeasureOptions(head=1), readers=READERS).is_measured
