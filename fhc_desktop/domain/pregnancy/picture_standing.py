"""Whether the picture on the screen is in the log already, and what accepting it again would be."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from fhc_desktop.domain.examination.examination import Examination, Facts
from fhc_desktop.domain.examination.file_data import names_another
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.patient import Patient
from fhc_desktop.domain.pregnancy.identity_standing import IdentityStanding
from fhc_desktop.domain.pregnancy.recorded import RecordedExamination


class Repeat(Enum):
    """What accepting a picture again would be to the row that is shown of it.

    Nobody's row is corrected unasked by another operator, for another patient, by an image without
    her identifier, or for the other fetus of two on one picture: those are rows of their own.
    """

    UNCHANGED = "the same facts: nothing is added"
    CORRECTION = "the same operator with other facts"
    SECOND_READING = "the same operator, measuring afresh on purpose"
    OTHER_PATIENT = "accepted for another patient"
    UNIDENTIFIED = "accepted with an identifier, where none is given now"


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
    exam: Examination,
    readings: Sequence[RecordedExamination],
    identity: IdentityStanding,
    *,
    operator: str,
) -> PictureStanding | None:
    """Return what accepting a picture would repeat; None where that is nothing.

    ``readings`` are its rows in force, in the order of the log. While it is open who the patient
    is, nothing is said: two women's pictures may be one file, exported twice.
    """
    if identity.question is not None:
        return None
    strangers = [one for one in readings if _is_anothers(one.facts.patient, exam, identity)]
    hers = [one for one in readings if one not in strangers]
    if not exam.patient.identifier:
        hers = [one for one in hers if not one.facts.patient.identifier]
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
        return PictureStanding(readings[-1], Repeat.UNIDENTIFIED)
    return None


def _is_anothers(logged: Patient, exam: Examination, identity: IdentityStanding) -> bool:
    """Return whether a row is of somebody else than the patient on the screen."""
    identifier = exam.patient.identifier
    if identifier and logged.identifier == identifier:
        return all(one.facts.patient != logged for one in identity.examinations)
    return names_another(logged, exam.patient)


def _of_own(
    exam: Examination, own: Sequence[RecordedExamination], operator: str
) -> PictureStanding:
    if exam.is_second_reading:
        return PictureStanding(own[-1], Repeat.SECOND_READING)
    same = [one for one in own if exam.facts and _adds_nothing(exam.facts, one, operator)]
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


def _adds_nothing(facts: Facts, row: RecordedExamination, operator: str) -> bool:
    """Return whether a row says all of it; what it answered of her identity is still answered."""
    then = row.facts
    same = replace(facts.by_the_word_of(operator), answers=then.answers)
    return same == then and facts.answers <= then.answers


def _differ(one: Fetus, other: Fetus) -> bool:
    return bool(one.label and other.label) and one.label != other.label
