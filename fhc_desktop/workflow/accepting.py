"""Accept: vouch for what is on the screen, once every question about it has its answer."""

from datetime import datetime

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.conflicts import conflicts
from fhc_desktop.domain.examination.examination import Acceptance, Examination
from fhc_desktop.domain.pregnancy.identity_standing import IdentityStanding, identity_standing
from fhc_desktop.domain.pregnancy.picture_standing import Repeat, picture_standing, row_replaced
from fhc_desktop.domain.pregnancy.pregnancy import Pregnancy, changes_dating, pregnancy_of
from fhc_desktop.domain.pregnancy.recorded import RecordedExamination
from fhc_desktop.storage.log.entry import RecordedImage
from fhc_desktop.storage.log.measurement_log import LogEntry, MeasurementLog


class UnansweredPregnancy(FhcError):  # noqa: N818 - named for what the user meets
    """The log knows this pregnancy, and the entries leave open how this image fits into it."""


class UnansweredIdentity(FhcError):  # noqa: N818 - named for what the user meets
    """The log has the identifier for a woman of whom nobody has said whether it is this one."""


class UnansweredConflict(FhcError):  # noqa: N818 - named for what the user meets
    """The file names another patient than the entries do, and nobody has said who it is."""


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
            the pregnancy has several fetuses and none is named.
        LogUnavailable: the row could not be written; nothing has been accepted.
        ValueError: there is no outline; or there is a log, and ``now`` is not in UTC.
    """
    vouched = exam.facts
    if vouched is None:
        raise ValueError("only an outline can be accepted")
    if any(conflict.is_of_identity for conflict in conflicts(exam)):
        raise UnansweredConflict(
            "Not accepted: the file names another patient than was entered.",
            "Answer the question under “Patient and dating”.",
        )
    if log is None:
        return exam.with_acceptance(Acceptance(vouched, operator, now, None))
    standing = identity_standing(exam, rows_of(exam, log), opened=supersedes)
    _refuse_open_identity(standing)
    before = picture_standing(exam, readings_of(exam, log), standing, operator=operator)
    replaced = row_replaced(exam, before, supersedes)
    _refuse_open_questions(exam, pregnancy_of(exam, standing.pregnancies))
    if supersedes is None and before is not None and before.repeat is Repeat.UNCHANGED:
        row = before.earlier
        return exam.with_acceptance(
            Acceptance(vouched, row.operator, row.accepted_at, row.entry_id)
        )
    entry = LogEntry.of(exam, operator=operator, now=now, supersedes=replaced)
    log.append(entry)
    return exam.with_acceptance(Acceptance(vouched, operator, now, entry.entry_id))


def rows_of(exam: Examination, log: MeasurementLog | None) -> tuple[RecordedExamination, ...]:
    """Return the rows under the identifier on the screen, whosoever they are, oldest first.

    None without an identifier: a name alone joins nothing.

    Raises:
        LogUnavailable: the log cannot be read.
    """
    if log is None:
        return ()
    return tuple(entry.recorded for entry in log.entries_of(exam.patient.identifier))


def readings_of(exam: Examination, log: MeasurementLog | None) -> tuple[RecordedExamination, ...]:
    """Return the rows in force of the picture on the screen, oldest first.

    Raises:
        LogUnavailable: the log cannot be read.
    """
    if log is None:
        return ()
    found = log.entries_of_picture(RecordedImage.of(exam.image))
    return tuple(entry.recorded for entry in found)


def pregnancies_of(exam: Examination, log: MeasurementLog | None) -> tuple[Pregnancy, ...]:
    """Return what the log knows of the pregnancies of the patient on the screen.

    None while it is open whether somebody in the log is she.

    Raises:
        LogUnavailable: the log cannot be read.
    """
    return identity_standing(exam, rows_of(exam, log)).pregnancies


def _refuse_open_identity(standing: IdentityStanding) -> None:
    if standing.question is not None:
        raise UnansweredIdentity(
            "Not accepted: the log has this identifier, and it is open whether for this woman.",
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
