"""Text of no declared character set, and of a wrong one, is read as what its bytes are."""

from io import BytesIO

import pydicom
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydicom.dataset import Dataset

from fhc_desktop.imaging.dicom.header import header_fields
from fhc_desktop.imaging.dicom.study import read_study

LATIN_LETTERS = "abcdefghijklmnopqrstuvwxyzäöüßéèçñåøæÄÖÜÉ"


def as_read(character_set=None, **written):
    """Return a data set as it is read whose elements hold these bytes."""
    dataset = Dataset()
    if character_set is not None:
        dataset.SpecificCharacterSet = character_set
    for keyword, value in written.items():
        setattr(dataset, keyword, "x" * len(value))
    return read_back(dataset, *(("x" * len(value), value) for value in written.values()))


def read_back(dataset, *replacements):
    """Write a data set, put bytes in the place of letters, and read it again."""
    file = BytesIO()
    with pydicom.config.disable_value_validation():
        pydicom.dcmwrite(file, dataset, implicit_vr=False, little_endian=True)
    content = file.getvalue()
    for letters, written in replacements:
        content = content.replace(letters.encode(), written, 1)
    return pydicom.dcmread(BytesIO(content), force=True)


def name_and_objections(character_set, written):
    dataset = as_read(character_set, PatientName=written)
    study = read_study(dataset, frame=1)
    return study.patient_name, study.objections


@pytest.mark.parametrize("character_set", [None, "", "ISO_IR 6", "ISO 2022 IR 6", "UNKNOWN"])
@pytest.mark.parametrize("name", ["Müller^Bärbel", "Иванова^Анна", "山田^花子", "Nguyễn^Thị"])
def test_that_utf_8_is_read_where_the_file_does_not_say(character_set, name):
    shown = name.replace("^", " " if name.startswith("山田") else ", ").replace("山田 ", "山田, ")

    assert name_and_objections(character_set, name.encode()) == (shown, ())


@pytest.mark.parametrize("character_set", [None, "", "ISO_IR 6"])
def test_that_other_bytes_are_latin_1_and_told(character_set):
    name, objections = name_and_objections(character_set, "Müller^Bärbel".encode("latin-1"))

    assert name == "Müller, Bärbel"
    assert "does not say" in objections[0]
    assert "compare the name" in objections[0]


def test_that_utf_8_under_the_name_of_latin_1_is_read_and_told():
    name, objections = name_and_objections("ISO_IR 100", "Müller^Bärbel".encode())

    assert name == "Müller, Bärbel"
    assert "is in UTF-8, though it says Latin-1" in objections[0]


def test_that_another_sets_own_reading_holds_and_the_second_is_told():
    written = "ТАТА".encode("iso8859-5")

    name, objections = name_and_objections("ISO_IR 144", written)

    assert written.decode() != name == "ТАТА"
    assert "and as UTF-8" in objections[0]


def test_that_text_outside_its_own_set_is_told():
    name, objections = name_and_objections("ISO_IR 192", "Müller".encode("latin-1"))

    assert name == "M\ufffdller"
    assert "not in the character set that it names" in objections[0]


@pytest.mark.parametrize("character_set", [None, "ISO_IR 100", "ISO_IR 192", "ISO_IR 144"])
def test_that_plain_letters_need_no_word(character_set):
    assert name_and_objections(character_set, b"Muller^Barbel") == ("Muller, Barbel", ())


@given(st.text(LATIN_LETTERS, min_size=1, max_size=30))
def test_that_every_declared_name_is_read_as_declared(name):
    for character_set, encoding in (("ISO_IR 100", "latin-1"), ("ISO_IR 192", "utf-8")):
        assert name_and_objections(character_set, name.encode(encoding)) == (name, ())


@given(st.text(min_size=1, max_size=20).filter(lambda text: text.isalnum()))
def test_that_every_name_in_utf_8_is_itself_without_a_character_set(name):
    assert name_and_objections(None, name.encode()) == (name, ())


def test_that_each_value_is_read_by_its_own_bytes():
    dataset = as_read(
        InstitutionName="Klinik Köln".encode("latin-1"),
        StudyDescription="Schädel".encode(),
        PatientName="Jérôme".encode(),
    )

    study = read_study(dataset, frame=1)

    assert (study.patient_name, study.institution) == ("Jérôme", "Klinik Köln")
    assert header_fields(dataset)["study_description"] == "Schädel"
    assert len(study.objections) == 1


def test_that_text_in_a_sequence_is_read_alike():
    item = Dataset()
    item.UniversalEntityID = "xxxxx"
    dataset = Dataset()
    dataset.IssuerOfPatientIDQualifiersSequence = [item]

    assert read_study(read_back(dataset, ("xxxxx", "Köln".encode())), frame=1).issuer == "Köln"
