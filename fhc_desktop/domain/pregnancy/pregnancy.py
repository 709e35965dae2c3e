"""The examinations of one woman, joined to pregnancies, and on what each one's dates rest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from fhc_desktop.domain.dating.dating_record import DatingRecord, author_of
from fhc_desktop.domain.dating.gestation import (
    DAYS_OF_PREGNANCY,
    LONGEST_PREGNANCY_DAYS,
    Dating,
    GestationalAge,
    NoAge,
    edd_by,
    gestational_age,
    rests_on_its_own_day,
)
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.pregnancy.recorded import RecordedExamination, placed_in_time

# No new pregnancy begins within eight weeks of another's beginning and comes to a scan; and no
# redating moves a beginning so far.
SAME_PREGNANCY_DAYS = 8 * 7
_NO_REASON = "no reason was recorded"


@dataclass(frozen=True, slots=True)
class Pregnancy:
    """Examinations of one pregnancy in the order of their days, without those corrected since.

    ``record`` is None where no examination was dated. It also counts what was corrected since:
    who dated the pregnancy differently, and when, stays in sight.
    """

    examinations: tuple[RecordedExamination, ...]
    record: DatingRecord | None = None

    @property
    def identifier(self) -> str:
        """The patient's, never empty."""
        return self.examinations[0].facts.patient.identifier

    @property
    def dating(self) -> Dating | None:
        """The dating in force."""
        return None if self.record is None else self.record.in_force.dating

    @property
    def fetus_labels(self) -> tuple[str, ...]:
        """The letters of its fetuses; an empty one stands for examinations that name none."""
        return tuple(sorted({one.facts.fetus.label for one in self.examinations}))

    @property
    def is_multiple(self) -> bool:
        """Whether any examination tells one fetus from another."""
        return any(self.fetus_labels)

    @property
    def starts(self) -> date | None:
        """The day on which the age is 0 by the dating in force."""
        edd = self.expected
        return None if edd is None else _start_of(edd)

    @property
    def expected(self) -> date | None:
        """The date of delivery (EDD) by the dating in force."""
        edd = None if self.dating is None else edd_by(self.dating)
        return None if isinstance(edd, NoAge) else edd

    def age_on(self, day: date | None) -> GestationalAge | NoAge:
        """Return the age on a day by the dating in force, also before the day that it rests on."""
        edd = self.expected
        if self.dating is None or day is None or edd is None:
            return gestational_age(self.dating, day)
        if rests_on_its_own_day(self.dating, day):
            return gestational_age(self.dating, day)
        return gestational_age(Dating.from_edd(edd), day)


def pregnancies(recorded: Iterable[RecordedExamination]) -> tuple[Pregnancy, ...]:
    """Return the pregnancies of one patient, the earliest first.

    Dated examinations belong together when their beginnings lie within eight weeks. One without
    a dating, or one whose dating was changed for a reason, goes to the pregnancy that lasts on
    its day: 43 weeks from its beginning or, where that is unknown, from its first examination.

    Raises:
        ValueError: they do not all have the same, non-empty identifier.
    """
    rows = sorted(recorded, key=_moment)
    if len({one.facts.patient.identifier for one in rows}) > 1:
        raise ValueError("examinations join one patient only on an equal identifier")
    if rows and not rows[0].facts.patient.identifier:
        raise ValueError("without an identifier nothing tells whose examinations these are")
    return tuple(sorted((_joined(group) for group in _grouped(rows)), key=_first_moment))


def pregnancy_of(exam: Examination, known: Sequence[Pregnancy]) -> Pregnancy | None:
    """Return which of a patient's pregnancies an examination on the screen belongs to.

    None where it begins another one, or where its identifier is empty or another.
    """
    start = _start(exam.dating, exam.exam_date)
    if start is not None:
        near = [one for one in _hers(exam, known) if _is_near(start, one.starts)]
        if near:
            return near[-1]
    if start is None or exam.dating_reason.strip():
        return overlapped_by(exam, known)
    return None


def overlapped_by(exam: Examination, known: Sequence[Pregnancy]) -> Pregnancy | None:
    """Return which of a patient's pregnancies lasts on the day of an examination, if any."""
    day = exam.exam_date
    if day is None:
        return None
    around = [one for one in _hers(exam, known) if _lasts_on(day, one)]
    return around[-1] if around else None


