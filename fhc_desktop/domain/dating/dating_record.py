"""On what the dates of a pregnancy rest: one basis in force, and every change kept in sight."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from fhc_desktop.domain.dating.gestation import Dating, NoAge, edd_by
from fhc_desktop.domain.errors import FhcError


class DatingRefused(FhcError):  # noqa: N818 - named for what happened
    """A dating cannot become the basis as it is."""


@dataclass(frozen=True, slots=True)
class DatingBasis:
    """A dating with who entered it and when (UTC); ``reason`` is empty for the first only.

    Raises:
        DatingRefused: nobody vouches for it, or no date of delivery follows from it.
        ValueError: ``at`` is not in UTC.
    """

    dating: Dating
    author: str
    at: datetime
    reason: str = ""

    def __post_init__(self) -> None:
        if self.at.utcoffset() != timedelta(0):
            raise ValueError(f"not a time in UTC: {self.at}")
        if not self.author.strip():
            raise DatingRefused("A dating needs its author.", "Enter who dates the pregnancy.")
        edd = edd_by(self.dating)
        if isinstance(edd, NoAge):
            raise DatingRefused(edd.reason, "Check what was entered.")

    @property
    def edd(self) -> date:
        found = edd_by(self.dating)
        if isinstance(found, NoAge):  # pragma: no cover - a basis has an EDD
            raise TypeError(found.reason)
        return found

    @property
    def text(self) -> str:
        """Method, EDD, author, time and reason in one line."""
        said = f"{self.dating.text}, EDD {self.edd}; {self.author}, {self.at:%Y-%m-%d %H:%M} UTC"
        return f"{said}; {self.reason}" if self.reason else said


@dataclass(frozen=True, slots=True)
class DatingRecord:
    """The bases of one pregnancy, the oldest first; the last is in force and no other.

    Reading changes nothing; ``changed`` gives a new record with one more basis.

    Raises:
        ValueError: there is no basis, a change has no reason, or times run backwards.
    """

    bases: tuple[DatingBasis, ...]

    def __post_init__(self) -> None:
        if not self.bases:
            raise ValueError("a record begins with a basis")
        for before, after in zip(self.bases, self.bases[1:], strict=False):
            if not after.reason.strip() or after.at < before.at:
                raise ValueError(f"not a change: {after}")

    @classmethod
    def begun(cls, dating: Dating, *, author: str, at: datetime) -> "DatingRecord":
        return cls((DatingBasis(dating, author, at),))

    @property
    def in_force(self) -> DatingBasis:
        return self.bases[-1]

    @property
    def changes(self) -> tuple[str, ...]:
        """Each change in words, the oldest first: old and new EDD, and by how many days."""
        return tuple(_change_text(before, after) for before, after in self.steps)

    @property
    def steps(self) -> tuple[tuple[DatingBasis, DatingBasis], ...]:
        """Each basis that was changed with the one that it was changed to, the oldest first."""
        return tuple(zip(self.bases, self.bases[1:], strict=False))

    def changed(self, dating: Dating, *, author: str, at: datetime, reason: str) -> "DatingRecord":
        """Return the record with another basis in force.

        Raises:
            DatingRefused: there is no reason, no author, nothing new, or no EDD follows.
        """
        if not reason.strip():
            raise DatingRefused(
                "The dating of a pregnancy changes for a reason only.", "Enter the reason."
            )
        if dating == self.in_force.dating:
            raise DatingRefused(
                "This is the dating that is in force already.", "Enter the one to change to."
            )
        return replace(self, bases=(*self.bases, DatingBasis(dating, author, at, reason)))


def author_of(operator: str) -> str:
    """Return who vouches for what an operator accepted, by name or in words that there is none."""
    return operator.strip() or "operator not given"


def days_moved(before: date, after: date) -> str:
    """Return by how many days a date of delivery moves, and which way: 3 days later."""
    days = (after - before).days
    if not days:
        return "as before"
    unit = "day" if abs(days) == 1 else "days"
    return f"{abs(days)} {unit} {'later' if days > 0 else 'earlier'}"


def _change_text(before: DatingBasis, after: DatingBasis) -> str:
    moved = days_moved(before.edd, after.edd)
    dates = f"{before.dating.text} → {after.dating.text}: EDD {before.edd} → {after.edd}, {moved}"
    return f"{dates}; {after.author}, {after.at:%Y-%m-%d %H:%M} UTC; {after.reason}"
