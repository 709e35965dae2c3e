"""A name is one in every spelling, a number in every setting; what is measured is neither."""

import struct
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydicom.dataset import Dataset

from fhc_desktop.imaging.deidentified.identifying import Identifying


def of(**attributes):
    dataset = Dataset()
    for keyword, value in attributes.items():
        setattr(dataset, keyword, value)
    return Identifying.of(dataset)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *(("Müller^Zoë", text) for text in ("MUELLER ZOE", "Muller", "zoe-mueller", "XMULLERX")),
        *(("Strauß^Änne", text) for text in ("STRAUSS", "Aenne", "Anne S.")),
        *(("Sørensen^Åse", text) for text in ("SOERENSEN", "Sorensen", "AASE", "Ase")),
        *(("O'Neill-Roe^Mary Ann", text) for text in ("ONEILL", "Roe", "Mary-Ann", "O NEILL")),
        *(("Li^Na", text) for text in ("LI NA", "Na Li", "LINA")),
        *(("Yamada^Hanako=山田^花子", text) for text in ("HANAKO", "yamada", "山田花子")),
        ("Dr^^^Dr. med.=Łukasz", "LUKASZ"),
    ],
)
def test_that_a_name_is_found_in_every_spelling(name, text):
    assert of(PatientName=name).is_in_text(text)


@pytest.mark.parametrize("text", ["GE MEDICAL SYSTEMS", "Voluson S", "CURVED LINEAR", "Dr. Med."])
def test_that_other_words_are_no_name(text):
    assert not of(PatientName="Müller^Zoë^^Dr").is_in_text(text)


def test_that_physicians_and_whoever_is_nested_count_too():
    inner = Dataset()
    inner.PhysiciansOfRecord, inner.PatientID = "Roe^Richard", "AB-4711"
    found = of(RequestAttributesSequence=[inner], OperatorsName="Doe^Jane")

    assert found.is_in_text("Praxis Roe")
    assert found.is_in_text("DOE")
    assert found.is_in_text("ab 4711")
    assert found.is_number(4711)


def test_that_a_name_in_utf_8_counts_where_nothing_is_declared():
    dataset = Dataset()
    dataset.add_new(0x00100010, "PN", "Müller^Zoë".encode())

    assert Identifying.of(dataset).is_in_text("MUELLER")


@pytest.mark.parametrize(
    "written",
    ["19850312", "12031985", "850312", "85071", "0.19850312", "1985.0312", "1.9850312e3"],
)
def test_that_a_day_is_found_in_a_number(written):
    assert of(PatientBirthDate="19850312").is_in_measure(written)


@pytest.mark.parametrize("written", ["0.0259386", "799", "1985", "0.85071", "33.333333", "0"])
def test_that_a_scale_is_no_day(written):
    assert not of(PatientBirthDate="19850312", PatientID="799").is_in_measure(written)


@given(st.floats(0.001, 1), st.dates(date(1900, 1, 1)).map("{:%Y%m%d}".format))
def test_that_hardly_any_scale_is_lost_to_a_day(side_mm, born):
    written = f"{side_mm:.5f}"

    assert not of(PatientBirthDate=born).is_in_measure(written) or len(written.strip("0.")) > 5


@pytest.mark.parametrize("text", ["V19850312101500", "of 12 March 1985, 10:15", "unit-85071"])
def test_that_a_day_is_found_in_a_text(text):
    assert of(PatientBirthDate="19850312").is_in_text(text)


@pytest.mark.parametrize("written", [b"Mueller?", b"?relleuM"])
def test_that_letters_are_found_in_the_bytes_of_a_number(written):
    (number,) = struct.unpack("<d", written)

    assert of(PatientName="Müller^Zoë").is_in_bytes(number)
    assert not of(PatientName="Roe^Mary").is_in_bytes(number)


def test_that_a_damaged_element_says_nothing():
    dataset = Dataset()
    dataset.add_new(0x00100030, "UN", b"no day")
    dataset.PatientName = "Roe^Mary"

    found = Identifying.of(dataset)

    assert found.days == frozenset()
    assert found.is_in_text("Roe")
