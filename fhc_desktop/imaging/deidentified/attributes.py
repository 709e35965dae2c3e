"""The header of a de-identified DICOM file: what is known to be harmless, and nothing else.

PS3.15 Annex E lists what must go. Here is listed what may stay, so that an attribute that nobody
thought of, a private one above all, is left out and not left in.
"""

from contextlib import suppress
from typing import Any

from pydicom.datadict import dictionary_VR, keyword_for_tag, tag_for_keyword
from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset

from fhc_desktop.imaging.deidentified.device_names import DeviceNames, device_names
from fhc_desktop.imaging.deidentified.kept_attributes import KEPT, Kind
from fhc_desktop.imaging.deidentified.new_identity import NewIdentity, written_text
from fhc_desktop.imaging.deidentified.values import cleaned
from fhc_desktop.imaging.dicom.element import optional
from fhc_desktop.imaging.dicom.scale_doubt import speaks_of_another_grid

_TAGS = frozenset(int(tag_for_keyword(keyword) or 0) for keyword in KEPT)
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
# C.8.5.6.1.1
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
_UTF_8 = "ISO_IR 192"
_METHOD = "FHC Desktop: PS3.15 basic profile; only listed attributes kept"
_RESAMPLED = ("113085", "Spatial resampling")
_DEEPEST = 4
_MOST_ITEMS = 20_000


def deidentified_header(
    dataset: Any, identity: NewIdentity, *, vouched: frozenset[str], is_looked_at: bool
) -> tuple[Dataset, DeviceNames]:
    """Return a new header without pixels, and what it says of the device and what not.

    ``vouched`` are names of devices that the user was shown and keeps; ``is_looked_at`` says that
    a human saw every picture. Dates are moved by the patient's own number of whole days, the last
    menstrual period with them, so that the gestational age stays what it was (option 113107).
    """
    header = _kept(dataset, identity, depth=0)
    named, devices = device_names(dataset, vouched, identity.identifying.is_in_text)
    header.SpecificCharacterSet = _UTF_8  # what is not a device's name is of ASCII
    for keyword, name in named.items():
        setattr(header, keyword, name)
    _fill_what_is_required(header, identity)
    header.ImageType = _image_type(dataset)
    _tell_resampling(header, dataset)
    if is_looked_at:
        header.BurnedInAnnotation = "NO"
    elif written_text(dataset, "BurnedInAnnotation") == "YES":
        header.BurnedInAnnotation = "YES"
    header.PatientIdentityRemoved = "YES"
    header.LongitudinalTemporalInformationModified = "MODIFIED"
    header.DeidentificationMethod = _METHOD
    codes = [_BASIC_PROFILE, _MODIFIED_DATES, *([_CLEAN_PIXELS] if is_looked_at else [])]
    header.DeidentificationMethodCodeSequence = [_code(*code) for code in codes]
    return header, devices


def _fill_what_is_required(header: Dataset, identity: NewIdentity) -> None:
    for keyword in _EMPTIED:
        if keyword not in header:
            setattr(header, keyword, "")
    header.PatientID = header.PatientName = identity.name
    for keyword in ("SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID"):
        if not header.get(keyword):
            setattr(header, keyword, identity.key.uid(f"{keyword} {identity.patient}"))
    if not header.get("SOPClassUID"):
        header.SOPClassUID = _SECONDARY_CAPTURE


def _tell_resampling(header: Dataset, dataset: Any) -> None:
    """Say by a code what words said: they are gone, and the copy's scale would be believed."""
    if optional(lambda: speaks_of_another_grid(dataset)):
        header.DerivationCodeSequence = [_code(*_RESAMPLED)]


def _kept(dataset: Any, identity: NewIdentity, *, depth: int) -> Dataset:
    kept = Dataset()
    for tag in sorted(_TAGS.intersection(map(int, dataset.keys()))):
        # pydicom decodes an element when it is touched: what is damaged is left out.
        with suppress(Exception):
            rule = KEPT[keyword_for_tag(tag)]
            value = dataset[tag].value
            harmless = (
                _items(value, identity, depth)
                if rule is Kind.ITEMS
                else cleaned(value, rule, dictionary_VR(tag), identity)
            )
            if harmless not in (None, "", []):
                kept.add(DataElement(tag, dictionary_VR(tag), harmless))
    return kept


def _items(sequence: Any, identity: NewIdentity, depth: int) -> list[Dataset]:
    if depth >= _DEEPEST:
        return []
    items = list(sequence or ())[:_MOST_ITEMS]
    return [_kept(item, identity, depth=depth + 1) for item in items]


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
