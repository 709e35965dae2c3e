"""The mean of repeated measurements: several accepted pictures of one fetus on one day.

It is reckoned from rows of the log each time and stands in none: page 0055.
"""

import statistics
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.pregnancy.recorded import RecordedExamination

_SHORT_ID = 8


class NotAveraged(FhcError):  # noqa: N818 - named for what the user meets
    """An examination that cannot be part of a mean: nobody could tell of what."""

    def __init__(self, why: str, remedy: str) -> None:
        super().__init__(f"Not taken into the mean: {why}", remedy)


@dataclass(frozen=True, slots=True)
class MeanHc:
    """``parts`` are rows in force with millimetres, in the order of the log; never none.

    Raises:
        ValueError: there is no part, or one without millimetres.
    """

    parts: tuple[RecordedExamination, ...]

    def __post_init__(self) -> None:
        if not self.parts or any(one.said.hc_mm is None for one in self.parts):
            raise ValueError("a mean is of measurements in millimetres")

    @property
    def sizes_mm(self) -> tuple[float, ...]:
        """Each HC as it was accepted."""
        return tuple(one.said.hc_mm for one in self.parts if one.said.hc_mm is not None)

    @property
    def hc_mm(self) -> float:
        return statistics.fmean(self.sizes_mm)

    @property
    def sd_mm(self) -> float | None:
        """The standard deviation of one measurement; None where there is only one."""
        return statistics.stdev(self.sizes_mm) if len(self.parts) > 1 else None

    @property
    def text(self) -> str:
        """Mean and spread of at least two."""
        spread = "" if self.sd_mm is None else f", SD {self.sd_mm:.1f} mm"
        return f"{self.hc_mm:.1f} mm{spread}"

    @property
    def parts_text(self) -> str:
        return " · ".join(f"{mm:.1f}" for mm in self.sizes_mm) + " mm"

    @property
    def entries_text(self) -> str:
        """The rows that it is reckoned from, by the beginnings of their identities."""
        return ", ".join(one.entry_id[:_SHORT_ID] for one in self.parts)

    def has(self, entry_id: str | None) -> bool:
        return any(one.entry_id == entry_id for one in self.parts)


def mean_hc(
    exam: Examination, hers: Sequence[RecordedExamination], taken: Collection[str]
) -> MeanHc | None:
    """Return the mean of the rows that were ``taken``, as far as they belong to an examination.

    ``hers`` are all rows of the patient on the screen. A row that was corrected gives way to the
    one that corrects it. None where no row is left, and before a second reading that is to be
    blind.
    """
    if exam.is_second_reading and not exam.is_accepted:
        return None
    by_id = {one.entry_id: one for one in hers}
    ids = {_in_force(one, by_id) for one in taken}
    parts = tuple(one for one in hers if one.entry_id in ids and _belongs(one, exam))
    return MeanHc(parts) if parts else None


def without_row(
    taken: frozenset[str], entry_id: str, hers: Sequence[RecordedExamination]
) -> frozenset[str]:
    """Return what is taken without a row and without all that it corrects."""
    by_id = {one.entry_id: one for one in hers}
    return frozenset(one for one in taken if _in_force(one, by_id) != entry_id)


def row_to_take(exam: Examination) -> str:
    """Return the row of the log by which an examination can be part of a mean.

    Raises:
        NotAveraged: why it cannot.
    """
    acceptance = exam.acceptance
    if not exam.is_accepted or acceptance is None or acceptance.entry_id is None:
        raise NotAveraged("it is in no row of the log.", "Accept it, and log it.")
    for is_missing, why, remedy in (
        (exam.measurement is None, "it has no millimetres.", "Calibrate the image"),
        (not exam.patient.identifier, "the patient has no identifier.", "Enter the identifier"),
        (exam.exam_date is None, "the examination has no date.", "Enter the date"),
    ):
        if is_missing:
            raise NotAveraged(why, f"{remedy} and accept it again.")
    return acceptance.entry_id


def _in_force(entry_id: str, by_id: dict[str, RecordedExamination]) -> str:
    row = by_id.get(entry_id)
    while row is not None and row.superseded_by is not None:
        entry_id = row.superseded_by
        row = by_id.get(entry_id)
    return entry_id


def _belongs(row: RecordedExamination, exam: Examination) -> bool:
    """Return whether a row is of the same fetus on the same day; her rows are given already."""
    facts = row.facts
    is_same = facts.exam_date == exam.exam_date and facts.fetus.label == exam.fetus.label
    return is_same and exam.exam_date is not None and row.said.hc_mm is not None
