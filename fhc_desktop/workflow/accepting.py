"""Accept: vouch for what is on the screen, once every question about it has its answer."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.conflicts import conflicts
from fhc_desktop.domain.examination.examination import Acceptance, Examination, Facts
from fhc_desktop.domain.image.display import Display
from fhc_desktop.domain.image.ultrasound_image import ImageSource, UltrasoundImage
from fhc_desktop.domain.pregnancy.identity_standing import IdentityStanding, identity_standing
from fhc_desktop.domain.pregnancy.picture_standing import (
    PictureStanding,
    Repeat,
    head_question,
    picture_standing,
    row_opened,
    row_replaced,
)
from fhc_desktop.domain.pregnancy.pregnancy import Pregnancy, changes_dating, pregnancy_of
from fhc_desktop.domain.pregnancy.recorded import RecordedExamination
from fhc_desktop.storage.log.entry import RecordedImage
from fhc_desktop.storage.log.measurement_log import LogEntry, MeasurementLog
from fhc_desktop.workflow.records import Records


class UnansweredPregnancy(FhcError):  # noqa: N818 - named for what the user meets
    """The log knows this pregnancy, and the entries leave open how this image fits into it."""


class UnansweredIdentity(FhcError):  # noqa: N818 - named for what the user meets
    """The log has the identifier for a woman of whom nobody has said whether it is this one."""


class UnansweredConflict(FhcError):  # noqa: N818 - named for what the user meets
    """The file names another patient than the entries do, and nobody has said who it is."""


@dataclass(frozen=True, slots=True)
class Word:
    """What an operator is about to vouch for, and when, in UTC.

    ``supersedes`` is the row that the image was opened from, or that was accepted last.
    ``display`` is how the picture is shown meanwhile, ``correction_reason`` why a row is corrected,
    where she says so.
    """

    exam: Examination
    operator: str
    now: datetime
    supersedes: str | None
    display: Display = Display()
    correction_reason: str = ""


def accept(
    exam: Examination,
    *,
    operator: str,
    now: datetime,
    log: MeasurementLog | None,
    supersedes: str | None,
) -> Examination:
    """Vouch for what is on the screen: one row in the log, then the acceptance.

    ``now`` is in UTC. ``supersedes`` is the identity of the row that this one corrects. Where it
    names none, and the operator has accepted this picture before, that row is corrected or, with
    the same facts, stands for this acceptance too: nothing is added. Without a log the acceptance
    stands, with no row to its name.

    Raises:
        EntryRefused: the row to correct is not in the log or has been corrected already; nothing
            has been accepted.
        UnansweredIdentity: it is open whether a woman in the log is the patient.
        UnansweredConflict: name or identifier differ from the file's and nobody has decided.
        UnansweredPregnancy: the dating differs from the one in force and no reason is given, or
            the pregnancy has several fetuses and none is named, or another head of the picture is
            accepted and not both fetuses have a letter of their own.
        LogUnavailable: the row could not be written; nothing has been accepted.
        ValueError: there is no outline; or there is a log, and ``now`` is not in UTC.
    """
    refuse_conflict(exam)
    if log is None:
        return exam.with_acceptance(Acceptance(facts_of(exam), operator, now, None))
    row = row_for(Word(exam, operator, now, supersedes), Records(log))
    if isinstance(row, LogEntry):
        log.append(row)
    return exam.with_acceptance(acceptance_by(row, facts_of(exam)))


def row_for(word: Word, records: Records) -> LogEntry | RecordedExamination:
    """Return the row that accepting is to write, or the one that says all of it already.

    It raises what ``accept`` does, before anything is written.
    """
    exam, operator = word.exam, word.operator
    readings = readings_of(exam, records)
    opened = row_opened(exam, readings, word.supersedes)
    standing = identity_standing(exam, rows_of(exam, records), opened=opened)
    _refuse_open_identity(standing)
    before = picture_standing(exam, readings, standing, operator=operator, opened=opened)
    _refuse_unsaid_head(exam, before)
    replaced = row_replaced(exam, before, opened)
    _refuse_open_questions(exam, pregnancy_of(exam, standing.pregnancies))
    if opened is None and before is not None and before.repeat is Repeat.UNCHANGED:
        return before.earlier
    return LogEntry.of(
        exam,
        operator=operator,
        now=word.now,
        supersedes=replaced,
        display=word.display,
        correction_reason=word.correction_reason,
    )


def refuse_open_questions_of(entry: LogEntry, records: Records) -> None:
    """Refuse a row that could not be asked about when it was accepted and would be asked about now.

    ``records`` are all others. Its picture is not needed.

    Raises:
        UnansweredIdentity: it is open whether a woman in the log is the patient.
        UnansweredPregnancy: no reason for another dating, or no fetus of several.
        LogUnavailable: the log cannot be read.
    """
    exam = _as_accepted(entry)
    standing = identity_standing(exam, rows_of(exam, records), opened=entry.supersedes)
    _refuse_open_identity(standing)
    _refuse_open_questions(exam, pregnancy_of(exam, standing.pregnancies))


def facts_of(exam: Examination) -> Facts:
    """Return what accepting vouches for.

    Raises:
        ValueError: there is no outline.
    """
    if exam.facts is None:
        raise ValueError("only an outline can be accepted")
    return exam.facts


def acceptance_by(
    row: LogEntry | RecordedExamination, vouched: Facts, *, waits: bool = False
) -> Acceptance:
    """Return the acceptance that has a row; its time and operator are those of the row."""
    at = row.created_at if isinstance(row, LogEntry) else row.accepted_at
    return Acceptance(vouched, row.operator, at, row.entry_id, waits)


def refuse_conflict(exam: Examination) -> None:
    """Refuse what its own file contradicts; no log is needed to know.

    Raises:
        UnansweredConflict: name or identifier differ from the file's and nobody has decided.
        ValueError: there is no outline.
    """
    facts_of(exam)
    if any(conflict.is_of_identity for conflict in conflicts(exam)):
        raise UnansweredConflict(
            "Not accepted: the file names another patient than was entered.",
            "Answer the question under “Patient and dating”.",
        )


def rows_of(exam: Examination, records: Records) -> tuple[RecordedExamination, ...]:
    """Return the rows under the identifier on the screen, whosoever they are, oldest first.

    None without an identifier: a name alone joins nothing.

    Raises:
        LogUnavailable: the log cannot be read.
    """
    return tuple(entry.recorded for entry in records.entries_of(exam.patient.identifier))


def readings_of(exam: Examination, records: Records) -> tuple[RecordedExamination, ...]:
    """Return the rows in force of the picture on the screen, oldest first.

    Raises:
        LogUnavailable: the log cannot be read.
    """
    found = records.entries_of_picture(RecordedImage.of(exam.image))
    return tuple(entry.recorded for entry in found)


def _as_accepted(entry: LogEntry) -> Examination:
    """Return who and when a row speaks of, as an examination without a picture to look at."""
    vouched, image = entry.facts, entry.image
    source = ImageSource(image.path, image.sha256, image.frame, image.frame)
    return Examination(
        UltrasoundImage(np.zeros((1, 1), np.uint8), source),
        outline_px=vouched.outline_px,
        patient=vouched.patient,
        exam_date=vouched.exam_date,
        dating=vouched.dating,
        dating_reason=vouched.dating_reason,
        fetus=vouched.fetus,
        answers=vouched.answers,
    )


def _refuse_open_identity(standing: IdentityStanding) -> None:
    if standing.question is not None:
        raise UnansweredIdentity(
            "Not accepted: the log has this identifier, and it is open whether for this woman.",
            "Answer the question under “Patient and dating”.",
        )


def _refuse_unsaid_head(exam: Examination, before: PictureStanding | None) -> None:
    if head_question(exam, before):
        raise UnansweredPregnancy(
            "Not accepted: another head of this picture is accepted, and it is open of which fetus "
            "each is.",
            "Answer the question under “Patient and dating”.",
        )


def _refuse_open_questions(exam: Examination, pregnancy: Pregnancy | None) -> None:
    if changes_dating(exam, pregnancy) and not exam.dating_reason.strip():
        raise UnansweredPregnancy(
            "Not accepted: this dating differs from the one in force for this pregnancy.",
            "Give the reason under “Patient and dating”, or take the dating in force.",
        )
    if pregnancy is not None and pregnancy.is_multiple and not exam.fetus.label:
        raise UnansweredPregnancy(
            "Not accepted: this pregnancy has more than one fetus.",
            "Say under “Patient and dating” which one this is.",
        )
