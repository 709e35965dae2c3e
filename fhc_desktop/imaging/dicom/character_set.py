"""Text whose character set a DICOM file does not say, or says wrongly, is read as what it is.

Without SpecificCharacterSet text is ASCII (PS3.3 C.12.1.1.2); pydicom reads other bytes as
Latin-1, and so does this program unless they are UTF-8, which no Latin-1 text is by chance: a
letter would stand before a control character or a sign such as ¼.
"""

import warnings
from typing import Any

from pydicom.charset import convert_encodings, default_encoding
from pydicom.dataelem import RawDataElement
from pydicom.hooks import hooks, raw_element_value

_UTF_8 = "utf-8"
_LATIN_1 = "latin_1"
# In the others of one byte a letter, pairs that are UTF-8 too may be letters.
_OF_ONE_BYTE = ("iso8859", "iso_ir_1")
_WITH_A_CHARACTER_SET = ("LO", "LT", "PN", "SH", "ST", "UC", "UT")
_ESCAPE = b"\x1b"  # begins a change of character set amid the text
_SHOWN = (
    "PatientName",
    "PatientID",
    "IssuerOfPatientID",
    "AccessionNumber",
    "InstitutionName",
    "Manufacturer",
    "ManufacturerModelName",
    "StudyDescription",
    "SeriesDescription",
)
_COMPARE = "compare the name with the patient’s own."
_UNSAID = f"The file does not say, or not in words known here, which letters it uses: {_COMPARE}"
_WRONG = f"The file’s text is in UTF-8, though it says Latin-1, and is read so: {_COMPARE}"
_TWO_READINGS = (
    f"The file’s text can be read in the character set it names and as UTF-8: {_COMPARE}"
)
_UNFIT = f"The file’s text is not in the character set that it names: {_COMPARE}"


def read_text_as_it_is() -> None:
    """Let pydicom decode text, wherever it stands, by the rule of this module."""
    hooks.register_callback("raw_element_value", _value_of)


def objections_to_text(dataset: Any) -> tuple[str, ...]:
    """Return a sentence for each way in which a text that is shown may be read wrongly.

    It goes by the bytes, and so by elements that nobody has touched yet.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # they would quote the patient's data
        encodings = _encodings(dataset.original_character_set)
    written = (dataset.get_item(keyword) for keyword in _SHOWN)
    found = (
        _objection(element.value, encodings)
        for element in written
        if isinstance(element, RawDataElement) and element.value
    )
    return tuple(dict.fromkeys(sentence for sentence in found if sentence is not None))


def _value_of(
    raw: RawDataElement, data: dict[str, Any], *, encoding: Any = None, **others: Any
) -> None:
    if data["VR"] in _WITH_A_CHARACTER_SET and _is_utf_8(raw.value, _encodings(encoding)):
        encoding = [_UTF_8]
    raw_element_value(raw, data, encoding=encoding, **others)


def _is_utf_8(written: bytes | None, encodings: list[str]) -> bool:
    """Say whether bytes are UTF-8 although they ought to be of the first of these encodings."""
    return (
        encodings[0] in {default_encoding, _LATIN_1}
        and written is not None
        and not written.isascii()
        and _ESCAPE not in written
        and _fits(written, _UTF_8)
    )


def _objection(written: bytes, encodings: list[str]) -> str | None:
    if written.isascii() or _ESCAPE in written:
        return None
    declared = encodings[0]
    is_utf_8 = _fits(written, _UTF_8)
    if declared == default_encoding:
        return None if is_utf_8 else _UNSAID
    if not _fits(written, declared):
        return _UNFIT
    if is_utf_8 and declared == _LATIN_1:
        return _WRONG
    return _TWO_READINGS if is_utf_8 and declared.startswith(_OF_ONE_BYTE) else None


def _fits(written: bytes, encoding: str) -> bool:
    try:
        written.decode(encoding)
    except (LookupError, UnicodeError):
        return False
    return True


def _encodings(found: Any) -> list[str]:
    return convert_encodings(found) if found else [default_encoding]
