"""The accepted examinations of one study, restored from their rows to be reported together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from fhc_desktop.domain.dating.dating_record import DatingRecord
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.draft import Draft, PictureKey
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.identity import Sameness, compared
from fhc_desktop.domain.patient import Patient
from fhc_desktop.domain.pregnancy.identity_standing import identity_standing
from fhc_desktop.domain.pregnancy.pregnancy import pregnancy_of
from fhc_desktop.domain.pregnancy.recorded import RecordedExamination
from fhc_desktop.imaging.described_file import read_study
from fhc_desktop.imaging.loader import Loader
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.imaging.unreadable import UnreadableImage
from fhc_desktop.reporting.content.dossier_content import DossierPart
from fhc_desktop.storage.log.entry import RecordedImage
from fhc_desktop.storage.log.measurement_log import LogEntry, LogUnavailable
from fhc_desktop.workflow.continuing import FileChanged, refuse_changed_file
from fhc_desktop.workflow.examining import by_file_alone, with_own_scale
from fhc_desktop.workflow.records import Records
from fhc_desktop.workflow.resuming import on_row

# A study may begin before midnight and end after it.
_DAYS_OF_A_STUDY = 1
_THE_LOG = "The measurement log"
_NOT_AS_ACCEPTED = "what was accepted cannot be shown as it was: its scale or standard is not there"
_OTHER_PICTURE = "it is another picture now"


@dataclass(frozen=True, slots=True)
class StudyRows:
    """What was accepted of the patient and the picture on the screen, the oldest first.

    ``waiting_ids`` are the rows that the log does not have yet; ``problem`` is why the log could
    not be read.
    """

    entries: tuple[LogEntry, ...] = ()
    hers: tuple[RecordedExamination, ...] = ()
    waiting_ids: frozenset[str] = frozenset()
    problem: FhcError | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An accepted examination of the study that cannot be reported, by its file's name, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class StudyReports:
    """What can be reported of a study, and what cannot: nothing is left out without a word."""

    parts: tuple[DossierPart, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def study_rows(exam: Examination, records: Records) -> StudyRows:
    """Return the rows in force that may be of the study of an examination; on the log's thread."""
    waiting = frozenset(one.entry_id for one in records.waiting)
    try:
        found = records.entries_of(exam.patient.identifier)
        beside = records.entries_of_picture(RecordedImage.of(exam.image))
    except LogUnavailable as problem:
        return replace(study_rows(exam, Records(None, records.waiting)), problem=problem)
    unique = {entry.entry_id: entry for entry in (*found, *beside)}
    entries = tuple(
        entry
        for entry in sorted(unique.values(), key=lambda one: one.created_at)
        if entry.superseded_by is None and _may_be_hers(entry.facts.patient, exam.patient)
    )
    return StudyRows(entries, tuple(entry.recorded for entry in found), waiting)


def is_of_study(
    uid: str | None, day: date | None, *, of_uid: str | None, of_day: date | None
) -> bool:
    """Return whether an image of the same patient is of a study: by its UID, else by its day."""
    return uid == of_uid if uid and of_uid else day == of_day


