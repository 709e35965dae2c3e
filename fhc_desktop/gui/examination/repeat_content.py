"""What the window says of a picture that is in the log already."""

from dataclasses import dataclass, replace
from datetime import datetime

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.pregnancy.picture_standing import PictureStanding, Repeat

UNCHANGED = "Nothing has changed since, so nothing was added to the log."
_BEFORE = "before"
_WHAT_THEN = {
    Repeat.UNCHANGED: "and logged. Accepting adds nothing.",
    Repeat.CORRECTION: "and logged. Accepting corrects that measurement.",
    Repeat.SECOND_READING: "and logged. Accepting adds a second reading.",
    Repeat.OTHER_PATIENT: (
        "for another patient: one of the two is wrong. If that one is, open it from the log and "
        "correct it."
    ),
    Repeat.UNIDENTIFIED: (
        "for a patient whose identifier is not entered here. Enter it, or open the entry from the "
        "log."
    ),
}
_CHOICES = {
    Repeat.UNCHANGED: "Second reading",
    Repeat.CORRECTION: "Second reading",
    Repeat.SECOND_READING: "Correct that one",
}


@dataclass(frozen=True, slots=True)
class RepeatContent:
    """When it was accepted, and what accepting it again does; empty where it never was.

    It says nothing of what was measured then: a second reading is to be a blind one. ``choice`` is
    what can be done instead. ``is_warning``: the picture is logged for another patient.
    """

    accepted: str = ""
    what_then: str = ""
    choice: str = ""
    is_second_reading: bool = False
    is_warning: bool = False

    @classmethod
    def of(cls, exam: Examination, standing: PictureStanding | None = None) -> "RepeatContent":
        if standing is None or exam.acceptance is not None:  # its state says what is accepted
            return cls()
        repeat = standing.repeat
        return cls(
            local_text(standing.earlier.accepted_at),
            _WHAT_THEN[repeat],
            _CHOICES.get(repeat, ""),
            is_second_reading=repeat is Repeat.SECOND_READING,
            is_warning=repeat is Repeat.OTHER_PATIENT,
        )

    @property
    def sentence(self) -> str:
        return f"Accepted {self.accepted} {self.what_then}" if self.accepted else ""

    @property
    def deidentified(self) -> "RepeatContent":
        """The same without the day, which may tell whose picture it is."""
        return replace(self, accepted=_BEFORE) if self.accepted else self


def repeated_words(at: datetime, *, is_deidentified: bool = False) -> str:
    """Return what is told where exactly this was accepted before."""
    return f"Accepted {_BEFORE if is_deidentified else local_text(at)} and logged. {UNCHANGED}"


def local_text(at: datetime) -> str:
    """Return a moment by the clock on this machine's wall."""
    return f"{at.astimezone():%Y-%m-%d %H:%M}"
