"""One dating for many files, where nobody can be asked about each of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from fhc_desktop.domain.dating.gestation import (
    LONGEST_PREGNANCY_DAYS,
    Dating,
    GestationalAge,
    NoAge,
    edd_by,
    first_day,
    gestational_age,
)
from fhc_desktop.domain.examination.exam_day import DaysApart, days_apart, exam_day, is_told
from fhc_desktop.domain.examination.file_data import dating_of
from fhc_desktop.domain.image.ultrasound_image import StudyInfo
from fhc_desktop.domain.person_name import is_same_name

_MOST_NAMED = 3


class DatingFrom(StrEnum):
    """Whose dating holds where the files and the one given do not go together."""

    OPTIONS = "options"
    FILES = "files"


@dataclass(frozen=True, slots=True)
class GivenDating:
    """What was given for all files; ``holds`` is None where nobody said whose word does.

    ``held_back`` is why the dating is that of no file here, ``note`` what every file should say of
    it; both are empty where there is nothing to say.
    """

    dating: Dating | None = None
    exam_date: date | None = None
    holds: DatingFrom | None = None
    held_back: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class NamedStudy:
    """What a file says of patient and study, with how the file is called in a sentence."""

    name: str
    study: StudyInfo


@dataclass(frozen=True, slots=True)
class FileDating:
    """What dates one file: ``withheld`` is why there is no age although it is dated.

    ``is_settled``: of two days that its file gives, one is chosen.
    """

    dating: Dating | None
    exam_date: date | None
    is_settled: bool = False
    withheld: NoAge | None = None
    caveats: tuple[str, ...] = ()

    @property
    def age(self) -> GestationalAge | NoAge:
        return self.withheld or gestational_age(self.dating, self.exam_date)


@dataclass(frozen=True, slots=True)
class Unclear:
    """Why one dating does not fit these files, a sentence each."""

    faults: tuple[str, ...]


def dated_together(files: Iterable[NamedStudy], given: GivenDating) -> GivenDating | Unclear:
    """Return what holds for all files together, or why nothing does until somebody says.

    Without a word on whose dating holds, one that was given must be that of every file: of one
    woman, of one pregnancy, and not another than a file's own. Each file is asked for once, and
    none is held but those that a sentence names.
    """
    seen = _Seen()
    for one in files:
        seen.add(one, given)
    shared = tuple(_shared_faults(seen, given))
    of_day, against = _fault_of_one_day(seen, given), _against_files(seen, given)
    if given.holds is DatingFrom.FILES:
        # What one file of hers contradicts dates none of the others either.
        return replace(given, held_back=_joined(*shared, against))
    if given.holds is DatingFrom.OPTIONS:
        return replace(given, note=_joined(*shared, of_day))
    faults = tuple(filter(None, (*shared, of_day, _unfit_files(seen, given), against)))
    return Unclear(faults) if faults else given


def file_dating(study: StudyInfo, given: GivenDating) -> FileDating:
    """Return what dates one file, by what it says itself and by what holds for all."""
    exam_date, apart = _day(study, given)
    dating, caveats = _dating(study, given, exam_date)
    is_dated = dating is not None and dating.on is not None
    withheld = None
    if apart is not None and is_dated:
        withheld = NoAge(
            f"The file gives two days, {apart.taken} and {apart.other}: say which with --exam-date."
        )
        caveats = (*caveats, f"No age. {withheld.reason}")
    if given.exam_date is not None and not _is_in_file(exam_date, study):
        caveats = (*caveats, f"The examination date given, {exam_date}, is not in the file.")
    is_settled = apart is None and days_apart(study) is not None
    return FileDating(dating, exam_date, is_settled, withheld, caveats)


def is_another_woman(one: StudyInfo, other: StudyInfo) -> bool:
    """Return whether two files name different women, as far as both name one.

    Nobody can be asked, so any difference beyond the spelling of the name is one.
    """
    names = one.patient_name, other.patient_name
    if all(names) and not is_same_name(names[0] or "", names[1] or ""):
        return True
    both = (
        (one.patient_id, other.patient_id),
        (one.issuer, other.issuer),
        (one.birth_date, other.birth_date),
    )
    return any(here and there and here != there for here, there in both)


@dataclass(slots=True)
class _Few:
    """How many there are, and the first few of them by name."""

    named: list[str] = field(default_factory=list)
    count: int = 0

    def add(self, name: str) -> None:
        self.count += 1
        if len(self.named) < _MOST_NAMED:
            self.named.append(name)


@dataclass(slots=True)
class _Seen:
    """What the files come to: a file of each woman, the first few; a file of each day; the misfits.

    ``unfit`` has no age by the dating given, ``against`` has another dating of its own.
    """

    women: list[NamedStudy] = field(default_factory=list)
    days: dict[date, str] = field(default_factory=dict)
    unfit: _Few = field(default_factory=_Few)
    against: _Few = field(default_factory=_Few)

    def add(self, one: NamedStudy, given: GivenDating) -> None:
        study = one.study
        is_named = bool(study.patient_id or study.patient_name)
        if len(self.women) < _MOST_NAMED and is_named and self._is_of_another(study):
            self.women.append(one)
        offered = exam_day(study)
        if offered is not None:
            self.days.setdefault(offered, one.name)
        if given.dating is not None:
            self._add_misfit(one, given.dating, _day(study, given)[0])

    def _is_of_another(self, study: StudyInfo) -> bool:
        """Say whether a file names another woman than all before it."""
        return all(is_another_woman(study, known.study) for known in self.women)

    def _add_misfit(self, one: NamedStudy, dating: Dating, exam_date: date | None) -> None:
        if not _fits(dating, exam_date):
            self.unfit.add(one.name)
        own = dating_of(one.study)
        if own is not None and not _is_same_pregnancy(dating, own, exam_date):
            self.against.add(f"{one.name} has {own.text}")


def _shared_faults(seen: _Seen, given: GivenDating) -> Iterator[str]:
    """Yield why one dating cannot be that of all files, whatever each says of its own."""
    if given.dating is None:
        return
    if len(seen.women) > 1:
        women = _listed([one.name for one in seen.women])
        yield f"One dating was given, and {women} name different patients."
    if len(seen.days) > 1 and given.dating.on is None:
        yield f"One age was given for several days: {_listed(_days(seen))}."


def _fault_of_one_day(seen: _Seen, given: GivenDating) -> str:
    if given.exam_date is None or len(seen.days) < 2:  # noqa: PLR2004 - of one day it may be another
        return ""
    return f"One examination date was given for several days: {_listed(_days(seen))}."


def _unfit_files(seen: _Seen, given: GivenDating) -> str:
    if given.dating is None or not seen.unfit.count:
        return ""
    few = seen.unfit
    named = _listed(few.named, few.count)
    return f"{given.dating.text} gives no age from 0 to 43 weeks on the day of {named}."


def _against_files(seen: _Seen, given: GivenDating) -> str:
    if given.dating is None or not seen.against.count:
        return ""
    return f"{given.dating.text} was given, and {_listed(seen.against.named, seen.against.count)}."


def _days(seen: _Seen) -> list[str]:
    """Return a file of each day that is offered, with the day."""
    return [f"{name} of {day}" for day, name in sorted(seen.days.items())]


def _day(study: StudyInfo, given: GivenDating) -> tuple[date | None, DaysApart | None]:
    """Return the day of a file, and the two that it gives as long as neither is chosen."""
    offered, apart = exam_day(study), days_apart(study)
    if given.exam_date is None or offered is None:
        return given.exam_date or offered, apart
    if given.holds is not DatingFrom.FILES:
        return given.exam_date, None
    if apart is None or not is_told(given.exam_date, study):
        return offered, apart
    return given.exam_date, None


def _dating(
    study: StudyInfo, given: GivenDating, exam_date: date | None
) -> tuple[Dating | None, tuple[str, ...]]:
    own, notes = dating_of(study), (given.note,) if given.note else ()
    if given.dating is None:
        return own, notes
    is_another = own is not None and not _is_same_pregnancy(given.dating, own, exam_date)
    if given.holds is not DatingFrom.FILES:
        against = f"The file has another dating than was given: {own.text}." if own else ""
        return given.dating, (*notes, against) if is_another else notes
    if own is not None:
        return own, ("The dating given is not used: the file has its own.",) if is_another else ()
    if given.held_back:
        return None, (f"The dating given is not used. {given.held_back}",)
    if not _fits(given.dating, exam_date):
        return None, ("The dating given is not used: it fits no pregnancy on this day.",)
    return given.dating, ()


def _fits(dating: Dating, exam_date: date | None) -> bool:
    """Return whether there was such a pregnancy on a day; what cannot be told is no fault."""
    start = first_day(dating)
    if exam_date is None or isinstance(start, NoAge):
        return True
    return 0 <= (exam_date - start).days <= LONGEST_PREGNANCY_DAYS


def _is_same_pregnancy(given: Dating, own: Dating, exam_date: date | None) -> bool:
    """Return whether both stand for one date of delivery; an age alone does on its day only."""
    if given.on is None and exam_date is None:
        return True
    dated = replace(given, on=exam_date) if given.on is None else given
    return edd_by(dated) == edd_by(own)


def _is_in_file(day: date | None, study: StudyInfo) -> bool:
    return day is None or exam_day(study) is None or is_told(day, study)


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def _listed(names: Sequence[str], count: int | None = None) -> str:
    """Return the first few names, and how many more there are of ``count``; None is all given."""
    named = names[:_MOST_NAMED]
    more = (len(names) if count is None else count) - len(named)
    if more > 0:
        return f"{', '.join(named)} and {more} more"
    return " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))