def record_of(rows: Iterable[RecordedExamination]) -> DatingRecord | None:
    """Return the bases that accepted examinations gave one pregnancy, in the order of time.

    A dating with the same EDD as the one in force restates it, unless a reason says otherwise.
    """
    record = None
    for row in sorted(rows, key=lambda one: one.accepted_at):
        dating = _believed(row.facts.dating, row.facts.exam_date)
        if dating is None:
            continue
        author = author_of(row.operator)
        if record is None:
            record = DatingRecord.begun(dating, author=author, at=row.accepted_at)
        elif _is_change(row, dating, record.in_force.dating):
            reason = row.facts.dating_reason.strip() or _NO_REASON
            record = record.changed(dating, author=author, at=row.accepted_at, reason=reason)
    return record


def changes_dating(exam: Examination, pregnancy: Pregnancy | None) -> bool:
    """Return whether accepting an examination would give its pregnancy another EDD."""
    dating = _believed(exam.dating, exam.exam_date)
    if pregnancy is None or pregnancy.dating is None or dating is None:
        return False
    return edd_by(dating) != edd_by(pregnancy.dating)


def _is_change(row: RecordedExamination, dating: Dating, in_force: Dating) -> bool:
    if edd_by(dating) != edd_by(in_force):
        return True
    return bool(row.facts.dating_reason.strip()) and dating != in_force


def _hers(exam: Examination, known: Sequence[Pregnancy]) -> list[Pregnancy]:
    identifier = exam.patient.identifier
    # Where all was corrected since, nothing of that pregnancy holds any more.
    return [
        one
        for one in known
        if identifier and one.identifier == identifier and not one.examinations[0].is_superseded
    ]


def _grouped(rows: Sequence[RecordedExamination]) -> list[list[RecordedExamination]]:
    groups: list[list[RecordedExamination]] = []
    # What has a beginning first: the rest goes where its day falls.
    for row in sorted(rows, key=lambda one: _start_of_row(one) is None):
        home = next((group for group in groups if _belongs(row, group)), None)
        if home is None:
            groups.append([row])
        else:
            home.append(row)
    return groups


def _belongs(row: RecordedExamination, group: Sequence[RecordedExamination]) -> bool:
    start = _start_of_row(row)
    starts = [found for one in group if (found := _start_of_row(one)) is not None]
    if start is not None and any(_is_near(start, known) for known in starts):
        return True
    # A reason was given for changing the dates, so it is the same pregnancy.
    if start is None or row.facts.dating_reason.strip():
        return _lasts(starts[-1] if starts else min(map(_day, group)), _day(row))
    return False


def _joined(group: Iterable[RecordedExamination]) -> Pregnancy:
    rows = sorted(group, key=_moment)
    valid = tuple(one for one in rows if not one.is_superseded)
    return Pregnancy(valid or tuple(rows), record_of(rows))


def _start_of_row(row: RecordedExamination) -> date | None:
    return _start(row.facts.dating, row.facts.exam_date)


def _start(dating: Dating | None, exam_date: date | None) -> date | None:
    believed = _believed(dating, exam_date)
    edd = None if believed is None else edd_by(believed)
    return None if edd is None or isinstance(edd, NoAge) else _start_of(edd)


def _believed(dating: Dating | None, exam_date: date | None) -> Dating | None:
    """Return a dating placed in time; None where its EDD contradicts the examination's day.

    An LMP after the examination was accepted with it by mistake: it dates no other one.
    """
    placed = placed_in_time(dating, exam_date)
    edd = None if placed is None else edd_by(placed)
    if edd is None or isinstance(edd, NoAge):
        return None
    if exam_date is not None and isinstance(
        gestational_age(Dating.from_edd(edd), exam_date), NoAge
    ):
        return None
    return placed


def _start_of(edd: date) -> date:
    return edd - timedelta(days=DAYS_OF_PREGNANCY)


def _is_near(start: date, other: date | None) -> bool:
    return other is not None and abs((start - other).days) <= SAME_PREGNANCY_DAYS


def _lasts_on(day: date, pregnancy: Pregnancy) -> bool:
    return _lasts(pregnancy.starts or _day(pregnancy.examinations[0]), day)


def _lasts(start: date, day: date) -> bool:
    return timedelta(0) <= day - start <= timedelta(days=LONGEST_PREGNANCY_DAYS)


def _day(row: RecordedExamination) -> date:
    return row.facts.exam_date or row.accepted_at.date()


def _moment(row: RecordedExamination) -> tuple[date, datetime]:
    return _day(row), row.accepted_at


def _first_moment(pregnancy: Pregnancy) -> tuple[date, datetime]:
    return _moment(pregnancy.examinations[0])
