"""What a Structured Report tells of measurements, as it was transmitted: none of it is ours."""

import re
from dataclasses import dataclass, replace
from typing import Self

from fhc_desktop.domain.examination.own_report import OwnReport
from fhc_desktop.domain.growth.assessment import Dimension


@dataclass(frozen=True, slots=True)
class TransmittedCode:
    """A coded word: value and scheme say which, ``meaning`` what its sender calls it."""

    value: str = ""
    scheme: str = ""
    meaning: str = ""

    @property
    def text(self) -> str:
        """What it is called; its code where it is called nothing."""
        return self.meaning or self.value

    @property
    def whole(self) -> str:
        """The meaning with its code, so that one that was coded wrongly shows."""
        return f"{self.text} ({self.value}, {self.scheme})" if self.value else self.meaning


# LOINC by CID 12005, SNOMED CT by CID 12279 (PS3.16).
_CODES = {
    ("11984-2", "LN"): Dimension.HC,
    ("1269262007", "SCT"): Dimension.HC,
    ("11820-8", "LN"): Dimension.BPD,
    ("11851-3", "LN"): Dimension.OFD,
}
# How senders call them, for codes of their own and for wrong ones: one that LOINC does not have
# goes about for the head's circumference, and CP-1546 lists others.
_NAMES = {
    "headcircumference": Dimension.HC,
    "headcircumferenceoffetus": Dimension.HC,
    "fetalheadcircumference": Dimension.HC,
    "hc": Dimension.HC,
    "biparietaldiameter": Dimension.BPD,
    "bpd": Dimension.BPD,
    "occipitalfrontaldiameter": Dimension.OFD,
    "occipitofrontaldiameter": Dimension.OFD,
    "ofd": Dimension.OFD,
}
_OTHER_NAMES = ("abdom", "femur", "femoral", "humerus", "cerebell", "thorac", "ratio", "index")
_UCUM = "UCUM"
_MM = {"mm": 1.0, "cm": 10.0, "m": 1000.0}
_DECIMAL = re.compile(r"[+-]?\d{1,9}(?:\.\d{0,24})?(?:[eE][+-]?\d)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class ReportedImage:
    """An image by its SOP Instance UID; ``frames`` count from 1, none where all are meant."""

    instance_uid: str
    frames: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportedMeasurement:
    """One number of a report, each word as its sender wrote it.

    ``sections`` are the headings that it stands under, the outermost first; ``group`` is the same
    for what one container holds. ``fetus`` is which one, ``derivation`` how it was got (a mean, for
    one), ``selection`` why this of several, ``citation`` the equation or table behind it.
    """

    name: TransmittedCode
    value: str
    unit: TransmittedCode
    sections: tuple[str, ...] = ()
    group: int = 0
    fetus: str = ""
    derivation: str = ""
    selection: str = ""
    citation: str = ""
    images: tuple[ReportedImage, ...] = ()

    @property
    def dimension(self) -> Dimension | None:
        """What it measures by its code, else by its name; None where these contradict each other.

        A code that is known under a name of something else says nothing for sure.
        """
        called = "".join(letter for letter in self.name.meaning.lower() if letter.isalpha())
        by_name = _NAMES.get(called)
        by_code = _CODES.get((self.name.value, self.name.scheme))
        if by_code is None:
            return by_name
        is_other = any(word in called for word in _OTHER_NAMES)
        return None if is_other or by_name not in {None, by_code} else by_code

    @property
    def is_contradictory(self) -> bool:
        """Whether its code is one of a head and its name says something else."""
        return (self.name.value, self.name.scheme) in _CODES and self.dimension is None

    @property
    def length_mm(self) -> float | None:
        """The length; None where the unit is none of UCUM's, or the value no length."""
        factor = _MM.get(self.unit.value) if self.unit.scheme == _UCUM else None
        if factor is None or _DECIMAL.fullmatch(self.value) is None:
            return None
        length_mm = float(self.value) * factor
        return length_mm if length_mm > 0 else None

    @property
    def text(self) -> str:
        """The value with its unit, as transmitted."""
        unit = self.unit.value if self.unit.scheme == _UCUM else self.unit.text
        return " ".join(filter(None, (self.value, "" if unit == "1" else unit)))

    @property
    def notes(self) -> tuple[str, ...]:
        """What else its sender says of it."""
        return tuple(filter(None, (self.derivation, self.selection, self.citation)))

    def is_of(self, instance_uid: str) -> bool:
        """Whether it was measured on an image, or on none that it names."""
        return not self.images or any(one.instance_uid == instance_uid for one in self.images)

    def frames_in(self, instance_uid: str) -> tuple[int, ...]:
        """Return the frames of an image that it was measured on; none where all are meant."""
        found = [one.frames for one in self.images if one.instance_uid == instance_uid]
        return () if () in found else tuple(sorted({frame for frames in found for frame in frames}))


@dataclass(frozen=True, slots=True)
class StructuredReport:
    """One report; ``unread`` has a sentence for each part of it that could not be read.

    ``name`` is its file's. ``device`` is what wrote it. ``is_partial`` and ``is_verified`` are its
    own word on whether it is whole, and whether somebody vouched for it. ``own`` is there where
    this program wrote it.
    """

    name: str
    title: TransmittedCode
    instance_uid: str
    study_uid: str
    patient_id: str
    device: str
    is_partial: bool
    is_verified: bool
    measurements: tuple[ReportedMeasurement, ...]
    unread: tuple[str, ...] = ()
    own: OwnReport | None = None

    @property
    def standing(self) -> str:
        """Its own word on how far it goes."""
        whole = "partial" if self.is_partial else "complete"
        return f"{whole}, {'verified' if self.is_verified else 'not verified'}"

    @property
    def about_heads(self) -> Self:
        """The same with what it tells of heads alone, be it by a code that contradicts its name."""
        told = (one for one in self.measurements if one.dimension or one.is_contradictory)
        return replace(self, measurements=tuple(told))


@dataclass(frozen=True, slots=True)
class ReportsBeside:
    """The reports of an image's study that were found beside it, and what was to be told of others.

    ``is_cut``: not every file there was looked at.
    """

    instance_uid: str = ""
    reports: tuple[StructuredReport, ...] = ()
    objections: tuple[str, ...] = ()
    is_cut: bool = False

    @property
    def about_heads(self) -> Self:
        """The same with what is told of heads alone, which is all that a report of ours repeats."""
        return replace(self, reports=tuple(one.about_heads for one in self.reports))
