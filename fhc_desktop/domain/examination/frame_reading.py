"""What one frame of a clip measures, and whose outline it is."""

from dataclasses import dataclass

from fhc_desktop.domain.confidence import Grade, Interval
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.outline_state import OutlineState, outline_state, state_words


@dataclass(frozen=True, slots=True)
class FrameReading:
    """One frame by its own outline and its own scale; ``frame`` counts from 1.

    ``hc_mm`` is None without a scale, ``hc_px`` without an outline too. ``interval_mm`` is there
    only for an outline as proposed, ``grade`` where the model gave one to it. ``problem`` is why
    the frame could not be read, empty where it was.
    """

    frame: int
    hc_mm: float | None = None
    hc_px: float | None = None
    interval_mm: Interval | None = None
    grade: Grade | None = None
    state: OutlineState = OutlineState.NONE
    state_words: str = ""
    problem: str = ""

    @classmethod
    def of(cls, exam: Examination) -> "FrameReading":
        outline, measured = exam.outline_px, exam.measurement
        said = None if exam.proposal is None else exam.proposal.confidence
        return cls(
            frame=exam.image.source.frame,
            hc_mm=None if measured is None else measured.hc_mm,
            hc_px=None if outline is None else outline.perimeter,
            interval_mm=exam.hc_interval,
            grade=None if said is None or exam.is_edited else said.grade,
            state=outline_state(exam),
            state_words=state_words(exam),
        )

    @property
    def is_by_hand(self) -> bool:
        """Whether a human touched or vouched for it: no proposal any more."""
        return self.state not in {OutlineState.NONE, OutlineState.PROPOSED}

    @property
    def words(self) -> str:
        """All of it in one line."""
        if self.problem:
            return f"Frame {self.frame}: {self.problem}"
        number = ""
        if self.hc_mm is not None:
            number = f"HC {self.hc_mm:.1f} mm"
        elif self.hc_px is not None:
            number = f"HC {self.hc_px:.1f} px, no calibration"
        interval = self.interval_mm
        around = "" if interval is None else f"{interval.coverage_text}: {interval.text} mm"
        grade = "" if self.grade is None else str(self.grade)
        parts = (number, around, grade, self.state_words)
        return f"Frame {self.frame}: {' · '.join(part for part in parts if part)}"
