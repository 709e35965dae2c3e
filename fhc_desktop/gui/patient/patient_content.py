"""What the window says of patient, day and dating, and what it asks about them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from fhc_desktop.domain.dating.gestation import Dating, NoAge
from fhc_desktop.domain.examination.conflicts import (
    Conflict,
    Told,
    conflicts,
    items_from_file,
    told_by_file,
)
from fhc_desktop.domain.examination.editing import RefusedTexts
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.file_data import FileItem
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.image.ultrasound_image import UltrasoundImage
from fhc_desktop.domain.patient import Patient
from fhc_desktop.domain.pregnancy.dating_standing import (
    DatingStanding,
    dating_standing,
    step_line,
)
from fhc_desktop.domain.pregnancy.identity_standing import NOBODY_KNOWN, IdentityStanding
from fhc_desktop.domain.pregnancy.picture_standing import PictureStanding, head_question
from fhc_desktop.domain.pregnancy.pregnancy import Pregnancy
from fhc_desktop.gui.patient.identity_content import IdentityContent

_UNNAMED = "This pregnancy has more than one fetus: say which one this is."


@dataclass(frozen=True, slots=True)
class AgeContent:
    """The age on the day of the examination, or what it wants.

    ``short`` is the age alone, or in two words what is missing for it, and ``step`` what to do
    about that. ``is_wrong`` where dating and day are both there and do not go together.
    """

    words: str = ""
    short: str = ""
    step: str = ""
    is_known: bool = False
    is_wrong: bool = False

    @classmethod
    def of(cls, exam: Examination) -> "AgeContent":
        if isinstance(exam.age, NoAge):
            is_complete = exam.dating is not None and exam.exam_date is not None
            return cls(exam.age.reason, *_missing_for_age(exam), is_wrong=is_complete)
        age = str(exam.age)
        return cls(f"{age} on the day of the examination", age, is_known=True)


@dataclass(frozen=True, slots=True)
class NotesContent:
    """How the dating stands to its pregnancy's record.

    ``offered_in_force`` tells the dating that one click would take; empty where none is offered.
    ``is_reason_wanted``: nothing can be accepted until a reason is given, or another dating.
    """

    line: str = ""
    in_force_line: str = ""
    history: str = ""
    history_tip: str = ""
    question: str = ""
    is_answered: bool = False
    reason: str = ""
    shows_reason: bool = False
    is_reason_wanted: bool = False
    offered_in_force: str = ""

    @classmethod
    def of(cls, standing: DatingStanding, reason: str) -> "NotesContent":
        record, in_force = standing.record, standing.in_force
        offer = standing.offers_in_force and in_force is not None
        return cls(
            line=standing.line,
            in_force_line=standing.line_in_force,
            history="" if record is None else "\n".join(step_line(*s) for s in record.steps),
            history_tip="" if record is None else "\n".join(record.changes),
            question=standing.question,
            is_answered=standing.has_reason,
            reason=reason,
            # A reason that will be recorded is always in sight.
            shows_reason=bool(standing.question or reason),
            is_reason_wanted=standing.needs_reason,
            offered_in_force=f"{in_force.dating.text}, EDD {in_force.edd}"
            if offer and in_force is not None
            else "",
        )

    @property
    def deidentified(self) -> "NotesContent":
        """The notes without their words: all of them quote dates and names."""
        return NotesContent(reason=self.reason, is_reason_wanted=self.is_reason_wanted)


@dataclass(frozen=True, slots=True)
class PatientContent:
    """Entries, and what stands beside them.

    ``image`` tells whose entries these are: with another image nothing that was typed stays but
    ``refused``, which stood in its fields when it was left, and is no entry.
    ``correction_reason`` is why a row is corrected, None where accepting corrects none.
    ``is_hidden``: the entries hold what they hold, and nobody can read or change it.
    """

    image: UltrasoundImage | None = None
    patient: Patient = Patient()
    identity: IdentityContent = IdentityContent()
    exam_date: date | None = None
    dating: Dating | None = None
    age: AgeContent = AgeContent()
    fetus: Fetus = Fetus()
    fetus_question: str = ""
    notes: NotesContent = NotesContent()
    from_file: frozenset[FileItem] = frozenset()
    conflicts: tuple[Conflict, ...] = ()
    told: tuple[Told, ...] = ()
    refused: RefusedTexts = ()
    correction_reason: str | None = None
    comment: str = ""
    is_hidden: bool = False

    @classmethod
    def of(
        cls,
        exam: Examination,
        known: Sequence[Pregnancy],
        identity: IdentityStanding = NOBODY_KNOWN,
        picture: PictureStanding | None = None,
    ) -> "PatientContent":
        """Return what is shown beside what the log knows of patient and picture."""
        standing = dating_standing(exam, known)
        return cls(
            image=exam.image,
            patient=exam.patient,
            identity=IdentityContent.of(exam, identity),
            exam_date=exam.exam_date,
            dating=exam.dating,
            age=AgeContent.of(exam),
            fetus=exam.fetus,
            fetus_question=head_question(exam, picture) or _fetus_question(exam, standing),
            notes=NotesContent.of(standing, exam.dating_reason),
            from_file=items_from_file(exam),
            conflicts=conflicts(exam),
            told=told_by_file(exam),
            comment=exam.comment,
        )

    @property
    def must_name_fetus(self) -> bool:
        """Whether nothing can be accepted until it is said which fetus it is."""
        return bool(self.fetus_question)

    @property
    def is_asked(self) -> bool:
        """Whether she is asked something of patient or dating."""
        notes = self.notes
        is_of_dating = notes.is_reason_wanted or bool(notes.question and not notes.is_answered)
        is_of_entries = bool(self.identity.question or self.conflicts or self.must_name_fetus)
        return is_of_dating or is_of_entries

    @property
    def deidentified(self) -> "PatientContent":
        """The same without a word that tells of the patient; her entries are kept unread."""
        return replace(
            self,
            identity=IdentityContent(),
            notes=self.notes.deidentified,
            conflicts=(),
            told=(),
            is_hidden=True,
        )


def _fetus_question(exam: Examination, standing: DatingStanding) -> str:
    pregnancy = standing.pregnancy
    is_multiple = pregnancy is not None and pregnancy.is_multiple
    return _UNNAMED if is_multiple and not standing.begins_another and not exam.fetus.label else ""


def _missing_for_age(exam: Examination) -> tuple[str, str]:
    """Return what is missing for an age in two words, and the step that would give it."""
    if exam.dating is None:
        return "no dating", "Enter dating ▸"
    if exam.exam_date is None:
        return "no day of examination", "Enter the day ▸"
    return "dating contradicts the day", ""
