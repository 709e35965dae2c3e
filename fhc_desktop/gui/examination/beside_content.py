"""What the window says of the lengths that reports of the study tell."""

from dataclasses import dataclass, replace

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.structured_report import ReportsBeside
from fhc_desktop.domain.examination.told_length import (
    ToldLength,
    beside_objections,
    told_lengths,
)
from fhc_desktop.reporting.content.beside_rows import compared_words, source_words, told_words

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

    @classmethod
    def of(cls, one: ToldLength) -> "BesideLine":
        return cls(
            name=one.dimension.upper(),
            length=told_words(one),
            compared=compared_words(one),
            fetus=one.told.fetus,
            told_by=source_words(one),
            is_unit_known=one.told.length_mm is not None,
        )

    @property
    def sentence(self) -> str:
        """The line; what is compared stands in front, for the end may be cut off."""
        fetus = f" of fetus {self.fetus}" if self.fetus and not self.told_by else ""
        said = f"{self.name}{fetus} {self.length} in the study’s report"
        return "; ".join(filter(None, (said, self.compared, self.told_by)))

    @property
    def deidentified(self) -> "BesideLine":
        """The same without a word that somebody typed: only numbers are sure to name nobody."""
        is_plain = len(self.fetus) <= _LONGEST_PLAIN and self.fetus.isalnum()
        return replace(
            self,
            length=self.length if self.is_unit_known else self.length.split(" ")[0],
            fetus=self.fetus if is_plain else "",
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
