"""What a report of the study tells of a head, as JSON objects; their keys are an interface."""

from typing import Any

from fhc_desktop.domain.examination.told_length import ToldLength
from fhc_desktop.reporting.content.beside_rows import compared_words, source_words, told_words


def told_object(one: ToldLength) -> dict[str, Any]:
    """Return a length as transmitted, in mm where it has a known unit, and how far ours is off."""
    told = one.told
    return {
        "dimension": one.dimension.value,
        "name": told.name.meaning,
        "code": told.name.value,
        "scheme": told.name.scheme,
        "value": told.value,
        "unit": told.unit.text,
        "mm": told.length_mm,
        "difference_mm": one.difference_mm,
        "difference_percent": one.difference_percent,
        "fetus": told.fetus,
        "derivation": told.derivation,
        "frames": list(one.frames),
        "report": one.report.name,
        "of_this_program": one.is_of_this_program,
        "words": told_line(one),
    }


def told_line(one: ToldLength) -> str:
    """Return it as one line of words."""
    whose = "an earlier report" if one.is_of_this_program else "the study’s report"
    said = f"{one.dimension.upper()} {told_words(one)} in {whose}"
    return ", ".join(filter(None, (said, compared_words(one), source_words(one))))
