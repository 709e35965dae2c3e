"""All that growth standards and dating rules say of one examination, beside what is in force."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from fhc_desktop.domain.confidence import Interval
from fhc_desktop.domain.dating.gestation import GestationalAge, NoAge
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.file_data import dating_of
from fhc_desktop.domain.growth.assessment import (
    Dimension,
    GrowthOutcome,
    GrowthStandard,
    NotAssessed,
    assess_bpd,
    assess_ofd,
)
from fhc_desktop.domain.growth.bpd import BiparietalDiameter, BpdConvention
from fhc_desktop.domain.growth.flags import Flag, growth_flags, index_flags
from fhc_desktop.domain.growth.redating import disagreement_by_hc, disagreement_of_datings
from fhc_desktop.domain.growth.side_by_side import disagreements, shown_standards
from fhc_desktop.domain.growth.ultrasound_age import (
    HADLOCK_KEY,
    METHODS,
    UltrasoundAge,
    age_range,
    ages_by_hc,
    hadlock_age_with_bpd,
)
from fhc_desktop.domain.image.measurement import HeadMeasurement

_NO_AGE = NotAssessed("No calibration: no millimetres, no age.")


@dataclass(frozen=True, slots=True)
class GrowthReview:
    """One outcome for each standard, and one age for each method, by their keys.

    The intervals are there where both ends of the interval round HC have a place. BPD and OFD
    are there for the standards that have a chart of them, once the head is measured and dated;
    both are outer-outer, and a BPD is converted where chart or equation measure it otherwise.
    """

    outcomes: Mapping[str, GrowthOutcome]
    bpd_outcomes: Mapping[str, GrowthOutcome]
    ofd_outcomes: Mapping[str, GrowthOutcome]
    percentile_intervals: Mapping[str, Interval]
    ages: Mapping[str, UltrasoundAge | NotAssessed]
    age_by_bpd: UltrasoundAge | NotAssessed
    age_intervals_days: Mapping[str, Interval]
    flags: tuple[Flag, ...]
    remarks: tuple[str, ...]


def review_growth(
    exam: Examination,
    standards: Sequence[GrowthStandard],
    opted_in: Collection[str] = frozenset(),
) -> GrowthReview:
    """Return what each standard says, and what a careful reader should know of it.

    Remarks compare those alone that are shown: of the opt-in ones, the keys in ``opted_in`` and
    the one in force.
    """
    outcomes = {standard.key: exam.assessment_by(standard) for standard in standards}
    ages, measured = _ages(exam), exam.measurement
    flags = () if measured is None else (*growth_flags(exam.assessment), *index_flags(measured))
    return GrowthReview(
        outcomes=outcomes,
        percentile_intervals=_those_there(
            {standard.key: exam.percentile_interval_by(standard) for standard in standards}
        ),
        bpd_outcomes=_on_charts_of(Dimension.BPD, exam, standards),
        ofd_outcomes=_on_charts_of(Dimension.OFD, exam, standards),
        ages=ages,
        age_by_bpd=_NO_AGE if measured is None else _age_by_bpd(measured),
        age_intervals_days=_age_intervals(exam),
        flags=flags,
        remarks=(
            *disagreements(outcomes, shown_standards(standards, exam.standard, opted_in)),
            *_dating_remarks(exam, ages[HADLOCK_KEY]),
        ),
    )


def _ages(exam: Examination) -> dict[str, UltrasoundAge | NotAssessed]:
    measured = exam.measurement
    if measured is None:
        return dict.fromkeys(METHODS, _NO_AGE)
    return ages_by_hc(measured.hc_mm)


def _age_by_bpd(measured: HeadMeasurement) -> UltrasoundAge | NotAssessed:
    return hadlock_age_with_bpd(measured.hc_mm, _bpd(measured))


def _bpd(measured: HeadMeasurement) -> BiparietalDiameter:
    return BiparietalDiameter(measured.bpd_mm, BpdConvention.OUTER_OUTER)


def _on_charts_of(
    dimension: Dimension, exam: Examination, standards: Sequence[GrowthStandard]
) -> dict[str, GrowthOutcome]:
    measured, found = exam.measurement, exam.age
    if measured is None or not isinstance(found, GestationalAge):
        return {}
    charted = [one for one in standards if dimension in one.charts]
    if dimension is Dimension.BPD:
        return {one.key: assess_bpd(_bpd(measured), found, one) for one in charted}
    return {one.key: assess_ofd(measured.ofd_mm, found, one) for one in charted}


def _age_intervals(exam: Examination) -> dict[str, Interval]:
    hc_mm = exam.hc_interval
    if hc_mm is None:
        return {}
    return _those_there({key: age_range(hc_mm, age_by) for key, age_by in METHODS.items()})


def _those_there(intervals: Mapping[str, Interval | None]) -> dict[str, Interval]:
    return {key: interval for key, interval in intervals.items() if interval is not None}


def _dating_remarks(exam: Examination, by_hc: UltrasoundAge | NotAssessed) -> tuple[str, ...]:
    by_lmp = exam.age
    if isinstance(by_lmp, NoAge):
        return ()
    found = (
        disagreement_by_hc(exam.dating, by_lmp, by_hc),
        # The file may hold the LMP of a pregnancy that was dated by ultrasound since.
        disagreement_of_datings(exam.dating, dating_of(exam.study)),
    )
    return tuple(str(one) for one in found if one is not None)
