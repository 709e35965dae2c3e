"""A place is opened without its patient, and what is said of it is kept with its circumstances."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.reader_study.reader_study import UnusablePlan
from fhc_desktop.storage.reader_study.study_folder import open_study
from fhc_desktop.workflow.reading_study import AlteredPicture
from tests.heads import SMALL_OUTLINE_PX, small_phantom, write_dicom, write_png
from tests.several_heads import TwoHeads
from tests.studies import MADE_AT, PLAN, desk_of, made_study
from tests.workflow.test_making_study import make


@pytest.fixture
def folder(tmp_path):
    return made_study(tmp_path)


def later():
    seconds = count()
    return lambda: MADE_AT + timedelta(seconds=10 * next(seconds))


def test_that_a_read_tells_how_long_the_picture_was_looked_at(folder):
    desk = desk_of(folder, now=later())

    read = desk.keep(desk.open(1), SMALL_OUTLINE_PX)

    assert read.seconds == 10
    assert read.read_at == MADE_AT + timedelta(seconds=10)


def test_that_a_clock_that_was_set_back_gives_no_negative_time(folder):
    times = iter((MADE_AT, MADE_AT - timedelta(hours=1)))
    desk = desk_of(folder, now=lambda: next(times))

    assert desk.keep(desk.open(1), None).seconds == 0


def test_that_a_files_patient_pregnancy_and_day_are_not_opened(tmp_path):
    path = write_dicom(small_phantom(), tmp_path / "head.dcm")
    make(tmp_path, [path], replace(PLAN, repeats=0.0))

    exam = desk_of(open_study(tmp_path / "study")).open(1).exam

    assert exam.patient.identifier == ""
    assert exam.study.patient_id is exam.study.study_date is exam.exam_date is None
    assert exam.with_outline(SMALL_OUTLINE_PX).measurement is not None


def test_that_of_several_heads_none_is_begun_with(tmp_path):
    folder = made_study(tmp_path, replace(PLAN, is_proposal_shown=True))
    desk = desk_of(folder, proposer=TwoHeads())

    assert desk.open(1).exam.outline_px is None
    assert desk.keep(desk.open(1), SMALL_OUTLINE_PX).said is None


def test_that_an_exchanged_or_missing_picture_is_not_opened(folder):
    path = folder.picture_path(folder.study.codes_of("A")[0])
    write_png(small_phantom(seed=8), path)
    with pytest.raises(AlteredPicture):
        desk_of(folder).open(1)
    path.unlink()
    with pytest.raises(FhcError, match="is not there"):
        desk_of(folder).open(1)


def test_that_only_a_reader_of_the_study_reads(folder):
    with pytest.raises(UnusablePlan):
        desk_of(folder, "Z")


def test_that_a_scale_is_kept_as_the_file_gives_it(folder):
    desk = desk_of(folder)

    read = desk.keep(desk.open(1), SMALL_OUTLINE_PX)

    assert read.calibration.source.value == "pixel_size_table"
    assert read.hc_mm == pytest.approx(SMALL_OUTLINE_PX.perimeter * 0.56)
