"""ExaminationController: images come and go, are proposed on, accepted and logged."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import Signal, Slot

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.draft import Draft, DraftKey, PictureKey, Progress, progress_of
from fhc_desktop.domain.examination.editing import Editing
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.proposal import Proposal
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.pregnancy.mean_hc import MeanHc
from fhc_desktop.domain.pregnancy.pregnancy import pregnancy_of
from fhc_desktop.gui.examination.editor import ExaminationEditor
from fhc_desktop.gui.examination.screen import Screen
from fhc_desktop.gui.widgets.background import Background
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.storage.log.measurement_log import LogEntry, MeasurementLog
from fhc_desktop.workflow import continuing as continuation
from fhc_desktop.workflow.accepting import accept
from fhc_desktop.workflow.exporting import export_pdf
from fhc_desktop.workflow.keeping import STEPS_ON_DISK, Desk
from fhc_desktop.workflow.known_pregnancies import KnownPregnancies
from fhc_desktop.workflow.logging_again import log_again
from fhc_desktop.workflow.proposing import Proposer, RememberedProposals
from fhc_desktop.workflow.resuming import (
    Resumed,
    Wanted,
    earlier_reading,
    picture_of,
    read_afresh,
    resume,
)

_SECONDS_FOR_THE_WORKER = 10.0
_USUAL_STANDARDS = StandardChoice()


@dataclass(frozen=True, slots=True)
class _Read:
    """An image that was wanted, as its file has it."""

    wanted: Wanted
    exam: Examination
    picture: PictureKey


class ExaminationController(ExaminationEditor):
    """Holds the one state of the window; each image that goes is kept as it is."""

    leaving = Signal()  # the image goes: what is typed and not yet ended is to be handed on
    failed = Signal(object)  # FhcError
    opened = Signal(object)  # Path of an image that could be read
    not_opened = Signal(object)  # Path of one that could not; what was shown before is shown again
    proposed = Signal(object)  # Proposal
    logged = Signal()
    repeated = Signal(object)  # datetime at which exactly this was accepted before
    exported = Signal(object)  # Path of the report

    def __init__(
        self,
        proposer: Proposer,
        log: MeasurementLog | None,
        *,
        readers: Readers,
        desk: Desk,
        operator: str,
        now: Callable[[], datetime],
        standards: StandardChoice = _USUAL_STANDARDS,
    ) -> None:
        super().__init__(KnownPregnancies(log), standards)
        self.proposer = RememberedProposals(proposer)
        self._log = log
        self.readers = readers
        self.desk = desk
        self._operator = operator
        self._now = now
        self._picture: PictureKey | None = None
        self._before: tuple[Editing, PictureKey] | None = None
        self._opening: Path | None = None
        self._activity = ""
        self._background = Background(self)
        self._background.succeeded.connect(self._arrived)
        self._background.failed.connect(self._failed)
        self._exports = Background(self)
        self._exports.succeeded.connect(self.exported)
        self._exports.failed.connect(self._report)

    @property
    def screen(self) -> Screen:
        editing = self._editing
        return Screen(
            exam=self.exam,
            refused=() if editing is None else editing.refused,
            can_undo=editing is not None and editing.history.can_undo,
            can_redo=editing is not None and editing.history.can_redo,
            activity=self._activity,
            has_log=self._log is not None,
            known=self._known.found,
            identity=self._known.standing,
            picture=self._known.picture,
            choice=self._standards,
            unfinished=tuple(one for one in self.desk.unfinished if one.key != self.draft_key),
            not_logged=len(self.desk.waiting),
        )

    def open(self, path: Path) -> None:
        """Open an image with nothing of the last patient: as it was left, as logged, or fresh."""
        self._open(Wanted(path))

    def open_for_same_patient(self, path: Path) -> None:
        """Open an image and keep patient and dating, unless the file names somebody else."""
        previous = self._ended_exam()
        if previous is None:
            self.open(path)
            return
        self._open(Wanted(path, take_over=lambda exam: continuation.same_patient(exam, previous)))

    def open_for_second_reading(self, path: Path) -> None:
        """Open an image to be measured afresh, and show nothing that was measured before."""
        self._open(Wanted(path, is_second_reading=True))

    def open_frame(self, frame: int) -> None:
        """Open another frame of the same file."""
        previous = self._ended_exam()
        if previous is None or previous.image.source.frame == frame:
            return
        self._open(
            Wanted(
                previous.image.source.path,
                frame,
                take_over=lambda exam: continuation.same_file(exam, previous),
            )
        )

    def open_entry(self, entry: LogEntry) -> None:
        """Open what a row of the log recorded; accepting it again supersedes that row."""
        self._open(Wanted(entry.image.path, entry.image.frame, entry=entry))

    def open_draft(self, draft: Draft) -> None:
        """Go on with an unfinished examination, if its picture is still where it was."""
        self._open(Wanted(draft.path, draft.picture.frame, draft=draft))

    def leave(self) -> None:
        """Leave the image as it is; it is found again as it was left."""
        self._put_aside()
        self._before = self._opening = None
        self._emit()

    def discard(self, draft: Draft) -> None:
        """Forget an unfinished examination for good."""
        self.desk.drop(draft.key)
        self._emit()

    def propose(self) -> None:
        """Ask the model for an outline of the image on the screen."""
        exam = self.exam
        if exam is not None:
            self._begin_proposing(exam)
            self._emit()

    def set_second_reading(self, *, is_wanted: bool) -> None:
        """Measure the picture afresh beside its row in the log, or go back to that row.

        Where nothing of the row has been shown there is nothing to leave: that is one step.
        """
        exam, picture = self._ended_exam(), self._picture
        if exam is None or picture is None:
            return
        try:
            found = self._reading(exam, picture, is_second=is_wanted)
        except FhcError as error:
            self.failed.emit(error)
            return
        if found is None:
            self.record(lambda exam: exam.with_second_reading(is_wanted=is_wanted))
            return
        self._put_aside()
        self._show(found, picture)

    @property
    def draft_key(self) -> DraftKey | None:
        """What is on the screen, as the desk knows it; None where that is nothing."""
        if self._editing is None or self._picture is None:
            return None
        return DraftKey.of(self._editing, self._picture)

    @property
    def today(self) -> date:
        """The day by the clock on this machine's wall."""
        return self._now().astimezone().date()

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
        self._take_accepted(editing.accepted(accepted.acceptance))
        if accepted.acceptance is not None and accepted.acceptance.at != now:
            self.repeated.emit(accepted.acceptance.at)

    def export_pdf(self, target: Path, mean: MeanHc | None = None) -> None:
        exam, now, choice = self.exam, self._now(), self._standards
        if exam is not None and exam.is_accepted:
            pregnancy = pregnancy_of(exam, self._known.found)
            record = None if pregnancy is None else pregnancy.record
            self._exports.start(
                lambda: export_pdf(exam, target, now=now, choice=choice, record=record, mean=mean)
            )

    def take_log(self, log: MeasurementLog) -> None:
        """Log from now on: there was no log when the program began."""
        self._log = log
        self._known = KnownPregnancies(log)
        self._emit()

    def log_again(self, log: MeasurementLog) -> bool:
        """Write the row of an image that is accepted on the screen and has none.

        Return whether there was one to write.

        Raises:
            FhcError: why it goes on waiting.
        """
        editing = self._editing
        if editing is None or progress_of(editing) is not Progress.NOT_LOGGED:
            return False
        self._take_accepted(log_again(editing, log))
        return True

    def tell_logged(self) -> None:
        """Tell that rows were added to the log, or that fewer wait for theirs."""
        self._known.forget()
        self.logged.emit()
        self._emit()

    def close(self) -> bool:
        """Keep everything, and wait, but not for ever, for what runs; return whether it ended."""
        self._put_aside()
        ended = self._background.close(_SECONDS_FOR_THE_WORKER)
        ended = self._exports.close(_SECONDS_FOR_THE_WORKER) and ended
        return self.desk.close() and ended

    def _open(self, wanted: Wanted) -> None:
        self._put_aside()
        # The old numbers go before the new image comes: never one patient's beside another's name.
        self._opening, self._activity = wanted.path, f"Opening {wanted.path.name} …"
        self._emit()
        today, standard, readers = self.today, self._standards.default, self.readers

        # The worker touches nothing of this object.
        def read() -> _Read:
            exam = picture_of(wanted, readers, today=today, standard=standard)
            return _Read(wanted, exam, PictureKey.of(exam.image))

        self._background.start(read)

    def _ended_exam(self) -> Examination | None:
        """Return what is on the screen, with what was typed and not yet ended."""
        self.leaving.emit()
        return self.exam

    def _put_aside(self) -> None:
        """Take the image from the screen, to be found again as it is."""
        self.leaving.emit()
        if self._editing is None or self._picture is None:
            return  # another one is being opened; the one before it has been kept
        self._background.forget()
        self._activity = ""
        self._editing = self._editing.left()
        self.desk.put(Draft.of(self._editing, self._picture, at=self._now()))
        self._before = self._editing, self._picture
        self._editing = self._picture = None

    def _keep(self) -> None:
        if self._editing is not None and self._picture is not None:
            # While it is on the screen the editing has all of its steps, and each costs time here.
            nearest = self._editing.shortened(STEPS_ON_DISK)
            self.desk.put(Draft.of(nearest, self._picture, at=self._now()))

    def _reading(
        self, exam: Examination, picture: PictureKey, *, is_second: bool
    ) -> Resumed | None:
        """Return the other reading of the picture, where it is another examination than this."""
        editing, standing = self._editing, self._known.picture
        if is_second:
            is_other = exam.acceptance is not None
            return read_afresh(exam, picture, self.desk, self._standards) if is_other else None
        if editing is None or not editing.begun.is_second_reading:
            return None
        if self._log is None or standing is None:
            return None
        entry_id = standing.earlier.entry_id
        return earlier_reading(
            exam, picture, entry_id, desk=self.desk, log=self._log, choice=self._standards
        )

    def _begin_proposing(self, exam: Examination) -> None:
        image, proposer = exam.image, self.proposer
        self._activity = "Looking for the head …"
        self._background.start_slow(lambda: proposer.propose(image))

    @Slot(object)
    def _arrived(self, answer: object) -> None:
        self._activity = ""
        match answer:
            case _Read():
                self._show_read(answer)
            case Proposal():
                self._edit(lambda editing: editing.proposed(answer))
                self.proposed.emit(answer)

    def _show_read(self, read: "_Read") -> None:
        found = resume(
            read.exam,
            read.wanted,
            desk=self.desk,
            log=self._log,
            operator=self._operator,
            choice=self._standards,
        )
        self._show(found, read.picture)
        self.opened.emit(read.exam.image.source.path)
        if found.problem is not None:
            self.failed.emit(found.problem)

    def _show(self, found: Resumed, picture: PictureKey) -> None:
        self._before = self._opening = None
        self._bring(found.editing, picture)

    def _bring(self, editing: Editing, picture: PictureKey) -> None:
        self._editing, self._picture = editing, picture
        self._known.forget()
        exam = editing.exam
        if exam.proposal is None and exam.outline_px is None:
            self._begin_proposing(exam)
        self._keep()
        self._emit()

    def _take_accepted(self, accepted: Editing) -> None:
        """Take over an acceptance, once its row is in the log, if there is one."""
        if self.draft_key is not None:
            self.desk.drop(self.draft_key)
        self._editing = accepted
        self._keep()
        if self._log is None:
            self._emit()
        else:
            self.tell_logged()

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self._activity = ""
        path, self._opening = self._opening, None
        if path is not None and self._before is not None:
            # What could not be opened changes nothing of what was on the screen.
            self._bring(*self._before)
        else:
            self._emit()
        if path is not None:
            self.not_opened.emit(path)
        self._report(error)

    @Slot(object)
    def _report(self, error: Exception) -> None:
        if not isinstance(error, FhcError):
            raise error  # our own fault: the excepthook's matter
        self.failed.emit(error)

    def _emit(self) -> None:
        exam = self.exam
        opened = None if self._editing is None else self._editing.supersedes
        problem = self._known.look_up(exam, operator=self._operator, opened=opened)
        self.changed.emit(exam)
        if problem is not None:
            self.failed.emit(problem)
