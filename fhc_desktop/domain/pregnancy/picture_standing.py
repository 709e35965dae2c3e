"""Whether the picture on the screen is in the log already, and what accepting it again would be."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from fhc_desktop.domain.examination.examination import Examination, Facts
from fhc_desktop.domain.examination.file_data import names_another
from fhc_desktop.domain.patient import Patient
from fhc_desktop.domain.pregnancy.identity_standing import IdentityStanding
from fhc_desktop.domain.pregnancy.picture_heads import (
    have_two_letters,
    is_another_head,
    is_another_proposed_head,
    is_other_fetus,
)
from fhc_desktop.domain.pregnancy.recorded import RecordedExamination


class Repeat(Enum):
    """What accepting a picture again would be to the row that is shown of it.

    Nobody's row is corrected unasked by another operator, for another patient, by an image without
    her identifier, or for the other fetus of two on one picture: those are rows of their own. Of
    another head in the picture it is asked which fetus it is.
    """

    UNCHANGED = "the same facts: nothing is added"
    CORRECTION = "the same operator with other facts"
    SECOND_READING = "the same operator, measuring afresh on purpose"
    OTHER_PATIENT = "accepted for another patient"
    OTHER_HEAD = "another head of the picture, and not said of which fetus"
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
    opened: str | None = None,
) -> PictureStanding | None:
    """Return what accepting a picture would repeat; None where that is nothing.

    ``readings`` are its rows in force, in the order of the log, ``opened`` the one that the image
    was opened from, or that was accepted last. While it is open who the patient is, nothing is
    said: two women's pictures may be one file, exported twice.
    """
    if identity.question is not None:
        return None
    strangers = [one for one in readings if _is_anothers(one.facts.patient, exam, identity)]
    hers = _hers(exam, readings, identity)
    own = [
        one
        for one in own_readings(exam, readings, identity, operator=operator)
        if not have_two_letters(one.facts.fetus, exam.fetus)
    ]
    beside = [one for one in own if one.entry_id != opened and _is_of_other_head(exam, one)]
    of_head = [one for one in own if one not in beside]
    if of_head:
        return _of_own(exam, of_head, operator)
    if beside:
        return PictureStanding(beside[-1], Repeat.OTHER_HEAD)
    if strangers:
        return PictureStanding(strangers[-1], Repeat.OTHER_PATIENT)
    if readings and not hers:
        return PictureStanding(readings[-1], Repeat.UNIDENTIFIED)
    return None


def own_readings(
    exam: Examination,
    readings: Sequence[RecordedExamination],
    identity: IdentityStanding,
    *,
    operator: str,
) -> tuple[RecordedExamination, ...]:
    """Return which rows in force of a picture an operator has accepted for its patient."""
    hers = _hers(exam, readings, identity)
    return tuple(one for one in hers if one.operator.strip() == operator.strip())


def row_opened(
    exam: Examination, readings: Sequence[RecordedExamination], opened: str | None
) -> str | None:
    """Return the row that an image was opened from, as far as that is of the fetus shown now.

    Where the outline was drawn round the other head, and its fetus named, that row stands.
    """
    of_other = (
        one for one in readings if one.entry_id == opened and is_other_fetus(exam, one.facts)
    )
    return opened if next(of_other, None) is None else None


def heads_beside(
    exam: Examination,
    own: Sequence[RecordedExamination],
    standing: PictureStanding | None,
    opened: str | None,
) -> tuple[RecordedExamination, ...]:
    """Return which of an operator's rows of a picture are of another head than the one shown.

    None while it is measured afresh, and not the one that accepting would correct: that is what
    she moves.
    """
    if exam.is_second_reading:
        return ()
    moved = {opened, None if standing is None else standing.corrected}
    shown_px = exam.outline_px
    return tuple(
        one
        for one in own
        if one.entry_id not in moved
        and (shown_px is None or is_another_head(exam.proposal, shown_px, one.facts.outline_px))
    )


def head_question(exam: Examination, standing: PictureStanding | None) -> str:
    """Return what is asked of a head beside one that was accepted; empty where nothing is.

    It tells no letter: that is not for whoever looks on.
    """
    if standing is None or standing.repeat is not Repeat.OTHER_HEAD:
        return ""
    if not exam.fetus.label:
        return "Another head of this picture is accepted already: say which fetus this one is."
    if not standing.earlier.facts.fetus.label:
        return (
            "The other head of this picture was accepted without a letter: go back to it with N, "
            "say which fetus it is, and accept it."
        )
    return (
        "The other head of this picture was accepted as the same fetus: say which one this is, or "
        "choose “Correct that one”."
    )


def _hers(
    exam: Examination, readings: Sequence[RecordedExamination], identity: IdentityStanding
) -> list[RecordedExamination]:
    """Return the rows of her whom the screen names; without an identifier, those without one."""
    hers = [one for one in readings if not _is_anothers(one.facts.patient, exam, identity)]
    if exam.patient.identifier:
        return hers
    return [one for one in hers if not one.facts.patient.identifier]


def _is_of_other_head(exam: Examination, row: RecordedExamination) -> bool:
    """Return whether the model found another head where a row's outline lies.

    Without its word an outline that was moved far is a correction, as it always was. A second
    reading corrects nothing, but of a fetus with a letter it is of that fetus.
    """
    if exam.is_second_reading and not row.facts.fetus.label:
        return False
    outlines = exam.outline_px, row.facts.outline_px
    return is_another_proposed_head(exam.proposal, *outlines) is True


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
