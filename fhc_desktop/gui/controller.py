"""ExaminationController: gestures in, one immutable examination out."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from fhc_desktop import workflow
from fhc_desktop.domain.calibration import (
    Calibration,
    CalibrationCandidate,
    Uncalibrated,
    calibration_from_ruler,
    typed_calibration,
)
from fhc_desktop.domain.conflicts import keep_entered, take_from_file
from fhc_desktop.domain.dating_standing import dating_standing
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination import (
    Acceptance,
    Examination,
    Proposal,
    offered_depth_marks,
)
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.file_data import FileItem
from fhc_desktop.domain.geometry import Ellipse, Point
from fhc_desktop.domain.gestation import Dating
from fhc_desktop.domain.growth import GrowthStandard
from fhc_desktop.domain.history import History
from fhc_desktop.domain.patient import Patient
from fhc_desktop.domain.pregnancy import Pregnancy, pregnancy_of
from fhc_desktop.domain.scale_memory import ScaleMemory, taken_over
from fhc_desktop.domain.standard_choice import StandardChoice
from fhc_desktop.gui import continuation
from fhc_desktop.gui.background import Background
from fhc_desktop.gui.known_pregnancies import KnownPregnancies
from fhc_desktop.storage.measurement_log import LogEntry, MeasurementLog

_SECONDS_FOR_THE_WORKER = 10.0
_USUAL_STANDARDS = StandardChoice()

Edit = Callable[[Ellipse], Ellipse]


class ImplausiblePixelSize(FhcError):  # noqa: N818 - named for what the user meets
    """A ruler or a typed pixel size that no ultrasound image can have."""


@dataclass(frozen=True, slots=True)
class Screen:
    """What the actions' availability is decided by; ``activity`` is empty when nothing runs."""

    exam: Examination | None = None
    can_undo: bool = False
    can_redo: bool = False
    activity: str = ""
    is_opening: bool = False
    has_log: bool = False
    has_catalogue: bool = False
    has_image_before: bool = False
    has_image_after: bool = False


@dataclass(frozen=True, slots=True)
class _Opened:
    """An image that has been read; what could not be carried over; the row it would supersede."""

    exam: Examination
    problem: FhcError | None = None
    supersedes: str | None = None


