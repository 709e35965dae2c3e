"""ExaminationController: gestures in, one immutable examination out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.conflicts import (
    keep_entered,
    take_from_file,
    with_entered_patient,
)
from fhc_desktop.domain.examination.editing import Editing
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.file_data import FileItem
from fhc_desktop.domain.examination.proposal import Proposal
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.growth.assessment import GrowthStandard
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.patient import Patient
from fhc_desktop.domain.pregnancy.dating_standing import dating_standing
from fhc_desktop.domain.pregnancy.identity_standing import answered, asked_again
from fhc_desktop.domain.pregnancy.pregnancy import pregnancy_of
from fhc_desktop.gui.examination.screen import Screen
from fhc_desktop.gui.widgets.background import Background
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.storage.log.measurement_log import LogEntry, MeasurementLog
from fhc_desktop.workflow import continuing as continuation
from fhc_desktop.workflow.accepting import accept
from fhc_desktop.workflow.continuing import Opened
from fhc_desktop.workflow.examining import examine
from fhc_desktop.workflow.exporting import export_pdf
from fhc_desktop.workflow.known_pregnancies import KnownPregnancies
from fhc_desktop.workflow.proposing import Proposer

_SECONDS_FOR_THE_WORKER = 10.0
_USUAL_STANDARDS = StandardChoice()


class ExaminationController(QObject):
    """Holds the one state of the window: the open image and what has been done to it so far."""

    changed = Signal(object)  # Examination, or None when no image is open; or what runs
    previewed = Signal()  # the outline, and nothing else, while the hand still moves it
    failed = Signal(object)  # FhcError
    opened = Signal(object)  # Path of an image that could be read
    proposed = Signal(object)  # Proposal
    logged = Signal()
    repeated = Signal(object)  # datetime at which exactly this was accepted before
    exported = Signal(object)  # Path of the report
    standards_changed = Signal(object)  # StandardChoice

    def __init__(
        self,
        proposer: Proposer,
        log: MeasurementLog | None,
        *,
        readers: Readers,
        operator: str,
        now: Callable[[], datetime],
        standards: StandardChoice = _USUAL_STANDARDS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._proposer = proposer
        self._log = log
        self.readers = readers
        self._operator = operator
        self._now = now
        self._standards = standards
        self._editing: Editing | None = None
        self._known = KnownPregnancies(log)
        self._activity = ""
        self._background = Background(self)
        self._background.succeeded.connect(self._arrived)
        self._background.failed.connect(self._failed)
        self._exports = Background(self)
        self._exports.succeeded.connect(self.exported)
        self._exports.failed.connect(self._report)

    @property
    def exam(self) -> Examination | None:
        """What the screen shows: the present state, with the outline under the hand."""
        return None if self._editing is None else self._editing.exam

    @property
    def screen(self) -> Screen:
        editing = self._editing
        return Screen(
            exam=self.exam,
            can_undo=editing is not None and editing.history.can_undo,
            can_redo=editing is not None and editing.history.can_redo,
            activity=self._activity,
            has_log=self._log is not None,
            known=self._known.found,
            identity=self._known.standing,
            picture=self._known.picture,
            choice=self._standards,
        )

    def open(self, path: Path) -> None:
        """Open an image with a clean slate: nothing of the last patient is kept."""
        self._open(path, Opened)

    def open_for_same_patient(self, path: Path) -> None:
        """Open an image and keep patient and dating, unless the file names somebody else."""
        previous = self.exam
        if previous is None:
            self.open(path)
            return
        self._open(path, lambda exam: continuation.same_patient(exam, previous))

    def open_frame(self, frame: int) -> None:
        """Open another frame of the same file."""
        previous = self.exam
        if previous is None or previous.image.source.frame == frame:
            return
        path = previous.image.source.path
        self._open(path, lambda exam: continuation.same_file(exam, previous), frame=frame)

    def open_entry(self, entry: LogEntry) -> None:
        """Open what a row of the log recorded; accepting it again supersedes that row."""
        image, choice = entry.image, self._standards
        self._open(
            image.path, lambda exam: continuation.from_log(exam, entry, choice), frame=image.frame
        )

    def propose(self) -> None:
        """Ask the model for an outline of the image on the screen."""
        exam = self.exam
        if exam is not None:
            self._begin_proposing(exam)
            self._emit()

    def preview_outline(self, outline_px: Ellipse) -> None:
        """Show an outline while the hand still moves it; nothing is recorded."""
        if self._editing is not None:
            self._editing = self._editing.previewed(outline_px)
            self.previewed.emit()

    def cancel_preview(self) -> None:
        self._edit(lambda editing: editing.previewed(None))

    def set_outline(self, outline_px: Ellipse) -> None:
        self.record(lambda exam: exam.with_outline(outline_px))

    def delete_outline(self) -> None:
        self.record(lambda exam: exam.with_outline(None))

    def reset_to_proposal(self) -> None:
        self.record(lambda exam: exam.with_proposed_outline())

    def nudge_outline(self, key: str, edit: Callable[[Ellipse], Ellipse]) -> None:
        """Change the outline by a key; a run of the same key is one step of undo."""
        self._edit(lambda editing: editing.nudged(key, edit))

    def record(self, change: Callable[[Examination], Examination]) -> None:
        """Change the examination by one step, which can be undone."""
        self._edit(lambda editing: editing.recorded(change))

    def undo(self) -> None:
        self._step(Editing.undone)

    def redo(self) -> None:
        self._step(Editing.redone)

    def set_patient(self, patient: Patient) -> None:
        """Take identifier and name as they were entered; the rest of her goes with them."""
        self.record(lambda exam: with_entered_patient(exam, patient.identifier, patient.name))

    def answer_identity(self, *, is_same: bool) -> None:
        """Say whether the patient is the woman whom the log has under her identifier."""
        question = self._known.standing.question
        if question is not None:
            self.record(lambda exam: answered(exam, question, is_same=is_same))

    def ask_identity_again(self) -> None:
        self.record(asked_again)

    def set_second_reading(self, *, is_wanted: bool) -> None:
        self.record(lambda exam: exam.with_second_reading(is_wanted=is_wanted))

    def set_exam_date(self, exam_date: date | None) -> None:
        self.record(lambda exam: exam.with_exam_date(exam_date))

    def set_dating(self, dating: Dating | None) -> None:
        self.record(lambda exam: exam.with_dating(dating))

    def use_dating_in_force(self) -> None:
        """Date the image as its pregnancy is dated in the log."""
        exam = self.exam
        offered = None if exam is None else dating_standing(exam, self._known.found).offered
        if offered is not None:
            self.set_dating(offered)

    def set_dating_reason(self, reason: str) -> None:
        self.record(lambda exam: exam.with_dating_reason(reason.strip()))

    def set_fetus(self, fetus: Fetus) -> None:
        self.record(lambda exam: exam.with_fetus(fetus))

    def keep_entered(self, item: FileItem) -> None:
        self.record(lambda exam: keep_entered(exam, item))

    def take_from_file(self, item: FileItem) -> None:
        self.record(lambda exam: take_from_file(exam, item))

    @property
    def standards(self) -> StandardChoice:
        return self._standards

    def set_standard(self, standard: GrowthStandard) -> None:
        """Judge by a standard from now on: this image, and each that is opened after it."""
        self.record(lambda exam: exam.with_standard(standard))
        self.use_standards(replace(self._standards, default=standard))

    def use_standards(self, choice: StandardChoice) -> None:
        """Take over which standards there are; the image on the screen keeps its own."""
        if choice != self._standards:
            self._standards = choice
            self.standards_changed.emit(choice)
            self._emit()

    @property
    def operator(self) -> str:
        return self._operator

    def accept(self) -> None:
        """Vouch for what is on the screen: one row in the log, and the report may be made."""
        editing = self._editing
        if editing is None or editing.exam.outline_px is None or editing.exam.is_accepted:
            return
        now = self._now()
        try:
            accepted = accept(
                editing.exam,
                operator=self._operator,
                now=now,
                log=self._log,
                supersedes=editing.supersedes,
            )
        except FhcError as error:
            self.failed.emit(error)
            return
        self._editing = editing.accepted(accepted.acceptance)
        if self._log is not None:
            self._known.forget()
            self.logged.emit()
        self._emit()
        if accepted.acceptance is not None and accepted.acceptance.at != now:
            self.repeated.emit(accepted.acceptance.at)

    def export_pdf(self, target: Path) -> None:
        exam, now = self.exam, self._now()
        if exam is not None and exam.is_accepted:
            choice = self._standards
            pregnancy = pregnancy_of(exam, self._known.found)
            record = None if pregnancy is None else pregnancy.record
            self._exports.start(
                lambda: export_pdf(exam, target, now=now, choice=choice, record=record)
            )

    def close(self) -> bool:
        """Wait, but not for ever, for what still runs; return whether all of it ended."""
        ended = self._background.close(_SECONDS_FOR_THE_WORKER)
        return self._exports.close(_SECONDS_FOR_THE_WORKER) and ended

    def _open(
        self, path: Path, take_over: Callable[[Examination], Opened], *, frame: int | None = None
    ) -> None:
        # The old numbers go before the new image comes: never one patient's beside another's name.
        self._editing = None
        self._activity = f"Opening {path.name} …"
        self._emit()
        today, standard = self._now().astimezone().date(), self._standards.default
        readers = self.readers
        # The worker touches nothing of this object.
        self._background.start(
            lambda: take_over(examine(path, readers, frame=frame, today=today, standard=standard))
        )

    def _begin_proposing(self, exam: Examination) -> None:
        image, proposer = exam.image, self._proposer
        self._activity = "Looking for the head …"
        self._background.start_slow(lambda: proposer.propose(image))

    @Slot(object)
    def _arrived(self, answer: object) -> None:
        self._activity = ""
        match answer:
            case Opened():
                self._show_opened(answer)
            case Proposal():
                self._edit(lambda editing: editing.proposed(answer))
                self.proposed.emit(answer)

    def _show_opened(self, answer: Opened) -> None:
        exam = answer.exam
        self._editing = Editing.of(exam, supersedes=answer.supersedes)
        self._known.forget()
        if exam.proposal is None and exam.outline_px is None:
            self._begin_proposing(exam)
        self._emit()
        self.opened.emit(exam.image.source.path)
        if answer.problem is not None:
            self.failed.emit(answer.problem)

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self._activity = ""
        self._emit()
        self._report(error)

    @Slot(object)
    def _report(self, error: Exception) -> None:
        if not isinstance(error, FhcError):
            raise error  # our own fault: the excepthook's matter
        self.failed.emit(error)

    def _step(self, step: Callable[[Editing], Editing]) -> None:
        before = self.exam
        self._edit(step)
        after = self.exam
        if before is not None and after is not None and after.standard is not before.standard:
            # Taking the choice back takes it back for the next image too.
            self.use_standards(replace(self._standards, default=after.standard))

    def _edit(self, step: Callable[[Editing], Editing]) -> None:
        if self._editing is not None:
            self._editing = step(self._editing)
            self._emit()

    def _emit(self) -> None:
        exam = self.exam
        opened = None if self._editing is None else self._editing.supersedes
        problem = self._known.look_up(exam, operator=self._operator, opened=opened)
        self.changed.emit(exam)
        if problem is not None:
            self.failed.emit(problem)
