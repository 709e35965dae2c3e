"""Signs that a DICOM file's pixels are not those that its scale was written for.

Programs that scale or crop a picture often leave its scale as it was: DCMTK's dcmscale, for one.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from fhc_desktop.domain.image.calibration import PictureSize

# Scanners write the last pixel or the one behind it; a pixel more is another picture's.
_BEYOND_PX = 1
_CORNERS = ("MinX0", "MinY0", "MaxX1", "MaxY1")
# PS3.16 CID 7203, Image Derivation.
_SPATIAL_RESAMPLING = ("113085", "DCM")
_DERIVED = "DERIVED"
_ANOTHER_PICTURE = "it was scaled or cropped after its scale was written."

# Grey levels, colours and moments are scaled and sampled too; JPEG thins out colours as a rule.
_OTHER = (
    r"(?:intensit\w+|gr[ae]y\s?(?:scales?|levels?|values?)?|(?:pixel\s+)?values?|\d*\s?bits?"
    r"|contrast|window\w*|colou?rs?|chrom\w+|signal|temporal(?:ly)?|time|frame\s+rate)"
)
_ALSO_OF_OTHER = r"(?:re|sub|up|down)?-?(?:scal|clipp|interpolat|sampl)\w+"
_OF_OTHER = re.compile(
    rf"\b{_OTHER}\s+{_ALSO_OF_OTHER}|\b{_ALSO_OF_OTHER}\s+(?:(?:of|the|to|in|all)\s+)*"
    rf"(?:{_OTHER}\b|4:\d:\d)",
    re.IGNORECASE,
)
_CHANGED_GRID = (
    # What English-speaking programs write; dcmscale says "Scaled image" and "Clipped ...".
    r"(?:re|up|down)?-?scal(?:ed|ing)\b",
    r"(?:re|sub|up|down|over|under)-?sampl\w+",
    r"resiz\w+",
    r"crop(?:ped|ping|s)?\b",
    r"clipp(?:ed|ing)\b",
    r"padded\b",
    r"padding\b",
    r"zoom(?:ed|ing)?\b",
    r"magnif\w+",
    r"minif\w+",
    r"enlarg\w+",
    r"shr[iu]nk\w*",
    r"interpolat\w+",
    r"decimat\w+",
    r"(?:size|resolution|matrix)\s+reduc\w+",
    r"reduc\w+\s+(?:in\s+|of\s+)?(?:the\s+)?(?:size|resolution|matrix)\b",
    # The same in German, French, Spanish, Portuguese and Italian.
    r"(?:um|hoch|herunter)?skalier\w+",
    r"verkleinert\w*",
    r"vergr(?:ö|oe)(?:ß|ss)ert\w*",
    r"zugeschnitten\w*",
    r"beschnitten\w*",
    r"r[eé]+[eé]chantillon\w+",
    r"r[ei]dimens\w+",
    r"recadr\w+",
    r"r?e?escalad\w+",
    r"recortad\w+",
    r"ritagliat\w+",
    r"ricampionat\w+",
)
_SPEAKS_OF_IT = re.compile(rf"\b(?:{'|'.join(_CHANGED_GRID)})", re.IGNORECASE)
_DENIED = re.compile(
    rf"\b(?:not|no|non|never|without)[\s-]+(?:been\s+|spatial(?:ly)?\s+)?(?:{'|'.join(_CHANGED_GRID)})",
    re.IGNORECASE,
)


def doubt_of_scale(dataset: Any, size: PictureSize) -> str | None:
    """Return why no scale of a file can be believed, in a sentence; None where nothing says so.

    A region that does not lie in the picture was written for another one. A picture that was
    derived by scaling, cropping or resampling may have kept the scale of the one before: that it
    is DERIVED, or lost detail to compression, says nothing of the kind.
    """
    return _doubt_by_regions(dataset, size) or _doubt_by_derivation(dataset)


def speaks_of_another_grid(dataset: Any) -> bool:
    """Say whether a file tells in words or codes that its picture was scaled, cropped or such."""
    return _doubt_by_derivation(dataset) is not None


def declared_box(region: Any) -> tuple[int, int, int, int] | None:
    """Return (left, top, right, bottom) of a region as the file says; None where it does not."""
    corners = [region.get(f"RegionLocation{corner}") for corner in _CORNERS]
    if any(corner is None for corner in corners):
        return None
    left, top, right, bottom = (int(corner) for corner in corners)
    return left, top, right, bottom


def _doubt_by_regions(dataset: Any, size: PictureSize) -> str | None:
    rows, columns = size
    for number, region in enumerate(dataset.get("SequenceOfUltrasoundRegions") or (), 1):
        box = declared_box(region)
        if box is None:
            continue
        left, top, right, bottom = box
        where = (
            f"Ultrasound region {number} of the file (columns {left} to {right}, "
            f"rows {top} to {bottom})"
        )
        picture = f"the picture ({columns} × {rows} pixels)"
        if left >= columns or top >= rows:
            return f"{where} lies outside {picture}: {_ANOTHER_PICTURE}"
        if right >= columns + _BEYOND_PX or bottom >= rows + _BEYOND_PX:
            return f"{where} reaches beyond {picture}: {_ANOTHER_PICTURE}"
    return None


def _doubt_by_derivation(dataset: Any) -> str | None:
    for element, text in _told(dataset):
        word = _word_for_it(text)
        if word:
            return (
                f"The file’s {element} speaks of another picture (“{word}”): the scale may be "
                "that of the picture before."
            )
    return None


def _word_for_it(text: str) -> str:
    """Return the word that speaks of scaling and the like; never more of a text anybody wrote."""
    of_space = _DENIED.sub(" ", _OF_OTHER.sub(" ", text.replace("_", " ")))
    found = _SPEAKS_OF_IT.search(of_space)
    return "" if found is None else found.group().lower()


def _told(dataset: Any) -> Iterator[tuple[str, str]]:
    """Yield (element, its text) of all that tells how a picture came about."""
    image_type = _texts(dataset, "ImageType")
    if _DERIVED in (text.strip().upper() for text in image_type):
        yield "ImageType", " ".join(image_type)
    for teller in _tellers(dataset):
        yield "DerivationDescription", " ".join(_texts(teller, "DerivationDescription"))
        for code in teller.get("DerivationCodeSequence") or ():
            yield "DerivationCodeSequence", _code_text(code)


def _tellers(dataset: Any) -> Iterator[Any]:
    """Yield the data set and, of an enhanced one, what its frames tell of their derivation."""
    yield dataset
    for groups in ("SharedFunctionalGroupsSequence", "PerFrameFunctionalGroupsSequence"):
        for group in dataset.get(groups) or ():
            yield from group.get("DerivationImageSequence") or ()


def _code_text(code: Any) -> str:
    value = (code.get("CodeValue"), code.get("CodingSchemeDesignator"))
    if value == _SPATIAL_RESAMPLING:
        return "resampling"
    return " ".join(_texts(code, "CodeMeaning"))


def _texts(dataset: Any, keyword: str) -> list[str]:
    # pydicom may raise anything over a damaged element: what cannot be read says nothing.
    with suppress(Exception):
        value = dataset.get(keyword)
        if value is not None:
            return [value] if isinstance(value, str) else [str(part) for part in value]
    return []
