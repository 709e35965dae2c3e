"""What a file says of its days: each attribute is read, and what is no day is named."""

from datetime import date

import pytest
from pydicom.dataset import Dataset

from fhc_desktop.domain.image.file_day import FileDay
from tests.reading import load_image


def with_moment_of_frame(dataset, *moments):
    groups = []
    for moment in moments:
        content, group = Dataset(), Dataset()
        content.FrameAcquisitionDateTime = moment
        group.FrameContentSequence = [content]
        groups.append(group)
    dataset.PerFrameFunctionalGroupsSequence = groups


def test_that_every_day_of_a_file_is_read_from_its_own_attribute(dataset, saved):
    for number, told_in in enumerate(FileDay, start=1):
        setattr(dataset, told_in.keyword, f"2024010{number}")

    study = load_image(saved(dataset)).study

    for number, told_in in enumerate(FileDay, start=1):
        assert getattr(study, told_in.field) == date(2024, 1, number)
    assert study.objections == ()


@pytest.mark.parametrize("told_in", FileDay)
@pytest.mark.parametrize("written", [b"2024121 ", b"241221  ", b"20230229", b"2024x215"])
def test_that_what_is_no_day_is_named_by_its_keyword_and_left_out(dataset, saved, told_in, written):
    setattr(dataset, told_in.keyword, "20111111")
    path = saved(dataset)
    path.write_bytes(path.read_bytes().replace(b"20111111", written))

    study = load_image(path).study

    assert getattr(study, told_in.field) is None
    (objection,) = study.objections
    assert f"({told_in.keyword})" in objection
    assert written.decode().strip() not in objection


def test_that_a_moment_tells_the_acquisition_where_its_date_is_silent(dataset, saved):
    dataset.AcquisitionDateTime = "20240803101500.0+1300"

    assert load_image(saved(dataset)).study.acquisition_date == date(2024, 8, 3)


def test_that_a_moment_of_another_day_than_the_acquisition_is_named(dataset, saved):
    dataset.AcquisitionDate, dataset.AcquisitionDateTime = "20240803", "20240720101500"

    study = load_image(saved(dataset)).study

    assert study.acquisition_date == date(2024, 8, 3)
    (objection,) = study.objections
    assert objection.startswith(
        "The acquisition date in the file (AcquisitionDateTime) is of another"
    )


def test_that_a_frames_own_moment_comes_before_that_of_the_file(dataset, saved):
    dataset.NumberOfFrames = 2
    dataset.PixelData *= 2
    dataset.AcquisitionDateTime = "20240803235800"
    with_moment_of_frame(dataset, "20240803235900", "20240804000100")
    path = saved(dataset)

    assert load_image(path, frame=1).study.acquisition_date == date(2024, 8, 3)
    assert load_image(path, frame=2).study.acquisition_date == date(2024, 8, 4)
    assert load_image(path, frame=2).study.objections == ()


def test_that_the_issuer_of_the_identifier_is_read(dataset, saved):
    dataset.IssuerOfPatientID = "NORTH"

    assert load_image(saved(dataset)).study.issuer == "NORTH"


def test_that_a_file_tells_where_it_belongs(dataset, saved):
    dataset.StudyTime, dataset.StudyID = "093015.25", "S-1"
    dataset.PatientName = "Yamada^Tarou=山田^太郎=やまだ^たろう"
    dataset.SpecificCharacterSet = "ISO_IR 192"

    study = load_image(saved(dataset)).study

    assert (study.study_time, study.study_id) == ("093015.25", "S-1")
    assert study.coded_name == "Yamada^Tarou=山田^太郎=やまだ^たろう"
    assert (study.study_uid, study.series_uid, study.instance_uid, study.sop_class_uid) == (
        dataset.StudyInstanceUID,
        dataset.SeriesInstanceUID,
        dataset.SOPInstanceUID,
        dataset.SOPClassUID,
    )