class ExaminationController(QObject):
    """Holds the one state of the window: a history of examinations and the last acceptance.

    The acceptance lies outside the history: undoing a change after accepting shows at once that
    the screen is no longer (or again) what was accepted.
    """

    changed = Signal(object)  # Examination, or None when no image is open
    activity_changed = Signal(str)
    failed = Signal(object)  # FhcError
    opened = Signal(object)  # Path of an image that could be read
    proposed = Signal(object)  # Proposal
    logged = Signal()
    exported = Signal(object)  # Path of the report
    standards_changed = Signal(object)  # StandardChoice

    def __init__(
        self,
        proposer: workflow.Proposer,
        log: MeasurementLog | None,
        *,
        operator: str,
        now: Callable[[], datetime],
        standards: StandardChoice = _USUAL_STANDARDS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._proposer = proposer
        self._log = log
        self._operator = operator
        self._now = now
        self._standards = standards
        self._history: History[Examination] | None = None
        self._acceptance: Acceptance | None = None
        self._superseded: str | None = None
        self._preview: Ellipse | None = None
        self._scales = ScaleMemory()
        self._known = KnownPregnancies(log)
        self._nudge = ""
        self._activity = ""
        self._background = Background(self)
        self._background.succeeded.connect(self._arrived)
        self._background.failed.connect(self._failed)
        self._exports = Background(self)
        self._exports.succeeded.connect(self._exported)
        self._exports.failed.connect(self._not_exported)

    @property
    def exam(self) -> Examination | None:
        """What the screen shows: the present state, with the outline under the hand."""
        if self._history is None:
            return None
        exam = self._history.present.with_acceptance(self._acceptance)
        return exam if self._preview is None else exam.with_outline(self._preview)

    @property
    def known_pregnancies(self) -> tuple[Pregnancy, ...]:
        """What the log knows of the pregnancies of the patient on the screen."""
        return self._known.found

    @property
    def screen(self) -> Screen:
        history = self._history
        return Screen(
            exam=self.exam,
            can_undo=history is not None and history.can_undo,
            can_redo=history is not None and history.can_redo,
            activity=self._activity,
            is_opening=history is None and bool(self._activity),
            has_log=self._log is not None,
        )

    # Opening ---------------------------------------------------------------------------------

    def open(self, path: Path) -> None:
        """Open an image with a clean slate: nothing of the last patient is kept."""
        examined = self._examiner(path)
        self._open(path, lambda: _Opened(examined()))

    def open_for_same_patient(self, path: Path) -> None:
        """Open an image and keep patient and dating, unless the file names somebody else."""
        previous = self.exam
        if previous is None:
            self.open(path)
            return
        examined = self._examiner(path)
        self._open(path, lambda: _continued(examined(), previous))

    def open_frame(self, frame: int) -> None:
        """Open another frame of the same file."""
        previous = self.exam
        if previous is None or previous.image.source.frame == frame:
            return
        path = previous.image.source.path
        examined = self._examiner(path, frame=frame)
        self._open(path, lambda: _Opened(continuation.same_file(examined(), previous)))

    def open_entry(self, entry: LogEntry) -> None:
        """Open what a row of the log recorded; accepting it again supersedes that row."""
        path, choice = entry.image_path, self._standards
        examined = self._examiner(path, frame=entry.frame)
        self._open(path, lambda: _reopened(examined(), entry, choice))

    def propose(self) -> None:
        """Ask the model for an outline of the image on the screen."""
        if self._history is None:
            return
        image, proposer = self._history.present.image, self._proposer
        self._set_activity("Looking for the head …")
        self._background.start(lambda: proposer.propose(image))

    # Outline ---------------------------------------------------------------------------------

    def preview_outline(self, outline_px: Ellipse) -> None:
        """Show an outline while the hand still moves it; nothing is recorded."""
        if self._history is not None:
            self._preview = outline_px
            self._emit()

    def cancel_preview(self) -> None:
        self._preview = None
        self._emit()

    def set_outline(self, outline_px: Ellipse) -> None:
        self._record(lambda exam: exam.with_outline(outline_px))

    def delete_outline(self) -> None:
        self._record(lambda exam: exam.with_outline(None))

    def reset_to_proposal(self) -> None:
        self._record(lambda exam: exam.with_proposed_outline())

    def nudge_outline(self, name: str, edit: Edit) -> None:
        """Change the outline by a key; a run of the same key is one step of undo."""
        if self._history is None or self._history.present.outline_px is None:
            return
        exam = self._history.present
        nudged = exam.with_outline(edit(self._history.present.outline_px))
        if self._nudge == name:
            self._history = self._history.replaced(nudged)
        else:
            self._history = self._history.recorded(nudged)
        self._nudge = name
        self._preview = None
        self._emit()

    def undo(self) -> None:
        if self._history is not None:
            self._step(self._history.undone())

    def redo(self) -> None:
        if self._history is not None:
            self._step(self._history.redone())

    # What is typed ---------------------------------------------------------------------------

    def set_patient(self, patient: Patient) -> None:
        self._record(lambda exam: exam.with_patient(patient))

    def set_exam_date(self, exam_date: date | None) -> None:
        self._record(lambda exam: exam.with_exam_date(exam_date))

    def set_dating(self, dating: Dating | None) -> None:
        self._record(lambda exam: exam.with_dating(dating))

    @property
    def standards(self) -> StandardChoice:
        return self._standards

    def set_standard(self, standard: GrowthStandard) -> None:
        """Judge by a standard from now on: this image, and each that is opened after it."""
        self._record(lambda exam: exam.with_standard(standard))
        self.use_standards(replace(self._standards, default=standard))

    def use_standards(self, choice: StandardChoice) -> None:
        """Take over which standards there are; the image on the screen keeps its own."""
        if choice != self._standards:
            self._standards = choice
            self.standards_changed.emit(choice)
            self._emit()

    def use_dating_in_force(self) -> None:
        """Date the image as its pregnancy is dated in the log."""
        exam = self.exam
        offered = None if exam is None else dating_standing(exam, self._known.found).offered
        if offered is not None:
            self.set_dating(offered)

    def set_dating_reason(self, reason: str) -> None:
        self._record(lambda exam: exam.with_dating_reason(reason.strip()))

    def set_fetus(self, fetus: Fetus) -> None:
        self._record(lambda exam: exam.with_fetus(fetus))

    def keep_entered(self, item: FileItem) -> None:
        self._record(lambda exam: keep_entered(exam, item))

    def take_from_file(self, item: FileItem) -> None:
        self._record(lambda exam: take_from_file(exam, item))

    def set_pixel_size(self, mm_per_column: float, mm_per_row: float) -> None:
        self._calibrate(typed_calibration(mm_per_column, mm_per_row))

    def set_ruler(self, start_px: Point, end_px: Point, *, length_mm: float) -> None:
        if self._history is None:
            return
        aspect = self._history.present.image.pixel_aspect
        self._calibrate(
            calibration_from_ruler(start_px, end_px, length_mm=length_mm, pixel_aspect=aspect)
        )

    def use_depth_marks(self) -> None:
        """Take the user's word that the marks in the picture tell its scale."""
        exam = None if self._history is None else self._history.present
        marks = None if exam is None else offered_depth_marks(exam)
        if exam is not None and marks is not None:
            self._calibrate(marks.calibration(pixel_aspect=exam.image.pixel_aspect))

    def use_file_calibration(self) -> None:
        """Take back the typed, drawn or chosen scale: what the file alone says holds again."""
        self._record(lambda exam: exam.with_file_calibration_alone())

    def choose_scale(self, alternative: CalibrationCandidate) -> None:
        """Take one of the scales of a file that contradicts itself for the right one."""
        chosen = alternative.chosen_by(self._operator)
        self._record(lambda exam: exam.with_chosen_scale(chosen))

    @property
    def scale_memory(self) -> ScaleMemory:
        """The scales that the user wants offered again in the same series."""
        return self._scales

    def remember_scale(self) -> None:
        """Offer the scale in force again for other pictures of the series."""
        if self._history is not None:
            self._scales = self._scales.with_scale_of(self._history.present)
            self._emit()

    def use_remembered_scale(self) -> None:
        exam = self.exam
        offer = None if exam is None else self._scales.offered(exam)
        if offer is not None:
            self._calibrate(taken_over(offer, by=self._operator))

    # Acceptance ------------------------------------------------------------------------------

    @property
    def operator(self) -> str:
        return self._operator

    def accept(self) -> None:
        """Vouch for what is on the screen: one row in the log, and the report may be made."""
        exam = self.exam
        if exam is None or exam.outline_px is None or exam.is_accepted:
            return
        try:
            accepted = workflow.accept(
                exam,
                operator=self._operator,
                now=self._now(),
                log=self._log,
                supersedes=self._superseded,
            )
        except FhcError as error:
            self.failed.emit(error)
            return
        self._acceptance = accepted.acceptance
        if accepted.acceptance is not None and accepted.acceptance.entry_id is not None:
            self._superseded = accepted.acceptance.entry_id
            self._known.forget()
            self.logged.emit()
        self._nudge = ""
        self._emit()

    def export_pdf(self, target: Path) -> None:
        exam, now = self.exam, self._now()
        if exam is not None and exam.is_accepted:
            choice = self._standards
            pregnancy = pregnancy_of(exam, self._known.found)
            record = None if pregnancy is None else pregnancy.record
            self._exports.start(
                lambda: workflow.export_pdf(exam, target, now=now, choice=choice, record=record)
            )

    def close(self) -> bool:
        """Wait, but not for ever, for what still runs; return whether all of it ended."""
        ended = self._background.close(_SECONDS_FOR_THE_WORKER)
        return self._exports.close(_SECONDS_FOR_THE_WORKER) and ended

    # Inside ----------------------------------------------------------------------------------

    def _open(self, path: Path, job: Callable[[], _Opened]) -> None:
        # The old numbers go before the new image comes: never one patient's beside another's name.
        self._history = None
        self._acceptance = None
        self._superseded = None
        self._preview = None
        self._nudge = ""
        self._activity = f"Opening {path.name} …"
        self._emit()
        self.activity_changed.emit(self._activity)
        self._background.start(job)

    def _examiner(self, path: Path, *, frame: int | None = None) -> Callable[[], Examination]:
        """Return the worker's job; it touches nothing of this object."""
        return partial(
            workflow.examine,
            path,
            frame=frame,
            today=self._now().date(),
            standard=self._standards.default,
        )

    @Slot(object)
    def _arrived(self, answer: object) -> None:
        self._set_activity("")
        match answer:
            case _Opened():
                self._show_opened(answer)
            case Proposal():
                self._show_proposal(answer)

    def _show_opened(self, answer: _Opened) -> None:
        exam = answer.exam
        self._history = History(exam.with_acceptance(None))
        self._acceptance = exam.acceptance
        self._superseded = answer.supersedes
        self._known.forget()
        self._emit()
        self.opened.emit(exam.image.source.path)
        if answer.problem is not None:
            self.failed.emit(answer.problem)
        if exam.proposal is None and exam.outline_px is None:
            self.propose()

    def _show_proposal(self, proposal: Proposal) -> None:
        if self._history is None:
            return
        history = self._history
        # It belongs to every state of this image, so that undo does not lose what the model said.
        self._history = History(
            _with_proposal(history.present, proposal),
            tuple(_with_proposal(exam, proposal) for exam in history.past),
            tuple(_with_proposal(exam, proposal) for exam in history.future),
        )
        self._emit()
        self.proposed.emit(proposal)

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self._set_activity("")
        self._report(error)

    @Slot(object)
    def _exported(self, path: object) -> None:
        self.exported.emit(path)

    @Slot(object)
    def _not_exported(self, error: Exception) -> None:
        self._report(error)

    def _report(self, error: Exception) -> None:
        if not isinstance(error, FhcError):
            raise error  # our own fault: the excepthook's matter
        self.failed.emit(error)

    def _calibrate(self, found: Calibration | Uncalibrated) -> None:
        if isinstance(found, Uncalibrated):
            self.failed.emit(ImplausiblePixelSize(found.reason, found.remedy))
            return
        confirmed = replace(found, confirmed_by=self._operator)
        self._record(lambda exam: exam.with_manual_calibration(confirmed))

    def _record(self, change: Callable[[Examination], Examination]) -> None:
        self._preview = None
        if self._history is None:
            return
        self._nudge = ""
        changed = change(self._history.present)
        if changed != self._history.present:
            self._history = self._history.recorded(changed)
        self._emit()

    def _step(self, history: History[Examination]) -> None:
        before = None if self._history is None else self._history.present.standard
        self._preview = None
        self._nudge = ""
        self._history = history
        self._emit()
        if history.present.standard is not before:
            # Taking the choice back takes it back for the next image too.
            self.use_standards(replace(self._standards, default=history.present.standard))

    def _set_activity(self, activity: str) -> None:
        self._activity = activity
        self.activity_changed.emit(activity)

    def _emit(self) -> None:
        exam = self.exam
        problem = self._known.look_up(exam)
        self.changed.emit(exam)
        if problem is not None:
            self.failed.emit(problem)


def _reopened(opened: Examination, entry: LogEntry, choice: StandardChoice) -> _Opened:
    exam = continuation.from_log(opened, entry, choice)
    return _Opened(exam, continuation.judged_otherwise(exam, entry), supersedes=entry.entry_id)


def _continued(opened: Examination, previous: Examination) -> _Opened:
    try:
        return _Opened(continuation.same_patient(opened, previous))
    except continuation.OtherPatient as problem:
        return _Opened(opened, problem)


def _with_proposal(exam: Examination, proposal: Proposal) -> Examination:
    """Return the state with what the model said; an outline drawn meanwhile stays."""
    if exam.outline_px is None:
        return exam.with_proposal(proposal)
    return replace(exam, proposal=proposal)
