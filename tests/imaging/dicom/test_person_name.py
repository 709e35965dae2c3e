"""Names in every character set that DICOM knows, as they are read on the screen."""

import pydicom
import pytest
from pydicom.data import get_charset_files

from fhc_desktop.imaging.dicom.header import header_fields
from fhc_desktop.imaging.dicom.person_name import coded_person, shown_person

# The names are those of PS3.5 annexes H to K and of the test set that pydicom carries.
NAMES = {
    "chrArab": "قباني, لنزار",
    "chrFren": "Buc, Jérôme",
    "chrFrenMulti": "Buc, Jérôme",
    "chrGerm": "Äneas, Rüdiger",
    "chrGreek": "Διονυσιος",
    "chrH31": "Yamada, Tarou (山田 太郎, やまだ たろう)",
    "chrH32": "ﾔﾏﾀﾞ, ﾀﾛｳ (山田 太郎, やまだ たろう)",
    "chrHbrw": "שרון, דבורה",
    "chrI2": "Hong, Gildong (洪 吉洞, 홍 길동)",
    "chrJapMulti": "やまだ, たろう",
    "chrKoreanMulti": "김희중",
    "chrRuss": "Люкceмбypг",
    "chrX1": "Wang, XiaoDong (王 小東)",
    "chrX2": "Wang, XiaoDong (王 小东)",
}


@pytest.mark.parametrize(("file", "shown"), NAMES.items(), ids=NAMES)
def test_that_a_name_of_each_character_set_is_shown_as_it_is_written(file, shown):
    (path,) = get_charset_files(f"{file}.dcm")

    assert header_fields(pydicom.dcmread(path))["patient_name"] == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Doe^Jane^Mary^Dr^PhD", "Doe, Jane Mary"),
        ("=山田^花子", "山田 花子"),
        ("Kim^Mina==김^미나", "Kim, Mina (김 미나)"),
        ("Kim^Mina=Kim^Mina", "Kim, Mina (Kim Mina)"),
        ("Doe^Jane=^=^", "Doe, Jane"),
        ("A=B=C=D", "A (B, C)"),
        ("Doe\x1b^Jane\n", "Doe, Jane"),
    ],
)
def test_that_all_groups_of_a_name_are_shown_in_one_line(written, shown):
    assert shown_person(written) == shown


def test_that_a_name_of_ten_thousand_letters_is_cut():
    assert len(shown_person("A" * 10_000)) == 128


def test_that_an_empty_name_is_none():
    assert shown_person("^^^^=^=") is None


@pytest.mark.parametrize(
    ("written", "coded"),
    [
        ("Doe^Jane^Mary^Dr^PhD", "Doe^Jane^Mary^Dr^PhD"),
        ("Yamada^Tarou=山田^太郎=やまだ^たろう", "Yamada^Tarou=山田^太郎=やまだ^たろう"),
        ("=山田^花子", "=山田^花子"),
        ("Doe^Jane^^^=^=^", "Doe^Jane"),
        ("Doe\x1b^Jane\n", "Doe^Jane"),
        ("^Jane", "^Jane"),
        ("^^^^=^=", None),
        ("", None),
        ("A" * 65, None),
        ("A=B=C=D", None),
    ],
)
def test_that_a_name_can_be_written_again_as_it_was_coded(written, coded):
    assert coded_person(written) == coded
