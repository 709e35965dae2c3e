"""How the patient on the screen stands to whom the log has under her identifier."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.identity import Answer, Entries, Recognition, recognised, women_among
from fhc_desktop.domain.patient import Patient
from fhc_desktop.domain.person_name import is_same_name
from fhc_desktop.domain.pregnancy.pregnancy import Pregnancy, pregnancies
from fhc_desktop.domain.pregnancy.recorded import RecordedExamination


@dataclass(frozen=True, slots=True)
class IdentityQuestion:
    """Whether the patient is a woman whom the log has under her identifier.

    ``logged`` is all that she goes by there, ``shown`` the last of it with a name.
    """

    patient: Patient
    logged: Entries
    shown: Patient

    @property
    def sentence(self) -> str:
        return f"The log has this identifier {self._how}. Is it the same woman?"

    @property
    def _how(self) -> str:
        who = self.shown.words
        if not self.shown.name:
            return f"for an examination {who}"
        if not self.patient.name:
            return f"for more than one woman, among them {who}"
        if not any(is_same_name(self.patient.name, one.name) for one in self.logged):
            return f"under another name: {who}"
        if self.patient.birth_date and self.shown.birth_date not in {None, self.patient.birth_date}:
            return f"with another birth date: {who}"
        return f"for more than one woman of this name, among them {who}"


@dataclass(frozen=True, slots=True)
class IdentityStanding:
    """What of an identifier's rows is hers.

    ``pregnancies`` are none while ``question`` is open: nothing may be offered from them, nor
    joined to them. ``examinations`` are hers beyond doubt, in any case. ``others`` go by the same
    identifier and are not she.
    """

    examinations: tuple[RecordedExamination, ...] = ()
    pregnancies: tuple[Pregnancy, ...] = ()
    question: IdentityQuestion | None = None
    others: tuple[Patient, ...] = ()


NOBODY_KNOWN = IdentityStanding()


def identity_standing(
    exam: Examination, rows: Sequence[RecordedExamination], *, opened: str | None = None
) -> IdentityStanding:
    """Return how the patient of an examination stands to the rows of her identifier.

    ``rows`` are in the order of the log. ``opened`` is the row that accepting would supersede:
    whom it names is no longer another one. What she took back since it was accepted is open again.
    """
    then = frozenset() if exam.acceptance is None else exam.acceptance.facts.answers
    taken_back = then - exam.answers
    in_force = [row for row in rows if not row.is_superseded]
    answers = [one for one in _answers(rows, in_force) if one not in taken_back]
    logged = [row for row in in_force if row.entry_id != opened]
    found = recognised(exam.patient, _patients(logged), answers, tuple(exam.answers_in_force))
    examinations = _of(found.hers, rows)
    question = _question(exam.patient, found, logged)
    return IdentityStanding(
        examinations,
        pregnancies(examinations) if question is None else (),
        question,
        tuple(_shown(woman, logged) for woman in found.others),
    )


def standing_of_row(entry_id: str, rows: Sequence[RecordedExamination]) -> IdentityStanding:
    """Return what of an identifier's rows is of the woman of one of them; nothing is asked.

    Raises:
        StopIteration: it is none of the rows.
    """
    chosen = next(row for row in rows if row.entry_id == entry_id)
    in_force = [row for row in rows if not row.is_superseded or row is chosen]
    women = women_among(_patients(in_force), _answers(rows, in_force))
    hers = next(woman for woman in women if chosen.facts.patient in woman)
    examinations = _of(hers, rows)
    others = tuple(_shown(woman, in_force) for woman in women if woman != hers)
    return IdentityStanding(examinations, pregnancies(examinations), others=others)


def answered(exam: Examination, question: IdentityQuestion, *, is_same: bool) -> Examination:
    """Return the examination with the clinician's word on a question.

    Who has no name and is a woman whom the log knows goes by her name: whatever else is logged
    without a name may be another's.
    """
    patient, shown = exam.patient, question.shown
    if is_same and not patient.name and shown.name:
        issuer, birth_date = (
            patient.issuer or shown.issuer,
            patient.birth_date or shown.birth_date,
        )
        return exam.with_patient(Patient(patient.identifier, shown.name, issuer, birth_date))
    said = frozenset(Answer(patient, logged, is_same) for logged in question.logged)
    return exam.with_answers(exam.answers | said)


def asked_again(exam: Examination) -> Examination:
    """Return the examination without what was answered of its patient."""
    return exam.with_answers(exam.answers - exam.answers_in_force)


def _question(
    patient: Patient, found: Recognition, rows: Sequence[RecordedExamination]
) -> IdentityQuestion | None:
    if not found.in_doubt:
        return None
    logged = found.in_doubt[0]
    return IdentityQuestion(patient, logged, _shown(logged, rows))


def _shown(woman: Entries, rows: Sequence[RecordedExamination]) -> Patient:
    """Return what a woman goes by in the newest of her rows that names her."""
    hers = [row.facts.patient for row in rows if row.facts.patient in woman]
    return next((one for one in reversed(hers) if one.name), hers[-1])


def _of(hers: Entries, rows: Iterable[RecordedExamination]) -> tuple[RecordedExamination, ...]:
    return tuple(row for row in rows if row.facts.patient in hers)


def _patients(rows: Iterable[RecordedExamination]) -> list[Patient]:
    return [row.facts.patient for row in rows]


def _answers(
    rows: Iterable[RecordedExamination], in_force: Iterable[RecordedExamination]
) -> list[Answer]:
    """Return what was answered, oldest first.

    A row that is corrected has still answered, unless the correction named another patient.
    """
    named = set(_patients(in_force))
    return [answer for row in rows if row.facts.patient in named for answer in row.facts.answers]
