"""By how much an edited outline differs from the one that the model offered."""

from dataclasses import dataclass

from fhc_desktop.domain.dating.gestation import NoAge
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.growth.assessment import GrowthAssessment, assess_growth
from fhc_desktop.domain.image.calibration import Calibration
from fhc_desktop.domain.image.measurement import measure_head


@dataclass(frozen=True, slots=True)
class ProposalDifference:
    """What the hand added to the circumference, negative where it took away.

    ``hc_mm`` is None without a scale, ``percentiles`` (points of 0 to 100) where either outline has
    no place on the chart in force; ``perimeter_px`` is there always.
    """

    perimeter_px: float
    hc_mm: float | None = None
    percentiles: float | None = None


def proposal_difference(exam: Examination) -> ProposalDifference | None:
    """Return the difference of the outline to the proposal; None where it was not edited.

    Both are measured by the scale in force: what she changed is the outline, not the scale.
    """
    outline, offered, scale = exam.outline_px, exam.offered_outline_px, exam.calibration
    if outline is None or offered is None or not exam.is_edited:
        return None
    perimeter_px = outline.perimeter - offered.perimeter
    if not isinstance(scale, Calibration):
        return ProposalDifference(perimeter_px)
    hc_mm, offered_mm = (measure_head(one, scale).hc_mm for one in (outline, offered))
    return ProposalDifference(
        perimeter_px, hc_mm - offered_mm, _percentiles_apart(exam, hc_mm, offered_mm)
    )


def _percentiles_apart(exam: Examination, hc_mm: float, offered_mm: float) -> float | None:
    if isinstance(exam.age, NoAge):
        return None
    now, offered = (assess_growth(mm, exam.age, exam.standard) for mm in (hc_mm, offered_mm))
    if isinstance(now, GrowthAssessment) and isinstance(offered, GrowthAssessment):
        return now.percentile - offered.percentile
    return None
