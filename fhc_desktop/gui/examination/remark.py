"""Remark: one sentence that stands beside a measurement, and whether it is a warning."""

from dataclasses import dataclass

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.gui.examination.beside_content import BesideContent
from fhc_desktop.gui.examination.measurement_content import MeasurementContent
from fhc_desktop.gui.examination.repeat_content import RepeatContent


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence; a warning has a sign and a colour, the others are for her to weigh."""

    text: str
    is_warning: bool = False


def remarks_of(
    measurement: MeasurementContent,
    repeat: RepeatContent,
    growth: tuple[str, ...],
    beside: BesideContent = BesideContent(),
) -> tuple[Remark, ...]:
    """Return every sentence about a measurement, in the order in which it is to be read.

    First that the picture is in the log already, for that is about the next key; then what makes
    the number doubtful, and what the study's reports tell of it; ``growth`` are flags and remarks
    of the standards.
    """
    said = (Remark(repeat.sentence, repeat.is_warning),) if repeat.sentence else ()
    doubts = (*measurement.warnings, *beside.objections)
    warnings = tuple(Remark(sentence, is_warning=True) for sentence in doubts)
    quiet = tuple(map(Remark, (*beside.sentences, *growth)))
    reasons, grade = measurement.trust.reasons, measurement.trust.grade
    if not reasons:
        return (*said, *warnings, *quiet)
    if grade is None:  # of its own proposal, which is not on the screen any more
        return (*said, *warnings, *quiet, Remark(reasons))
    model = Remark(f"The model: {reasons}", is_warning=grade is not Grade.GOOD)
    return (*said, model, *warnings, *quiet)
