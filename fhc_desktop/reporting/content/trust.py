"""What a report says of how far the model's proposal can be trusted."""

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.reporting.content.rows import Row


def grade_rows(exam: Examination) -> tuple[Row, ...]:
    """Return the model's grade of its own proposal with the reasons, also where it was edited."""
    confidence = None if exam.said is None else exam.said.confidence
    if confidence is None:
        return ()
    label = "Proposal graded" if exam.is_edited else "Model’s grade"
    return (Row(label, confidence.grade.value, confidence.reasons_text),)


def interval_rows(exam: Examination) -> tuple[Row, ...]:
    """Return the interval round the HC of an outline as proposed, and where it comes from."""
    interval = exam.hc_interval
    if interval is None:
        return ()
    share = f"{interval.coverage_text} of heads have their HC inside"
    return (Row("Interval", f"{interval.text} mm", f"{share}; {_fitted_on(exam)}"),)


def proposed_interval_text(exam: Examination) -> str:
    """Return what the interval was before the edit; empty where there was none."""
    interval = exam.proposal_interval
    if interval is None:
        return ""
    return (
        f"{interval.coverage_text} interval {interval.text} mm, of the proposal only; "
        f"{_fitted_on(exam)}"
    )


def _fitted_on(exam: Examination) -> str:
    confidence = None if exam.said is None else exam.said.confidence
    heads = 0 if confidence is None or confidence.rule is None else confidence.rule.heads
    return f"fitted on {heads} heads unseen by the model"
