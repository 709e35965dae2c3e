"""Whether the picture on the screen is in the log already, and what accepting it again would be."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.file_data import names_another
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.patient import Patient
from fhc_desktop.domain.pregnancy.recorded import RecordedExamination


class Repeat(Enum):
    """What accepting a picture again would be to the row that is shown of it.

    Nobody's row is corrected unasked by another operator, for another patient, by an image that
    names no patient, or for the other fetus of two on one picture: those are rows of their own.
    """

    UNCHANGED = "the same facts: nothing is added"
    CORRECTION = "the same operator with other facts"
    SECOND_READING = "the same operator, measuring afresh on purpose"
    OTHER_PATIENT = "accepted for another patient"
    NAMELESS = "accepted for a patient, where none is named now"


@dataclass(frozen=True, slots=True)
class PictureStanding:
    """The row of the log that a picture repeats, and as what."""

    earlier: RecordedExamination
    repeat: Repeat

    @property
    def corrected(self) -> str | None:
        """The row that holds no longer once this is accepted; the same again corrects itself."""
        is_own = self.repeat in {Repeat.UNCHANGED, Repeat.CORRECTION}
        return self.earlier.entry_id if is_own else None


def picture_standing(
    exam: Examination, readings: Sequence[RecordedExamination], *, operator: str
) -> PictureStanding | None:
    """Return what accepting a picture would repeat; None where that is nothing.

    ``readings`` are its rows in force, in the order of the log.
    """
    strangers = [one for one in readings if names_another(one.facts.patient, exam.patient)]
    hers = [one for one in readings if one not in strangers]
    if not _is_named(exam.patient):
        strangers, hers = [], [one for one in readings if not _is_named(one.facts.patient)]
    own = [
        one
        for one in hers
        if one.operator.strip() == operator.strip() and not _differ(one.facts.fetus, exam.fetus)
    ]
    if own:
        return _of_own(exam, own, operator)
    if strangers:
        return PictureStanding(strangers[-1], Repeat.OTHER_PATIENT)
    if readings and not hers:
        return PictureStanding(readings[-1], Repeat.NAMELESS)
    return None


def _of_own(
    exam: Examination, own: Sequence[RecordedExamination], operator: str
) -> PictureStanding:
    if exam.is_second_reading:
        return PictureStanding(own[-1], Repeat.SECOND_READING)
    facts = None if exam.facts is None else exam.facts.by_the_word_of(operator)
    same = [one for one in own if one.facts == facts]
    if same:
        return PictureStanding(same[-1], Repeat.UNCHANGED)
    return PictureStanding(own[-1], Repeat.CORRECTION)


def row_replaced(
    exam: Examination, standing: PictureStanding | None, opened: str | None
) -> str | None:
    """Return the row that accepting would supersede.

    ``opened`` is the one that the image was opened from, or that was accepted last: it comes
    first, unless a second reading of it is wanted.
    """
    if exam.is_second_reading and exam.acceptance is None:
        return None
    if opened is not None:
        return opened
    return None if standing is None else standing.corrected


def _is_named(patient: Patient) -> bool:
    return bool(patient.identifier or patient.name)


def _differ(one: Fetus, other: Fetus) -> bool:
    return bool(one.label and other.label) and one.label != other.label
