"""What a DICOM file says of patient and study, damaged or not."""

from datetime import date

import pytest
from pydicom.dataset import Dataset

from tests.reading import load_image


def test_that_the_study_is_read(dataset, saved):
    study = load_image(saved(dataset)).study

    assert study.patient_id == "DEMO-001"
    assert study.patient_name == "Demonstration, Phantom"
    assert study.study_date == date(2026, 1, 15)
    assert (study.manufacturer, study.device) == ("FHC Desktop", "Drawn phantom")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Doe^Jane", "Doe, Jane"),
        ("Doe^Jane^Mary^Dr^PhD", "Doe, Jane Mary"),
        ("Doe", "Doe"),
        ("^Jane", "Jane"),
        ("Doe Jane", "Doe Jane"),
        ("", None),
        ("^^^^", None),
        ("=山田^花子", "山田 花子"),
        ("Yamada^Hanako=山田^花子=やまだ^はなこ", "Yamada, Hanako (山田 花子, やまだ はなこ)"),
    ],
)
def test_that_a_name_reads_family_first(dataset, saved, written, read):
    dataset.SpecificCharacterSet = "ISO_IR 192"
    dataset.PatientName = written

    assert load_image(saved(dataset)).study.patient_name == read


def test_that_a_damaged_date_or_name_costs_only_itself(dataset, saved):
    path = saved(dataset)
    path.write_bytes(path.read_bytes().replace(b"20260115", b"2026xx15"))

    study = load_image(path).study

    assert study.study_date is None
    assert study.patient_id == "DEMO-001"


def test_that_dates_and_numbers_of_the_patient_are_read(dataset, saved):
    dataset.PatientBirthDate = "19960504"
    dataset.LastMenstrualDate = "20250828"
    dataset.AccessionNumber = " A-1 "
    dataset.InstitutionName = "Clinic"

    study = load_image(saved(dataset)).study

    assert study.birth_date == date(1996, 5, 4)
    assert study.last_menstrual_date == date(2025, 8, 28)
    assert (study.accession_number, study.institution) == ("A-1", "Clinic")
    assert study.objections == ()


def test_that_a_date_that_is_none_is_named_and_not_quoted(dataset, saved):
    dataset.PatientBirthDate = "19960504"
    path = saved(dataset)
    path.write_bytes(path.read_bytes().replace(b"19960504", b"19961350"))

    study = load_image(path).study

    assert study.birth_date is None
    assert study.objections == (
        "The birth date in the file (PatientBirthDate) is no day of the calendar and is left out.",
    )


def test_that_neither_warnings_nor_logs_quote_the_file(dataset, saved, recwarn, caplog):
    dataset.SpecificCharacterSet = "ISO_IR 192"
    path = saved(dataset)
    path.write_bytes(path.read_bytes().replace(b"ISO_IR 192", b"SECRET_192"))
    caplog.set_level("DEBUG")

    load_image(path)

    assert not [warning for warning in recwarn if "SECRET" in str(warning.message)]
    assert "SECRET" not in caplog.text


@pytest.mark.parametrize(
    ("issuer", "universal", "read"),
    [
        ("NORTH", None, "NORTH"),
        (" NORTH ", "1.2.3", "NORTH"),
        ("", "1.2.3", "1.2.3"),
        (None, "1.2.3", "1.2.3"),
        (None, "", None),
        (None, None, None),
    ],
)
def test_that_who_gave_the_identifier_is_read(dataset, saved, issuer, universal, read):
    if issuer is not None:
        dataset.IssuerOfPatientID = issuer
    if universal is not None:
        qualifiers = Dataset()
        qualifiers.UniversalEntityID, qualifiers.UniversalEntityIDType = universal, "ISO"
        dataset.IssuerOfPatientIDQualifiersSequence = [qualifiers]

    assert load_image(saved(dataset)).study.issuer == read


def test_that_qualifiers_without_an_item_name_nobody(dataset, saved):
    dataset.IssuerOfPatientIDQualifiersSequence = []

    assert load_image(saved(dataset)).study.issuer is None
