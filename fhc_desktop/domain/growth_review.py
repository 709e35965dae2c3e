"""All that growth standards and dating rules say of one examination, beside what is in force."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fhc_desktop.domain.confidence import Interval
from fhc_desktop.domain.examination import (
    Examination,
    age,
    assessment,
    hc_interval,
    measurement,
    percentile_interval,
)
from fhc_desktop.domain.flags import Flag, growth_flags, index_flags
from fhc_desktop.domain.gestation import NoAge
from fhc_desktop.domain.growth import GrowthOutcome, GrowthStandard, NotAssessed
from fhc_desktop.domain.redating import disagreement_by_hc
from fhc_desktop.domain.side_by_side import disagreements, shown_standards
from fhc_desktop.domain.ultrasound_age import (
    HADLOCK_KEY,
    METHODS,
    UltrasoundAge,
    age_range,
    ages_by_hc,
)


@dataclass(frozen=True, slots=True)
class GrowthReview:
    """One outcome for each standard, and one age for each method, by their keys.

    The intervals are there where both ends of the interval round HC have a place.
    """

    outcomes: Mapping[str, GrowthOutcome]
    percentile_intervals: Mapping[str, Interval]
    ages: Mapping[str, UltrasoundAge | NotAssessed]
    age_intervals_days: Mapping[str, Interval]
    flags: tuple[Flag, ...]
    remarks: tuple[str, ...]


def review_growth(exam: Examination, standards: Sequence[GrowthStandard]) -> GrowthReview:
    """Return what each standard says, and what a careful reader should know of it."""
    on_each = {standard.key: exam.with_standard(standard) for standard in standards}
    outcomes = {key: assessment(on_one) for key, on_one in on_each.items()}
    ages, measured = _ages(exam), measurement(exam)
    flags = () if measured is None else (*growth_flags(assessment(exam)), *index_flags(measured))
    return GrowthReview(
        outcomes=outcomes,
        percentile_intervals=_those_there(
            {key: percentile_interval(on_one) for key, on_one in on_each.items()}
        ),
        ages=ages,
        age_intervals_days=_age_intervals(exam),
        flags=flags,
        remarks=(
            *disagreements(outcomes, shown_standards(standards, exam.standard)),
            *_dating_remarks(exam, ages[HADLOCK_KEY]),
        ),
    )


def _ages(exam: Examination) -> dict[str, UltrasoundAge | NotAssessed]:
    measured = measurement(exam)
    if measured is None:
        return dict.fromkeys(METHODS, NotAssessed("No calibration: no millimetres, no age."))
    return ages_by_hc(measured.hc_mm)


def _age_intervals(exam: Examination) -> dict[str, Interval]:
    hc_mm = hc_interval(exam)
    if hc_mm is None:
        return {}
    return _those_there({key: age_range(hc_mm, age_by) for key, age_by in METHODS.items()})


def _those_there(intervals: Mapping[str, Interval | None]) -> dict[str, Interval]:
    return {key: interval for key, interval in intervals.items() if interval is not None}


def _dating_remarks(exam: Examination, by_hc: UltrasoundAge | NotAssessed) -> tuple[str, ...]:
    by_lmp = age(exam)
    if isinstance(by_lmp, NoAge):
        return ()
    found = disagreement_by_hc(exam.dating, by_lmp, by_hc)
    return () if found is None else (str(found),)
