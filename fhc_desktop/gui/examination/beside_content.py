"""What the window says of the lengths that reports of the study tell."""

from dataclasses import dataclass, replace

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.structured_report import ReportsBeside
from fhc_desktop.domain.examination.told_length import (
    ToldLength,
    beside_objections,
    told_lengths,
)
from fhc_desktop.reporting.content.beside_rows import compared_words, source_words
from fhc_desktop.reporting.content.numbers import format_mm

_UNSHOWN = "A report beside the image could not be taken as it is."
# What tells two fetuses apart and names nobody.
_LONGEST_PLAIN = 2


@dataclass(frozen=True, slots=True)
class BesideLine:
    """One length; ``told_by`` is in its sender's own words, and so may be its unit."""

    name: str
    length: str
    compared: str = ""
    fetus: str = ""
    told_by: str = ""
    is_unit_known: bool = True
    is_of_this_program: bool = False

    @classmethod
    def of(cls, one: ToldLength) -> "BesideLine":
        length_mm, text = one.told.length_mm, one.told.text
        is_in_mm = length_mm is not None
        told_as = "" if length_mm is None or one.told.unit.value == "mm" else f"told as {text}"
        return cls(
            name=one.dimension.upper(),
            length=text if length_mm is None else format_mm(length_mm),
            compared=compared_words(one),
            fetus=one.told.fetus,
            told_by=", ".join(filter(None, (told_as, source_words(one)))),
            is_unit_known=is_in_mm,
            is_of_this_program=one.is_of_this_program,
        )

    @property
    def sentence(self) -> str:
        """The line; what is compared stands in front, for its end is cut off in a narrow row."""
        fetus = f" ({self.fetus})" if self._has_plain_fetus else ""
        whose = "Earlier report’s" if self.is_of_this_program else "Report’s"
        said = f"{whose} {self.name} {self.length}{fetus}"
        return "; ".join(filter(None, (said, self.compared, self.told_by)))

    @property
    def _has_plain_fetus(self) -> bool:
        return 0 < len(self.fetus) <= _LONGEST_PLAIN and self.fetus.isalnum()

    @property
    def deidentified(self) -> "BesideLine":
        """The same without a word that somebody typed: only numbers are sure to name nobody."""
        return replace(
            self,
            length=self.length if self.is_unit_known else self.length.split(" ")[0],
            fetus=self.fetus if self._has_plain_fetus else "",
            told_by="",
        )


@dataclass(frozen=True, slots=True)
class BesideContent:
    """All of it; ``objections`` are sentences on the reports themselves."""

    lines: tuple[BesideLine, ...] = ()
    objections: tuple[str, ...] = ()

    @classmethod
    def of(cls, exam: Examination, beside: ReportsBeside) -> "BesideContent":
        return cls(
            tuple(map(BesideLine.of, told_lengths(exam, beside))),
            beside_objections(exam, beside),
        )

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(line.sentence for line in self.lines)

    @property
    def deidentified(self) -> "BesideContent":
        return BesideContent(
            tuple(line.deidentified for line in self.lines),
            (_UNSHOWN,) if self.objections else (),
        )
