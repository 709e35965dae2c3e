"""The header of a de-identified DICOM file: what is known to be harmless, and nothing else.

PS3.15 Annex E lists what must go. Here is listed what may stay, so that an attribute that nobody
thought of, a private one above all, is left out and not left in.
"""

import math
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from pydicom.datadict import dictionary_VR, tag_for_keyword
from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset
from pydicom.uid import UID

from fhc_desktop.domain.pseudonym import PseudonymKey, shifted
from fhc_desktop.imaging.dicom.dates import read_date
from fhc_desktop.imaging.dicom.scale_doubt import speaks_of_another_grid

# Numbers and codes that describe picture, scale, timing and probe.
_KEPT = (
    "Modality",
    "SeriesNumber",
    "InstanceNumber",
    "PatientOrientation",
    "Manufacturer",
    "ManufacturerModelName",
    "FrameTime",
    "FrameTimeVector",
    "FrameIncrementPointer",
    "FrameDelay",
    "CineRate",
    "RecommendedDisplayFrameRate",
    "StartTrim",
    "StopTrim",
    "EffectiveDuration",
    "ActualFrameDuration",
    "PreferredPlaybackSequencing",
    "TransducerType",
    "MechanicalIndex",
    "BoneThermalIndex",
    "CranialThermalIndex",
    "SoftTissueThermalIndex",
    "DepthOfScanField",
    "UltrasoundColorDataPresent",
    "PixelSpacing",
    "PixelSpacingCalibrationType",
    "ImagerPixelSpacing",
    "NominalScannedPixelSpacing",
    "PixelAspectRatio",
    "LossyImageCompression",
    "LossyImageCompressionRatio",
    "LossyImageCompressionMethod",
    # Dates are moved, times of day kept.
    "StudyDate",
    "SeriesDate",
    "AcquisitionDate",
    "ContentDate",
    "AcquisitionDateTime",
    "LastMenstrualDate",
    "StudyTime",
    "SeriesTime",
    "AcquisitionTime",
    "ContentTime",
    # Identifiers are replaced.
    "SOPClassUID",
    "SOPInstanceUID",
    "StudyInstanceUID",
    "SeriesInstanceUID",
    "FrameOfReferenceUID",
    "ReferencedImageSequence",
    "SourceImageSequence",
    "ReferencedSOPClassUID",
    "ReferencedSOPInstanceUID",
    "ReferencedFrameNumber",
    # An enhanced object keeps its scale in here.
    "SharedFunctionalGroupsSequence",
    "PerFrameFunctionalGroupsSequence",
    "PixelMeasuresSequence",
    "SequenceOfUltrasoundRegions",
    "RegionSpatialFormat",
    "RegionDataType",
    "RegionFlags",
    "RegionLocationMinX0",
    "RegionLocationMinY0",
    "RegionLocationMaxX1",
    "RegionLocationMaxY1",
    "ReferencePixelX0",
    "ReferencePixelY0",
    "ReferencePixelPhysicalValueX",
    "ReferencePixelPhysicalValueY",
    "PhysicalUnitsXDirection",
    "PhysicalUnitsYDirection",
    "PhysicalDeltaX",
    "PhysicalDeltaY",
    "TransducerFrequency",
    "PulseRepetitionFrequency",
    "DopplerCorrectionAngle",
    "SteeringAngle",
)
_TAGS = frozenset(int(tag_for_keyword(keyword) or 0) for keyword in _KEPT)
# Required in every image, without a value.
_EMPTIED = (
    "PatientBirthDate",
    "PatientSex",
    "StudyID",
    "AccessionNumber",
    "ReferringPhysicianName",
    "StudyDate",
    "StudyTime",
)
_IDENTIFYING = (
    "PatientName",
    "PatientID",
    "OtherPatientIDs",
    "OtherPatientNames",
    "PatientBirthName",
    "AccessionNumber",
)
_APPLICATIONS = {
    *("ABDOMINAL", "BREAST", "CHEST", "ENDOCAVITARY", "ENDORECTAL", "ENDOVAGINAL", "EPICARDIAL"),
    *("FETAL HEART", "GYNECOLOGY", "INTRACARDIAC", "INTRAOPERATIVE", "INTRAVASCULAR"),
    *("MUSCULOSKELETAL", "NEONATAL HEAD", "OBSTETRICAL", "OPHTHALMIC", "PEDIATRIC", "PELVIC"),
    *("RETROPERITONEAL", "SCROTAL", "SMALL PARTS", "TEE", "THYROID", "TRANSCRANIAL", "TTE"),
    *("US BIOPSY", "VASCULAR"),
}
_SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7"
_BASIC_PROFILE = ("113100", "Basic Application Confidentiality Profile")
_MODIFIED_DATES = ("113107", "Retain Longitudinal Temporal Information Modified Dates Option")
_CLEAN_PIXELS = ("113101", "Clean Pixel Data Option")
_METHOD = "FHC Desktop: PS3.15 basic profile; only listed attributes kept"
_RESAMPLED = ("113085", "Spatial resampling")
_SHORTEST_WORD = 3
_DEEPEST = 4
_MOST_ITEMS = 20_000
_LONGEST_TEXT = 64
_CODE = re.compile(r"[A-Z0-9_ ]{0,16}")
_TIME = re.compile(r"\d{2}(\d{2}(\d{2}(\.\d{1,6})?)?)?")
_DATE_TIME = re.compile(r"(\d{8})(\d{2,6}(\.\d{1,6})?)?([+-]\d{4})?")
_INTEGERS = {"IS", "US", "SS", "UL", "SL", "AT"}
_FRACTIONS = {"DS", "FD", "FL"}