def study_reports(
    exam: DossierPart,
    rows: StudyRows,
    not_logged: Sequence[Draft],
    readers: Readers,
    *,
    choice: StandardChoice,
    told: Callable[[int, int], None] = lambda _read, _of: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> StudyReports:
    """Return what was accepted of the study of the picture on the screen.

    ``exam`` is that examination, whether it is accepted or not; ``not_logged`` are the other
    accepted ones of this window that no row has. ``told`` hears how many of how many have been
    looked at. One whose image has gone is left out with a word where it is of the same day. What
    was read until it is cancelled is given back; call it from a thread of its own.
    """
    restoring = _Restoring(exam, rows, readers, choice)
    parts: list[DossierPart] = []
    left_out = [] if rows.problem is None else [LeftOut(_THE_LOG, _why(rows.problem))]
    drafts = [one for one in not_logged if restoring.may_be_of_study(one)]
    steps: list[LogEntry | Draft] = [*rows.entries, *drafts]
    for number, step in enumerate(steps, start=1):
        if is_cancelled():
            break
        found = restoring.of(step)
        if isinstance(found, LeftOut):
            left_out.append(found)
        elif found is not None:
            parts.append(found)
        told(number, len(steps))
    if _is_missing(exam.exam, rows):
        parts.append(exam)
    return StudyReports(tuple(parts), tuple(left_out))


@dataclass(frozen=True, slots=True)
class _Restoring:
    part: DossierPart
    rows: StudyRows
    readers: Readers
    choice: StandardChoice

    def may_be_of_study(self, draft: Draft) -> bool:
        """Return whether a draft names the same patient; a nameless one is of the same file."""
        exam, accepted = self.part.exam, draft.acceptance
        if accepted is None:
            return False
        if not exam.patient.identifier:
            return draft.picture.sha256 == exam.image.source.sha256
        return _may_be_hers(accepted.facts.patient, exam.patient)

    def of(self, step: LogEntry | Draft) -> DossierPart | LeftOut | None:
        """Return an accepted examination again, why it is not there, or None: of another study."""
        path, frame, day = _place(step)
        if isinstance(step, LogEntry) and step.entry_id == _row_of(self.part.exam):
            return self.part
        try:
            uid = read_study(path, sandbox=self.readers.catalogues).study_uid
            if not self._is_of_study(uid, day):
                return None
            exam = self._restored(step, self._opened(path, frame))
        except (UnreadableImage, FileChanged) as problem:
            return LeftOut(path.name, _why(problem)) if self._is_near(day) else None
        if exam is None:
            return LeftOut(path.name, _OTHER_PICTURE)
        if not exam.is_accepted:
            return LeftOut(path.name, _NOT_AS_ACCEPTED)
        return DossierPart(exam, record=self._record(exam))

    def _opened(self, path: Path, frame: int) -> Examination:
        # Where thumbnails are read: the image on the screen does not wait for it.
        loaded = Loader(self.readers.catalogues).load(path, frame=frame)
        return with_own_scale(by_file_alone(loaded, today=None, standard=self.choice.default))

    def _restored(self, step: LogEntry | Draft, opened: Examination) -> Examination | None:
        if isinstance(step, Draft):
            is_same = PictureKey.of(opened.image) == step.picture
            return step.resumed(opened, self.choice).exam if is_same else None
        refuse_changed_file(opened, step)
        editing = on_row(opened, step, self.choice).editing
        return editing.with_waiting(self.rows.waiting_ids).exam

    def _record(self, exam: Examination) -> DatingRecord | None:
        entry_id = None if exam.acceptance is None else exam.acceptance.entry_id
        known = identity_standing(exam, self.rows.hers, opened=entry_id).pregnancies
        pregnancy = pregnancy_of(exam, known)
        return None if pregnancy is None else pregnancy.record

    def _is_of_study(self, uid: str | None, day: date | None) -> bool:
        exam = self.part.exam
        return is_of_study(uid, day, of_uid=exam.study.study_uid, of_day=exam.exam_date)

    def _is_near(self, day: date | None) -> bool:
        """Return whether an image that cannot be asked may be of the study."""
        of_day = self.part.exam.exam_date
        return day is None or of_day is None or abs((day - of_day).days) <= _DAYS_OF_A_STUDY


def _row_of(exam: Examination) -> str | None:
    """Return the row by which the examination on the screen is accepted as it stands."""
    accepted = exam.acceptance if exam.is_accepted else None
    return None if accepted is None else accepted.entry_id


def _is_missing(exam: Examination, rows: StudyRows) -> bool:
    """Return whether the examination on the screen is accepted, and no row in force says so."""
    known = {one.entry_id for one in rows.entries} | {one.entry_id for one in rows.hers}
    return exam.is_accepted and _row_of(exam) not in known


def _place(step: LogEntry | Draft) -> tuple[Path, int, date | None]:
    if isinstance(step, Draft):
        return step.path, step.picture.frame, step.present.exam_date
    return step.image.path, step.image.frame, step.facts.exam_date


def _may_be_hers(one: Patient, other: Patient) -> bool:
    return compared((one,), (other,)) is not Sameness.ANOTHER


def _why(problem: FhcError) -> str:
    return problem.problem
