"""The growth chart of a report: each fetus's examinations on one standard, in their order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Self

from fhc_desktop.domain.confidence import Interval
from fhc_desktop.domain.dating.gestation import GestationalAge
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.outline_state import OutlineState, outline_state
from fhc_desktop.domain.growth.assessment import GrowthStandard, NotAssessed
from fhc_desktop.domain.pregnancy.pregnancy import SAME_PREGNANCY_DAYS


@dataclass(frozen=True, slots=True)
class TrackPoint:
    """One head on the chart; ``interval_mm`` is that of an outline as proposed."""

    age: GestationalAge
    hc_mm: float
    interval_mm: Interval | None
    state: OutlineState


@dataclass(frozen=True, slots=True)
class GrowthTrack:
    """The heads of one fetus in one pregnancy, the youngest first.

    ``words`` tell it from the others and are empty where it is alone. Only where each examination
    has its day are they joined by a line.
    """

    words: str
    points: tuple[TrackPoint, ...]
    is_joined: bool = True


@dataclass(frozen=True, slots=True)
class GrowthChart:
    """``standard`` has the curves; ``left_out`` are the examinations not on it, from 1."""

    standard: GrowthStandard
    tracks: tuple[GrowthTrack, ...]
    left_out: tuple[int, ...] = ()

    @classmethod
    def of(cls, exams: Sequence[Examination]) -> Self | None:
        """Return the chart by the standard of the last examination that has a place on its own.

        None where none has.
        """
        judged = [exam.standard for exam in exams if _is_on(exam, exam.standard)]
        if not judged:
            return None
        standard = judged[-1]
        charted = [exam for exam in exams if _is_on(exam, standard)]
        left_out = tuple(
            number for number, exam in enumerate(exams, start=1) if not _is_on(exam, standard)
        )
        return cls(standard, _tracks(charted), left_out)


def _is_on(exam: Examination, standard: GrowthStandard) -> bool:
    return not isinstance(exam.assessment_by(standard), NotAssessed)


def _tracks(exams: Sequence[Examination]) -> tuple[GrowthTrack, ...]:
    begun = _beginnings(exams)
    by_fetus = sorted(exams, key=lambda exam: _key(exam, begun))
    groups = [(key, list(hers)) for key, hers in groupby(by_fetus, lambda e: _key(e, begun))]
    are_several = len({key[:2] for key, _ in groups}) > 1
    return tuple(
        GrowthTrack(
            words=_words(key, is_dated=are_several) if len(groups) > 1 else "",
            points=_points(hers),
            is_joined=all(exam.exam_date is not None for exam in hers),
        )
        for key, hers in groups
    )


_Key = tuple[bool, date, str]


def _key(exam: Examination, begun: dict[date, date]) -> _Key:
    """Return the pregnancy, by its beginning, and the fetus; without a day it is in none."""
    found = _begun(exam)
    return (found is None, date.min if found is None else begun[found], exam.fetus.label)


def _words(key: _Key, *, is_dated: bool) -> str:
    is_without_day, begun, label = key
    fetus = f"Fetus {label}" if label else "No fetus named"
    if not is_dated:
        return fetus
    pregnancy = "no date" if is_without_day else f"pregnancy begun about {begun}"
    return f"{fetus}, {pregnancy}" if label else pregnancy.capitalize()


def _begun(exam: Examination) -> date | None:
    if exam.exam_date is None or not isinstance(exam.age, GestationalAge):
        return None
    return exam.exam_date - timedelta(days=exam.age.days)


def _beginnings(exams: Iterable[Examination]) -> dict[date, date]:
    """Return for each beginning the first one of its pregnancy."""
    found: dict[date, date] = {}
    first: date | None = None
    for begun in sorted({day for exam in exams if (day := _begun(exam)) is not None}):
        if first is None or (begun - first).days > SAME_PREGNANCY_DAYS:
            first = begun
        found[begun] = first
    return found


def _points(exams: Iterable[Examination]) -> tuple[TrackPoint, ...]:
    found = [
        TrackPoint(age, measured.hc_mm, exam.hc_interval, outline_state(exam))
        for exam in exams
        if (measured := exam.measurement) is not None
        and isinstance(age := exam.age, GestationalAge)
    ]
    return tuple(sorted(found, key=lambda one: one.age.days))
