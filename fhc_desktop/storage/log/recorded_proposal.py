"""What the model said of an image, as the log keeps it."""

from dataclasses import dataclass, replace

from fhc_desktop.domain.confidence import Confidence, Interval, IntervalRule
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.proposal import Proposal
from fhc_desktop.domain.image.calibration import Calibration
from fhc_desktop.domain.image.measurement import measure_head


@dataclass(frozen=True, slots=True)
class RecordedProposal:
    """A proposal as it stood when an outline was accepted, that one or an edited one.

    Its notices are not kept, and of the rule for its interval only what followed from it:
    ``interval_mm`` round the HC of the proposal, and on how many ``heads`` the rule was fitted;
    both None where there was no interval.

    Raises:
        ValueError: notices or a rule, which no entry keeps, or half an interval.
    """

    said: Proposal
    interval_mm: Interval | None = None
    heads: int | None = None

    def __post_init__(self) -> None:
        confidence = self.said.confidence
        if self.said.notices or (confidence is not None and confidence.rule is not None):
            raise ValueError(f"more than an entry keeps: {self.said}")
        if (self.interval_mm is None) != (self.heads is None):
            raise ValueError(f"half an interval: {self}")

    @classmethod
    def of(cls, exam: Examination) -> "RecordedProposal | None":
        """Return what the model said; None where it was not asked."""
        said = exam.said
        if said is None:
            return None
        confidence = said.confidence
        rule = None if confidence is None else confidence.rule
        interval_mm = None if rule is None else exam.proposal_interval
        return cls(
            replace(
                said,
                notices=(),
                said_at=None,
                heads=(),
                confidence=None if confidence is None else replace(confidence, rule=None),
            ),
            interval_mm,
            None if rule is None or interval_mm is None else rule.heads,
        )

    def with_rule(self, scale: Calibration | None) -> Proposal:
        """Return the proposal with a rule that gives the same interval again on that scale."""
        confidence = self.said.confidence
        if confidence is None:
            return self.said
        ruled: Confidence = replace(confidence, rule=self._rule(scale))
        return replace(self.said, confidence=ruled)

    def _rule(self, scale: Calibration | None) -> IntervalRule | None:
        if self.said.outline_px is None or scale is None:
            return None
        if self.interval_mm is None or self.heads is None:
            return None
        hc_mm = measure_head(self.said.outline_px, scale).hc_mm
        if self.interval_mm.high <= hc_mm:
            return None
        return IntervalRule(
            coverage=self.interval_mm.coverage,
            knots_mm=(hc_mm,),
            multiples=(1.0,),
            base_mm=0.0,
            # A share, so that it keeps its place when the scale is corrected.
            hc_share=self.interval_mm.high / hc_mm - 1,
            spread_share=0.0,
            heads=self.heads,
        )
