"""What the window says of a picture that is in the log already."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from fhc_desktop.domain.examination.examination import Acceptance, Examination
from fhc_desktop.domain.pregnancy.picture_heads import is_other_fetus
from fhc_desktop.domain.pregnancy.picture_standing import PictureStanding, Repeat

UNCHANGED = "Nothing has changed since, so nothing was added to the log."
_BEFORE = "before"
_NOT_LOGGED = (
    "and NOT LOGGED: it is in no row of the log yet. It is kept here until you log it again."
)
_WAITS = (
    "and waits to be logged: it is kept on this machine and written as soon as the log can take it."
)
_CHANGED_AND_NOT_LOGGED = "and NOT LOGGED, and changed since. Accept it again."
_WHAT_THEN = {
    Repeat.UNCHANGED: "and logged. Accepting adds nothing.",
    Repeat.CORRECTION: "and logged. Accepting corrects that measurement.",
    Repeat.SECOND_READING: "and logged. Accepting adds a second reading.",
    Repeat.OTHER_HEAD: (
        "for another head of this picture: say which fetus each is, or correct that one."
    ),
    Repeat.OTHER_PATIENT: (
        "for another patient: one of the two is wrong. If that one is, open it from the log and "
        "correct it."
    ),
    Repeat.UNIDENTIFIED: (
        "for a patient whose identifier is not entered here. Enter it, or open the entry from the "
        "log."
    ),
}


class Choice(Enum):
    """What can be done instead of accepting once more, in the words of its button."""

    NONE = ""
    SECOND_READING = "Second reading"
    EARLIER_READING = "Correct that one"
    LOG_AGAIN = "Log again"


_CHOICES = {
    Repeat.UNCHANGED: Choice.SECOND_READING,
    Repeat.CORRECTION: Choice.SECOND_READING,
    Repeat.SECOND_READING: Choice.EARLIER_READING,
    Repeat.OTHER_HEAD: Choice.EARLIER_READING,
}


@dataclass(frozen=True, slots=True)
class RepeatContent:
    """When the picture was accepted, and what accepting it again does; empty where it never was.

    Before a second reading it says nothing of what was measured then: that is to be a blind one.
    ``is_warning``: the picture is logged for another patient, or accepted and not logged.
    """

    accepted: str = ""
    what_then: str = ""
    choice: Choice = Choice.NONE
    is_warning: bool = False

    @classmethod
    def of(cls, exam: Examination, standing: PictureStanding | None = None) -> "RepeatContent":
        accepted = exam.acceptance
        if accepted is not None and not is_other_fetus(exam, accepted.facts):
            return _of_accepted(exam, accepted)
        if standing is None:
            return cls()
        repeat = standing.repeat
        return cls(
            local_text(standing.earlier.accepted_at),
            _WHAT_THEN[repeat],
            _CHOICES.get(repeat, Choice.NONE),
            is_warning=repeat is Repeat.OTHER_PATIENT,
        )

    @property
    def is_correction(self) -> bool:
        """Whether accepting corrects a row."""
        return self.what_then == _WHAT_THEN[Repeat.CORRECTION]

    @property
    def sentence(self) -> str:
        return f"Accepted {self.accepted} {self.what_then}" if self.accepted else ""

    @property
    def deidentified(self) -> "RepeatContent":
        """The same without the day, which may tell whose picture it is."""
        return replace(self, accepted=_BEFORE) if self.accepted else self


def _of_accepted(exam: Examination, acceptance: Acceptance) -> RepeatContent:
    at, is_logged = local_text(acceptance.at), acceptance.entry_id is not None
    if exam.is_accepted and acceptance.waits:
        return RepeatContent(at, _WAITS, Choice.LOG_AGAIN, is_warning=True)
    if exam.is_accepted and is_logged:
        return RepeatContent(at, "and logged.", Choice.SECOND_READING)
    if is_logged:
        return RepeatContent(at, _WHAT_THEN[Repeat.CORRECTION], Choice.SECOND_READING)
    if exam.is_accepted:
        return RepeatContent(at, _NOT_LOGGED, Choice.LOG_AGAIN, is_warning=True)
    return RepeatContent(at, _CHANGED_AND_NOT_LOGGED, is_warning=True)


def repeated_words(at: datetime, *, is_deidentified: bool = False) -> str:
    """Return what is told where exactly this was accepted before."""
    return f"Accepted {_BEFORE if is_deidentified else local_text(at)} and logged. {UNCHANGED}"


def local_text(at: datetime) -> str:
    """Return a moment by the clock on this machine's wall."""
    return f"{at.astimezone():%Y-%m-%d %H:%M}"
