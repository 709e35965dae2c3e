"""On the report's further pages: this head on every standard, its ultrasound ages, remarks."""

from reportlab.platypus import Flowable

from fhc_desktop.domain.growth.ultrasound_age import NEVER_REDATES
from fhc_desktop.reporting.content.growth_content import (
    AGE_TITLE,
    BPD_IS_OUTER,
    AgeLine,
    GrowthContent,
    StandardLine,
)
from fhc_desktop.reporting.content.numbers import MISSING
from fhc_desktop.reporting.pdf.flow import WIDTH, Cell, Column, Line, section
from fhc_desktop.reporting.pdf.page_frame import NOTE, STRONG, VALUE

_STANDARDS = (180.0, 64.0, 70.0, 42.0, 84.0, WIDTH - 440.0)
_AGES = (150.0, 42.0, 44.0, 74.0, WIDTH - 310.0)


def growth_story(content: GrowthContent) -> list[Flowable]:
    """Return what growth has to say; nothing where nothing was measured in millimetres."""
    return [_standards(content), _ages(content)] if content.ages else []


def _standards(content: GrowthContent) -> Flowable:
    heads = (
        "Standard",
        "HC percentile",
        _interval_head(content),
        "z",
        "BPD percentile",
        "OFD percentile",
    )
    lines = [_standard_line(line) for line in content.lines]
    if any(line.bpd or line.ofd for line in content.lines):
        lines.append(Line((Cell(BPD_IS_OUTER, NOTE, len(_STANDARDS)),)))
    return section(
        "Growth standards side by side",
        [Column(width, head) for width, head in zip(_STANDARDS, heads, strict=True)],
        lines,
        before=content.missing,
    )


def _standard_line(line: StandardLine) -> Line:
    standard = line.standard
    face = STRONG if line.is_in_force else VALUE
    place = [Cell(line.reason, VALUE, 3)]
    if line.percentile:
        place = [Cell(words, face) for words in (line.percentile, line.interval, line.z)]
    return Line(
        (
            Cell(f"{standard.name} – in force" if line.is_in_force else standard.name, face),
            *place,
            Cell(line.bpd or MISSING),
            Cell(line.ofd or MISSING),
        ),
        below=f"{standard.range_text}. {standard.population}. {standard.citation}.",
    )


def _ages(content: GrowthContent) -> Flowable:
    heads = ("By", "Age", "2 SD", _interval_head(content), "")
    return section(
        AGE_TITLE,
        [Column(width, head) for width, head in zip(_AGES, heads, strict=True)],
        [*map(_age_line, content.ages), Line((Cell(NEVER_REDATES, NOTE, len(_AGES)),))],
    )


def _age_line(age: AgeLine) -> Line:
    if not age.age:
        return Line((Cell(age.label), Cell(age.note, VALUE, len(_AGES) - 1)))
    found = (age.label, age.age, age.spread, age.interval, age.note)
    return Line(tuple(Cell(words) for words in found))


def _interval_head(content: GrowthContent) -> str:
    return f"{content.coverage} interval" if content.coverage else ""
