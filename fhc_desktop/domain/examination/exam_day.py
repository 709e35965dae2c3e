"""The day on which a picture was taken, by all that its file says of days."""

from dataclasses import dataclass
from datetime import date, timedelta

from fhc_desktop.domain.image.file_day import FileDay
from fhc_desktop.domain.image.ultrasound_image import StudyInfo

# The nearest to the picture first: acquisition and content are of the image (PS3.3 C.7.10.1 and
# C.7.6.1), then comes the start of its series (C.7.3.1), then that of its study (C.7.2.1), which
# may be opened again.
DAYS_OF_A_PICTURE = (FileDay.ACQUISITION, FileDay.CONTENT, FileDay.SERIES, FileDay.STUDY)
# Midnight may pass during a scan, and two clocks may stand in two time zones.
_APART_DAYS = 1
# Grey-scale pictures of a fetal head came in the seventies.
_FIRST_YEAR = 1970
# 2567 is 2024 in Thailand; whoever reads this lives before 2200.
_BUDDHIST_YEARS_AHEAD = 543
_LAST_YEAR = 2200


@dataclass(frozen=True, slots=True)
class ToldDay:
    """A day with where in the file it stands."""

    told_in: FileDay
    day: date

    def __str__(self) -> str:
        return f"{self.day} ({self.told_in.keyword})"


@dataclass(frozen=True, slots=True)
class DaysApart:
    """Two days that a file gives for one picture, more than a day apart."""

    taken: ToldDay
    other: ToldDay

    @property
    def days(self) -> int:
        return abs((self.taken.day - self.other.day).days)

    @property
    def sentence(self) -> str:
        """What is wrong; without the days themselves, since it may stand where nobody is named."""
        return (
            f"{self.taken.told_in.keyword} and {self.other.told_in.keyword} in the file lie "
            f"{self.days} days apart, and nobody has said which is the day of the examination."
        )


def told_days(study: StudyInfo) -> tuple[ToldDay, ...]:
    """Return what the file says of the day, the nearest to the picture first."""
    found = ((told_in, getattr(study, told_in.field)) for told_in in DAYS_OF_A_PICTURE)
    return tuple(ToldDay(told_in, day) for told_in, day in found if day is not None)


def exam_day(study: StudyInfo) -> date | None:
    """Return the day that is offered: the acquisition's, else content's, series' or study's."""
    return next((told.day for told in told_days(study)), None)


def days_apart(study: StudyInfo) -> DaysApart | None:
    """Return the day that is offered and the one against it; None where no two are far apart.

    Of several that differ it is the one farthest from the picture, the study's before all.
    """
    told = told_days(study)
    days = [one.day for one in told]
    if not days or (max(days) - min(days)).days <= _APART_DAYS:
        return None
    taken = told[0]
    # Where only two of the others are far apart, each of them is a day from the one offered.
    far = [one for one in told if abs((one.day - taken.day).days) > _APART_DAYS]
    return DaysApart(taken, (far or [one for one in told if one.day != taken.day])[-1])


def is_told(day: date, study: StudyInfo) -> bool:
    """Return whether a day is, give or take one, among those that the file gives."""
    return any(abs((day - told.day).days) <= _APART_DAYS for told in told_days(study))


def fault_of_day(day: date, *, today: date | None) -> str:
    """Return why no picture was taken on a day that a file gives; empty where one can have been.

    Without ``today`` only what no reader of this will see is called a day to come.
    """
    if day.year < _FIRST_YEAR:
        return f"lies before {_FIRST_YEAR}"
    if _FIRST_YEAR <= day.year - _BUDDHIST_YEARS_AHEAD <= _LAST_YEAR:
        return f"counts the years as the Buddhist calendar does, {_BUDDHIST_YEARS_AHEAD} ahead,"
    # One day's grace: the clock of a scanner and that of the computer may lie a zone apart.
    is_ahead = today is not None and day > today + timedelta(days=1)
    return "is a day to come" if is_ahead or day.year > _LAST_YEAR else ""
