"""What is told of one entry beside the table: proposed, accepted, and corrected since."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fhc_desktop.domain.dating.gestation import NoAge
from fhc_desktop.domain.growth.assessment import (
    GrowthAssessment,
    assess_growth,
    short_percentile,
)
from fhc_desktop.domain.growth.standards import standard_with
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.measurement import measure_head
from fhc_desktop.gui.log import columns
from fhc_desktop.reporting.content.numbers import MISSING, format_mm, format_px, signed
from fhc_desktop.storage.log.measurement_log import LogEntry

HIDDEN_PICTURE = "The picture is not shown in the de-identified view: a name may be written in it."


@dataclass(frozen=True, slots=True)
class Line:
    """A name and what stands beside it; a private one is not for whoever looks on."""

    name: str
    text: str
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class DetailsContent:
    """One entry: the lines that tell of it, and those of its history, oldest first.

    ``picture_words`` stand in the place of a picture that may not be shown.
    """

    entry: LogEntry
    lines: tuple[Line, ...]
    history: tuple[Line, ...] = ()
    picture_words: str = ""


def details_content(entry: LogEntry, history: Sequence[LogEntry] = ()) -> DetailsContent:
    """Return what is told of an entry; ``history`` is it with all its corrections."""
    facts = entry.facts
    return DetailsContent(
        entry,
        (
            Line("Patient", facts.patient.banner, is_private=True),
            Line("Fetus", facts.fetus.text or MISSING, is_private=True),
            Line("Examined", columns.examined_text(entry), is_private=True),
            Line("Accepted", _accepted_words(entry)),
            Line("By", entry.operator or MISSING, is_private=True),
            Line("Proposed", _proposed_words(entry)),
            Line("Accepted as", _measured_words(entry)),
            Line("Difference", _difference_words(entry)),
            Line("Age", columns.age_text(entry)),
            Line("Comment", facts.comment or MISSING, is_private=True),
            Line("Model", _model_words(entry)),
            Line("Scale", _scale_words(entry), is_private=True),
            Line("Shown", _shown_words(entry)),
            Line("File", str(entry.image.path), is_private=True),
        ),
        tuple(_history_line(at, one) for at, one in enumerate(history, start=1))
        if len(history) > 1
        else (),
    )


def deidentified(content: DetailsContent) -> DetailsContent:
    """Return what may be seen while somebody looks on."""
    return replace(
        content,
        lines=_public(content.lines),
        history=_public(content.history),
        picture_words=HIDDEN_PICTURE,
    )


def _public(lines: Sequence[Line]) -> tuple[Line, ...]:
    return tuple(line for line in lines if not line.is_private)


def _accepted_words(entry: LogEntry) -> str:
    return f"{columns.time_text(entry)}, {columns.state_text(entry).lower()}"


def _offered(entry: LogEntry) -> Ellipse | None:
    return None if entry.proposal is None else entry.proposal.said.offered_outline_px


def _proposed_words(entry: LogEntry) -> str:
    offered = _offered(entry)
    if offered is None:
        return "Nothing was proposed to measure."
    grade = columns.grade_text(entry)
    percentile = _percentile_of(entry, offered)
    words = (
        _length_words(entry, offered),
        "" if percentile is None else short_percentile(percentile),
        "" if grade == MISSING else grade.lower(),
    )
    return ", ".join(part for part in words if part)


def _measured_words(entry: LogEntry) -> str:
    standing = columns.standing_text(entry)
    words = (columns.hc_text(entry), "" if standing == MISSING else standing, entry.origin.lower())
    return ", ".join(part for part in words if part)


def _difference_words(entry: LogEntry) -> str:
    """Return by how much the accepted outline differs from the proposed one."""
    offered = _offered(entry)
    if offered is None:
        return MISSING
    if entry.origin.is_models_own:
        return "None: accepted as proposed."
    scale = entry.facts.calibration
    if scale is None or entry.said.hc_mm is None:
        return f"{signed(entry.said.hc_px - offered.perimeter, 1)} px"
    proposed_mm = measure_head(offered, scale).hc_mm
    off_mm = entry.said.hc_mm - proposed_mm
    words = f"{signed(off_mm, 1)} mm ({signed(100 * off_mm / proposed_mm, 1)} %)"
    before = _percentile_of(entry, offered)
    if before is None or entry.said.percentile is None:
        return words
    return f"{words}, {signed(entry.said.percentile - before, 0)} percentiles"


def _percentile_of(entry: LogEntry, outline_px: Ellipse) -> float | None:
    """Return where an outline would have stood by that entry's age, scale and standard."""
    scale, age = entry.facts.calibration, entry.recorded.age_then
    standard = standard_with(entry.facts.standard_key)
    if scale is None or standard is None or isinstance(age, NoAge) or entry.said.z is None:
        return None
    placed = assess_growth(measure_head(outline_px, scale).hc_mm, age, standard)
    return placed.percentile if isinstance(placed, GrowthAssessment) else None


def _length_words(entry: LogEntry, outline_px: Ellipse) -> str:
    scale = entry.facts.calibration
    if scale is None:
        return format_px(outline_px.perimeter)
    return format_mm(measure_head(outline_px, scale).hc_mm)


def _model_words(entry: LogEntry) -> str:
    if entry.proposal is None:
        return "No model was asked."
    said = entry.proposal.said
    return f"{said.model.name} {said.model.version} on {said.device}"


def _scale_words(entry: LogEntry) -> str:
    scale = entry.facts.calibration
    return "None: pixels only." if scale is None else f"{scale.scale_text}, {scale.source_text}"


def _shown_words(entry: LogEntry) -> str:
    """Return how the screen showed the picture at the acceptance."""
    state = entry.circumstances.display_state
    if state is None:  # nobody kept it then
        return MISSING
    return state or "As in the file."


def _history_line(at: int, entry: LogEntry) -> Line:
    reasons = (entry.circumstances.correction_reason, entry.facts.dating_reason)
    quoted = [f"“{reason}”" for reason in reasons if reason]
    words = [columns.time_text(entry), columns.hc_text(entry), columns.state_text(entry).lower()]
    # A reason is in the operator's own words, and names whom it likes.
    return Line(f"{at}", ", ".join([*words, *quoted]), bool(quoted))
