"""Images are grouped by what their headers say, and nobody's land under another's name."""

from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.catalogue import Catalogue, ImageHeader, Unlisted, catalogued
from fhc_desktop.domain.errors import FhcError


def header(name, **fields):
    return ImageHeader(Path("disc") / name, **fields)


headers = st.builds(
    header,
    st.text("ab12", min_size=1, max_size=3),
    patient_id=st.sampled_from(["", "1", "2"]),
    patient_name=st.sampled_from(["", "Doe, Jane", "Roe, Ann"]),
    study_uid=st.sampled_from(["", "1.2", "1.3"]),
    study_date=st.sampled_from([None, date(2024, 1, 1), date(2025, 1, 1)]),
    series_uid=st.sampled_from(["", "1.2.1", "1.2.2"]),
    series_number=st.sampled_from([None, 1, 2]),
    instance_number=st.sampled_from([None, 1, 2, 10]),
)


@given(st.lists(headers, max_size=12))
def test_that_each_image_is_listed_once_below_its_own_patient_study_and_series(given_headers):
    patients = catalogued(given_headers)

    assert sorted(map(repr, Catalogue(Path("disc"), patients).images)) == sorted(
        map(repr, given_headers)
    )
    for patient in patients:
        for study in patient.studies:
            for series in study.series:
                for image in series.images:
                    assert image.patient_id == patient.first.patient_id
                    assert image.patient_name == patient.first.patient_name
                    assert image.study_uid == study.first.study_uid
                    assert image.series_uid == series.first.series_uid


def test_that_one_identifier_with_two_names_is_two_patients():
    patients = catalogued(
        [
            header("a", patient_id="1", patient_name="Doe, Jane"),
            header("b", patient_id="1", patient_name="Roe, Ann"),
        ]
    )

    assert [patient.first.patient_name for patient in patients] == ["Doe, Jane", "Roe, Ann"]


def test_that_images_without_a_header_are_together_by_their_folder_and_come_last():
    named = header("z/IM1", patient_id="1", series_uid="1.2")
    patients = catalogued([header("b/2.png"), header("a/10.png"), header("a/2.png"), named])

    assert patients[0].first == named
    assert [
        [image.path.name for image in series.images] for series in patients[1].studies[0].series
    ] == [["2.png", "10.png"], ["2.png"]]
    assert all(series.is_folder for series in patients[1].studies[0].series)


def test_that_series_and_images_stand_in_the_order_of_their_numbers():
    def numbered(series, instance):
        return header(
            f"{series}-{instance}",
            patient_id="1",
            study_uid="1.2",
            series_uid=f"1.2.{series}",
            series_number=series,
            instance_number=instance,
        )

    (patient,) = catalogued([numbered(10, 2), numbered(2, 10), numbered(10, 1), numbered(2, 9)])

    assert [
        [image.instance_number for image in series.images] for series in patient.studies[0].series
    ] == [[9, 10], [1, 2]]


def test_that_what_has_no_number_comes_after_all_that_have_one():
    def numbered(name, series, instance):
        return header(
            name,
            study_uid="1.2",
            series_uid=f"1.2.{series}",
            series_number=series,
            instance_number=instance,
        )

    (patient,) = catalogued(
        [numbered(name, series, instance) for name, series, instance in (
            ("a", None, 1), ("b10", 3, None), ("c", 3, 1), ("d", 3, 0), ("b2", 3, None), ("e", 0, 1)
        )]
    )  # fmt: skip

    assert [
        [image.path.name for image in series.images] for series in patient.studies[0].series
    ] == [["e"], ["d", "c", "b2", "b10"], ["a"]]


def test_that_a_file_that_is_not_listed_says_why_and_what_to_do():
    fault = FhcError("torn.dcm ends too early.", "Copy it again.")

    assert Unlisted.of(Path("torn.dcm"), fault) == Unlisted(
        Path("torn.dcm"), "torn.dcm ends too early.", "Copy it again."
    )


def test_that_a_series_is_one_wherever_its_files_lie():
    (patient,) = catalogued(
        [header("b/2", series_uid="1.2"), header("a/10", series_uid="1.2"), header("a/2")]
    )

    listed = [
        [image.path.as_posix() for image in series.images] for series in patient.studies[0].series
    ]
    assert sorted(listed) == [["disc/a/2"], ["disc/b/2", "disc/a/10"]]


def test_that_equal_names_stand_in_the_order_of_their_folders():
    (patient,) = catalogued([header(f"{folder}/1", series_uid="1.2") for folder in "bca"])

    assert [image.path.parent.name for image in patient.studies[0].series[0].images] == [*"abc"]
