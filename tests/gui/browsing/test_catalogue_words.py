"""Patients, studies, series and images are called by what is known of them, and by no more."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fhc_desktop.domain.catalogue import (
    Catalogue,
    ImageHeader,
    ListedPatient,
    ListedSeries,
    ListedStudy,
    Unlisted,
    catalogued,
)
from fhc_desktop.gui.browsing.catalogue_words import (
    image_words,
    patient_words,
    series_words,
    study_words,
    title,
)

FULL = ImageHeader(
    Path("/disc/A/IM1"),
    patient_id="4711",
    patient_name="Zoë Müller",
    study_uid="1.2",
    study_date=date(2026, 5, 30),
    study_description="Second trimester",
    series_uid="1.2.3",
    series_number=4,
    series_description="Head",
    modality="US",
    instance_number=7,
    frame_count=30,
    rows=540,
    columns=800,
)
BARE = ImageHeader(Path("/scans/head.png"))


def series(*images):
    return ListedSeries(images)


def study(*images):
    return ListedStudy((series(*images),))


def patient(image):
    return ListedPatient((study(image),))


@pytest.mark.parametrize(
    ("image", "words"),
    [
        (FULL, ("Zoë Müller", "4711")),
        (replace(FULL, patient_name=""), ("4711", "patient without a name")),
        (BARE, ("No patient named", "")),
    ],
)
def test_that_a_patient_is_called_by_name_or_identifier(image, words):
    assert patient_words(patient(image)) == words


@pytest.mark.parametrize(
    ("image", "words"),
    [
        (FULL, ("2026-05-30", "Second trimester")),
        (replace(FULL, study_date=None), ("study without a date", "Second trimester")),
        (BARE, ("No study", "")),
    ],
)
def test_that_a_study_is_called_by_its_day(image, words):
    assert study_words(study(image)) == words


@pytest.mark.parametrize(
    ("images", "words"),
    [
        ((FULL, FULL), ("US  series 4  Head", "2 images")),
        ((replace(FULL, series_number=None, modality=""),), ("series  Head", "1 image")),
        ((BARE,), ("scans", "1 image")),
    ],
)
def test_that_a_series_is_called_by_number_and_description_or_by_its_folder(images, words):
    assert series_words(series(*images)) == words


@pytest.mark.parametrize(
    ("image", "words"),
    [
        (FULL, ("Image 7", "800 × 540  ·  30 frames  ·  IM1")),
        (replace(FULL, frame_count=1, rows=None), ("Image 7", "IM1")),
        (BARE, ("head.png", "")),
    ],
)
def test_that_an_image_is_called_by_number_or_file_with_what_is_known_of_its_size(image, words):
    assert image_words(image) == words


def test_that_the_title_counts_what_was_found_and_what_could_not_be_opened():
    place = Path("/disc")
    broken = Unlisted(place / "x", "x is damaged.", "")

    assert title(Catalogue(place, catalogued([FULL]))) == "disc  ·  1 image"
    assert title(Catalogue(place, catalogued([FULL, BARE]), (broken, broken))) == (
        "disc  ·  2 images  ·  2 files not opened"
    )


def test_that_a_report_is_called_one_and_counts_as_none_of_the_images():
    report = replace(FULL, path=Path("/disc/A/SR1"), series_uid="1.2.9", is_report=True)
    found = Catalogue(Path("/disc"), catalogued([FULL, report]))

    assert image_words(report) == ("Structured Report", "SR1")
    assert title(found) == "disc  ·  1 image  ·  1 report"
    assert series_words(ListedSeries((report,)))[1] == "1 report"
