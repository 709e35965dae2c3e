"""What a copy says of the device: names that a list of them has, or that a user vouches for.

Scanners let anybody write anything there: a clinic's name, or that of who bought the device.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fhc_desktop.imaging.dicom.element import text_of

MAKER, MODEL = "Manufacturer", "ManufacturerModelName"
_LONGEST = 64  # of an LO
_MAKERS = frozenset(
    {
        *("acuson", "agfa", "aloka", "alpinion", "atl", "bk", "butterfly", "canon", "carestream"),
        *(
            "chison",
            "clarius",
            "edan",
            "esaote",
            "fuji",
            "fujifilm",
            "ge",
            "gevaert",
            "healthineers",
        ),
        *("hitachi", "kontron", "kretz", "kretztechnik", "medison", "medistim", "mindray"),
        *("philips", "samsung", "shimadzu", "siemens", "sonoscape", "sonosite", "supersonic"),
        *("terason", "toshiba", "ultrasonix", "vinno", "vingmed", "wisonic", "zonare"),
    }
)
# What companies add to their names.
_OF_COMPANIES = frozenset(
    {
        *("ag", "bio", "biomedical", "co", "company", "corp", "corporation", "diagnostics"),
        *("electronics", "film", "gmbh", "health", "healthcare", "imagine", "imaging", "inc"),
        *("limited", "llc", "ltd", "mec", "medical", "network", "photo", "shenzhen", "solutions"),
        *("spa", "system", "systems", "technologies", "ultrasound", "us"),
    }
)
# Families of ultrasound scanners, by their makers' pages; what follows is at most a short type: not
# enough letters together for a name, not enough digits for a day.
_FAMILIES = (
    *("ACCUVIX", "ACUSON", "AFFINITI", "AIXPLORER", "APLIO", "ARIETTA", "CLEARVUE", "E-CUBE"),
    *("ENVISOR", "EPIQ", "FLEX FOCUS", "HERA", "LISENDO", "LOGIQ", "LUMIFY", "MYLAB", "NEMIO"),
    *("NOBLUS", "NUEWA", "POWERVISION", "PRO FOCUS", "PROSOUND", "RESONA", "SEQUOIA", "SONOACE"),
    *("SONOLINE", "SPARQ", "TECHNOS", "UGEO", "VENUE", "VERIQ", "VERSANA", "VIAMO", "VIVID"),
    *("VOLUSON", "VSCAN", "XARIO"),
)
# These say nothing without their number.
_NUMBERED = "(?:CX|DC|HDI?|HS|IE|IU|RS|SSD|WS)[ -]?[0-9]{1,4}[A-Z]?"
_TYPE = "(?:[A-Z]{0,2}[0-9]{1,4}[A-Z]?|[A-Z]{1,2})"
_SERIES = "(?:CLASSIC|ELITE|EXPERT|PREMIUM|PRO|SWIFT)"
_MODEL = re.compile(rf"(?:{_NUMBERED}|(?:{'|'.join(_FAMILIES)})(?:[ -]?{_TYPE})?)(?: {_SERIES})?")


@dataclass(frozen=True, slots=True)
class DeviceNames:
    """The device's names that a copy holds, and those of its file that it does not."""

    kept: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def is_known_name(keyword: str, name: str) -> bool:
    """Say whether a maker's or a model's name is one that many devices share."""
    return _is_maker(name) if keyword == MAKER else _MODEL.fullmatch(name.upper()) is not None


def may_be_vouched_for(name: str) -> bool:
    """Say whether a copy could hold a name at all."""
    return len(name) <= _LONGEST


def device_names(
    dataset: Any, vouched: frozenset[str], is_identifying: Callable[[str], bool]
) -> tuple[dict[str, str], DeviceNames]:
    """Return by keyword what a copy says of the device, and how it came to that.

    ``vouched`` are names that the user was shown and keeps. What repeats a name, a number or a day
    of the file stays out, whoever vouches for it.
    """
    told = {keyword: text_of(dataset, keyword) for keyword in (MAKER, MODEL)}
    found = {keyword: name for keyword, name in told.items() if name}
    kept = {
        keyword: name
        for keyword, name in found.items()
        if (name in vouched or is_known_name(keyword, name))
        and may_be_vouched_for(name)
        and not is_identifying(name)
    }
    left_out = tuple(name for keyword, name in found.items() if keyword not in kept)
    return kept, DeviceNames(tuple(kept.values()), left_out)


def _is_maker(name: str) -> bool:
    # "G.E." and "B-K" are one word each, "TOSHIBA_MEC" is two.
    joined = re.sub(r"\b([a-z])[.-]([a-z])\b", r"\1\2", name.casefold())
    words = [word for word in re.split(r"[ ,./_&-]+", joined) if word]
    return not _MAKERS.isdisjoint(words) and _MAKERS.union(_OF_COMPANIES).issuperset(words)