@dataclass(frozen=True, slots=True)
class NewIdentity:
    """Who a patient is in one export, and what may not stand in any text of hers."""

    key: PseudonymKey
    patient: str
    words: frozenset[str]

    @classmethod
    def of(cls, dataset: Any, key: PseudonymKey, *, fallback: str) -> "NewIdentity":
        """Tell patients apart by identifier, else name and birth date, else study or file."""
        number = _text(dataset, "PatientID")
        name = _text(dataset, "PatientName")
        if number:
            patient = f"id {_text(dataset, 'IssuerOfPatientID')}\0{number}"
        elif name:
            patient = f"name {name.casefold()}\0{_text(dataset, 'PatientBirthDate')}"
        else:
            patient = f"study {_text(dataset, 'StudyInstanceUID') or fallback}"
        return cls(key, patient, _identifying_words(dataset))

    @property
    def name(self) -> str:
        return self.key.name(self.patient)


def deidentified_header(dataset: Any, identity: NewIdentity, *, is_looked_at: bool) -> Dataset:
    """Return a new header without pixels; ``is_looked_at`` says that a human saw every picture.

    Dates are moved by the patient's own number of whole days, the last menstrual period with
    them, so that the gestational age stays what it was (option 113107).
    """
    header = _kept(dataset, identity, depth=0)
    for keyword in _EMPTIED:
        if keyword not in header:
            setattr(header, keyword, "")
    header.PatientID = header.PatientName = identity.name
    for keyword in ("SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID"):
        if not header.get(keyword):
            setattr(header, keyword, identity.key.uid(f"{keyword} {identity.patient}"))
    if not header.get("SOPClassUID"):
        header.SOPClassUID = _SECONDARY_CAPTURE
    header.ImageType = _image_type(dataset)
    _tell_resampling(header, dataset)
    if is_looked_at:
        header.BurnedInAnnotation = "NO"
    elif _text(dataset, "BurnedInAnnotation") == "YES":
        header.BurnedInAnnotation = "YES"
    header.PatientIdentityRemoved = "YES"
    header.LongitudinalTemporalInformationModified = "MODIFIED"
    header.DeidentificationMethod = _METHOD
    codes = [_BASIC_PROFILE, _MODIFIED_DATES, *([_CLEAN_PIXELS] if is_looked_at else [])]
    header.DeidentificationMethodCodeSequence = [_code(*code) for code in codes]
    return header


def _tell_resampling(header: Dataset, dataset: Any) -> None:
    """Say by a code what words said: they are gone, and the copy's scale would be believed."""
    if speaks_of_another_grid(dataset):
        header.DerivationCodeSequence = [_code(*_RESAMPLED)]


