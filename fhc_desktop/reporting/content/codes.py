"""The codes by which machines read a report: what is measured, in which unit, by whose equation.

LN is LOINC, DCM is DICOM's own scheme, SCT is SNOMED CT, UCUM has the units. Values and meanings
are those of PS3.16's context groups 226, 228, 3627, 12003 to 12005, 12013, 12015 and 12019. For
INTERGROWTH-21st, WHO and NICHD these groups have no code, so that ours stand in a private scheme.
"""

import hashlib
from dataclasses import dataclass

from fhc_desktop.domain.examination.own_report import PRIVATE_SCHEME
from fhc_desktop.domain.growth.assessment import Dimension, GrowthStandard
from fhc_desktop.domain.growth.ultrasound_age import HADLOCK_KEY, INTERGROWTH_KEY

PRIVATE_SCHEME_NAME = "FHC Desktop"
# PS3.5 6.2: a value of VR SH and a meaning of VR LO.
_LONGEST_VALUE, _LONGEST_MEANING = 16, 64


@dataclass(frozen=True, slots=True)
class Code:
    """A concept as its scheme has it.

    Raises:
        ValueError: a part is missing, or longer than DICOM has room for.
    """

    value: str
    scheme: str
    meaning: str

    def __post_init__(self) -> None:
        is_there = bool(self.value and self.scheme and self.meaning)
        is_short = len(self.value) <= _LONGEST_VALUE and len(self.meaning) <= _LONGEST_MEANING
        if not is_there or not is_short:
            raise ValueError(f"not a code: {self}")

    @property
    def is_private(self) -> bool:
        return self.scheme == PRIVATE_SCHEME


def private(value: str, meaning: str) -> Code:
    """Return a code of our own; a meaning that is too long ends in an ellipsis."""
    is_long = len(meaning) > _LONGEST_MEANING
    return Code(
        value, PRIVATE_SCHEME, f"{meaning[: _LONGEST_MEANING - 1]}…" if is_long else meaning
    )


MILLIMETRES = Code("mm", "UCUM", "mm")
DAYS = Code("d", "UCUM", "days")
PER_CENT = Code("%", "UCUM", "%")
NO_UNIT = Code("1", "UCUM", "no units")
PIXELS = Code("{pixels}", "UCUM", "pixels")
RADIANS = Code("rad", "UCUM", "rad")

HC = Code("11984-2", "LN", "Head Circumference")
BPD = Code("11820-8", "LN", "Biparietal Diameter")
OFD = Code("11851-3", "LN", "Occipital-Frontal Diameter")
CEPHALIC_INDEX = Code("11823-2", "LN", "Cephalic Index")
GESTATIONAL_AGE = Code("18185-9", "LN", "Gestational Age")
AGE_BY_LMP = Code("11885-1", "LN", "Gestational Age by LMP")
LMP = Code("8665-2", "LN", "LMP")
EDD = Code("11778-8", "LN", "EDD")
EDD_BY_LMP = Code("11779-6", "LN", "EDD from LMP")
FETUS_ID = Code("11951-1", "LN", "Fetus ID")

PERCENTILE_RANK = Code("125012", "DCM", "Growth Percentile Rank")
Z_SCORE = Code("125013", "DCM", "Growth Z-score")
TWO_SD = Code("121417", "DCM", "2 Sigma deviation of population")
EQUATION = Code("121420", "DCM", "Equation")
TABLE_CITATION = Code("121422", "DCM", "Table of Values Citation")
CALCULATED = Code("258090004", "SCT", "Calculated")

INTERVAL_LOW = private("INTERVAL-LOW", "Lower end of the interval round HC")
INTERVAL_HIGH = private("INTERVAL-HIGH", "Upper end of the interval round HC")
INTERVAL_SHARE = private("INTERVAL-SHARE", "Share of heads whose HC lies inside the interval")

_HC_BY_AGE_HADLOCK = Code("33173-6", "LN", "HC by GA, Hadlock 1984")
_AGE_CITATIONS = {
    HADLOCK_KEY: Code("11932-1", "LN", "HC, Hadlock 1984"),
    INTERGROWTH_KEY: private("AGE-HC-IG21-2016", "HC, INTERGROWTH-21st, Papageorghiou 2016"),
}
_STANDARD_VALUES = {
    "intergrowth21": "IG21-2014",
    "who2017": "WHO-2017",
    "nichd2015_nh_white": "NICHD15-NHW",
    "nichd2015_nh_black": "NICHD15-NHB",
    "nichd2015_hispanic": "NICHD15-HIS",
    "nichd2015_asian_pi": "NICHD15-API",
}


def age_citation(key: str) -> Code:
    """Return whose equation gives an age by HC, from the key of the method."""
    return _AGE_CITATIONS[key]


def growth_citation(standard: GrowthStandard, dimension: Dimension) -> Code:
    """Return on whose chart a length has its place."""
    name = dimension.upper()
    if standard.key == HADLOCK_KEY and dimension is Dimension.HC:
        return _HC_BY_AGE_HADLOCK
    # A clinic's key may be longer than a code: its digest is not, and the meaning has the name.
    known = _STANDARD_VALUES.get(standard.key)
    value = known or f"LOCAL-{hashlib.sha256(standard.key.encode()).hexdigest()[:6].upper()}"
    return private(f"{name}-{value}", f"{name} by GA, {standard.name}")
