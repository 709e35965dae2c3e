"""How the dating of the image on the screen stands to what the log knows of its pregnancy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date

from fhc_desktop.domain.dating.dating_record import DatingBasis, DatingRecord, author_of, days_moved
from fhc_desktop.domain.dating.gestation import Dating, DatingMethod, NoAge, edd_by, gestational_age
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.growth.redating import disagreement_of_datings
from fhc_desktop.domain.pregnancy.pregnancy import (
    Pregnancy,
    changes_dating,
    overlapped_by,
    pregnancy_of,
)
from fhc_desktop.domain.pregnancy.recorded import placed_in_time

NOT_RECORDED = "not recorded yet"
SEPARATOR = " · "


@dataclass(frozen=True, slots=True)
class DatingStanding:
    """What is shown of a dating beside what was entered, and what is asked about it.

    ``dating`` is None where there is none, or one that cannot be true on the examination's day.
    ``basis`` is who recorded it and when, None for one that nobody has accepted yet. ``pregnancy``
    is the one in the log that the image belongs to or, where ``begins_another``, overlaps.
    """

    dating: Dating | None
    basis: DatingBasis | None
    pregnancy: Pregnancy | None
    exam_date: date | None = None
    is_change: bool = False
    begins_another: bool = False
    has_reason: bool = False

    @property
    def record(self) -> DatingRecord | None:
        return None if self.pregnancy is None else self.pregnancy.record

    @property
    def in_force(self) -> DatingBasis | None:
        """The basis of the pregnancy in the log."""
        return None if self.record is None else self.record.in_force

    @property
    def edd(self) -> date | None:
        found = None if self.dating is None else edd_by(self.dating)
        return found if isinstance(found, date) else None

    @property
    def line(self) -> str:
        """The dating of the image, its EDD, its author and day; empty where there is none."""
        if self.dating is None:
            return ""
        if self.basis is not None:
            return basis_line(self.basis)
        return SEPARATOR.join((*_dating_parts(self.dating), NOT_RECORDED))

    @property
    def line_in_force(self) -> str:
        """The basis in the log; empty where there is none, or it is that of the image."""
        if self.in_force is None or self.in_force == self.basis:
            return ""
        return f"In force: {basis_line(self.in_force)}"

    @property
    def offers_in_force(self) -> bool:
        """Whether the dating in force can take the place of that of the image."""
        return self.in_force is not None and (
            self.dating is None or self.is_change or self.begins_another
        )

    @property
    def needs_reason(self) -> bool:
        """Whether nothing can be accepted until a reason is given, or another dating."""
        return self.is_change and not self.has_reason

    @property
    def question(self) -> str:
        """What the clinician is asked, in words; empty where nothing is."""
        if self.in_force is None or self.edd is None:
            return ""
        if self.begins_another:
            return (
                "By these dates another pregnancy begins, while the one with "
                f"EDD {self.in_force.edd} lasts. If it is the same, give the reason for the change."
            )
        if not self.is_change:
            return ""
        moved = days_moved(self.in_force.edd, self.edd)
        said = f"EDD {self.edd} is {moved} than the one in force ({self.in_force.edd})."
        off = disagreement_of_datings(self.dating, self.in_force.dating)
        return said if off is None else f"{said} {off}"

    @property
    def offered(self) -> Dating | None:
        """The dating in force in a form that holds on the day of the image.

        That by a scan of a later day, or of the same one, is offered by its EDD.
        """
        if self.in_force is None:
            return None
        found = gestational_age(self.in_force.dating, self.exam_date)
        is_after = self.exam_date is not None and isinstance(found, NoAge)
        return Dating.from_edd(self.in_force.edd) if is_after else self.in_force.dating


def dating_standing(exam: Examination, known: Sequence[Pregnancy]) -> DatingStanding:
    """Return how the dating of an examination stands to the pregnancies of its patient."""
    dating = _plausible(exam)
    own = pregnancy_of(exam, known)
    pregnancy = own or overlapped_by(exam, known)
    record = None if pregnancy is None else pregnancy.record
    return DatingStanding(
        dating=dating,
        basis=basis_of(exam, record if own is not None else None),
        pregnancy=pregnancy,
        exam_date=exam.exam_date,
        is_change=dating is not None and changes_dating(exam, own),
        begins_another=dating is not None and own is None and pregnancy is not None,
        has_reason=bool(exam.dating_reason.strip()),
    )


def basis_of(exam: Examination, record: DatingRecord | None) -> DatingBasis | None:
    """Return who vouches for the dating of an examination, and since when; None: nobody yet.

    Whoever accepts an image is the author of its dating, unless the record of its pregnancy
    has that dating in force already.
    """
    dating = _plausible(exam)
    if dating is None or isinstance(edd_by(dating), NoAge):
        return None
    if record is not None and record.in_force.dating == dating:
        return record.in_force
    if exam.acceptance is None or not exam.is_accepted:
        return None
    author = author_of(exam.acceptance.operator)
    return DatingBasis(dating, author, exam.acceptance.at.astimezone(UTC), exam.dating_reason)


def basis_line(basis: DatingBasis) -> str:
    """Return method, EDD, author and day: by LMP 2026-01-10 · EDD 2026-10-17 · Dr A, …."""
    return SEPARATOR.join((*_dating_parts(basis.dating), f"{basis.author}, {basis.at:%Y-%m-%d}"))


def step_line(before: DatingBasis, after: DatingBasis) -> str:
    """Return a change of the dating in one line: old and new EDD, who, when and why."""
    return SEPARATOR.join(
        (
            f"EDD {before.edd} → {after.edd}, {days_moved(before.edd, after.edd)}",
            f"{after.author}, {after.at:%Y-%m-%d}",
            after.reason,
        )
    )


def edd_text(dating: Dating) -> str:
    """Return the EDD in words; empty where there is none, or the dating says it already."""
    edd = edd_by(dating)
    is_said = isinstance(edd, NoAge) or dating.method is DatingMethod.EDD
    return "" if is_said else f"EDD {edd}"


def _dating_parts(dating: Dating) -> tuple[str, ...]:
    return tuple(part for part in (f"by {dating.text}", edd_text(dating)) if part)


def _plausible(exam: Examination) -> Dating | None:
    """Return the dating, placed in time; None where it contradicts the examination's day."""
    if exam.dating is None or (exam.exam_date is not None and isinstance(exam.age, NoAge)):
        return None
    return placed_in_time(exam.dating, exam.exam_date) or exam.dating