def _kept(dataset: Any, identity: NewIdentity, *, depth: int) -> Dataset:
    kept = Dataset()
    for tag in sorted(_TAGS.intersection(map(int, dataset.keys()))):
        # pydicom decodes an element when it is touched: what is damaged is left out.
        with suppress(Exception):
            value_representation = dictionary_VR(tag)
            if value_representation == "SQ":
                items = _items(dataset[tag].value, identity, depth)
                if items:
                    kept.add(DataElement(tag, "SQ", items))
                continue
            value = _cleaned(dataset[tag].value, value_representation, identity)
            if value not in (None, "", []):
                kept.add(DataElement(tag, value_representation, value))
    return kept


def _items(sequence: Any, identity: NewIdentity, depth: int) -> list[Dataset]:
    if depth >= _DEEPEST:
        return []
    items = list(sequence or ())[:_MOST_ITEMS]
    return [_kept(item, identity, depth=depth + 1) for item in items]


def _cleaned(value: Any, value_representation: str, identity: NewIdentity) -> Any:
    is_many = hasattr(value, "__iter__") and not isinstance(value, str | bytes)
    values = [
        _cleaned_one(one, value_representation, identity) for one in (value if is_many else [value])
    ]
    # One value that cannot be kept makes the others mean something else.
    if any(one is None for one in values):
        return None
    return values if is_many else values[0]


def _cleaned_one(value: Any, value_representation: str, identity: NewIdentity) -> Any:
    if value_representation in _INTEGERS:
        # A series may be numbered as its patient is.
        is_hers = value_representation == "IS" and str(int(value)) in identity.words
        return None if is_hers else int(value)
    if value_representation in _FRACTIONS:
        return _fraction(value, value_representation)
    text = str(value).strip("\0 ")
    if value_representation == "UI":
        return _new_uid(text, identity.key)
    if value_representation in {"DA", "DT"}:
        return _moved(text, value_representation, identity)
    fits = _FITTING.get(value_representation)
    if fits is None or not fits(text) or identity.words.intersection(_words(text)):
        return None
    return text


def _fraction(value: Any, value_representation: str) -> Any:
    number = float(value)
    if not math.isfinite(number):
        return None
    # The file's own digits: PixelSpacing would otherwise change in the last of them.
    original = str(getattr(value, "original_string", value)).strip()
    return original if value_representation == "DS" else number


_FITTING: dict[str, Callable[[str], object]] = {
    "CS": _CODE.fullmatch,
    "TM": _TIME.fullmatch,
    "LO": lambda text: text.isascii() and text.isprintable() and len(text) <= _LONGEST_TEXT,
}


def _new_uid(text: str, key: PseudonymKey) -> str | None:
    """Replace what names an instance; what the standard names, such as a SOP class, is kept."""
    if not text:
        return None
    return key.uid(text) if UID(text).name == text else text


def _moved(text: str, value_representation: str, identity: NewIdentity) -> str | None:
    rest = ""
    if value_representation == "DT":
        found = _DATE_TIME.fullmatch(text)
        if found is None:
            return None
        text, rest = found[1], found[2] or ""  # the zone would tell the country
    moved = shifted(read_date(text), identity.key.shift_days(identity.patient))
    return None if moved is None else f"{moved:%Y%m%d}".rjust(8, "0") + rest


def _image_type(dataset: Any) -> list[str]:
    """Return DERIVED, the second value where it is one of the two, and the kind of examination."""
    written: list[str] = []
    with suppress(Exception):
        written = [str(value).strip() for value in dataset.get("ImageType") or ()]
    second = "SECONDARY" if "SECONDARY" in written[1:2] else "PRIMARY"
    return ["DERIVED", second, *(value for value in written[2:3] if value in _APPLICATIONS)]


def _code(value: str, meaning: str) -> Dataset:
    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = value, "DCM", meaning
    return item


def _identifying_words(dataset: Any) -> frozenset[str]:
    return frozenset(word for name in _IDENTIFYING for word in _words(_text(dataset, name)))


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[\W_]+", text.casefold()) if len(word) >= _SHORTEST_WORD]


def _text(dataset: Any, keyword: str) -> str:
    with suppress(Exception):
        return str(dataset.get(keyword) or "").strip("\0 ")
    return ""
