"""ExaminationController: images come and go, are proposed on, accepted and logged."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import Signal, Slot

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.draft import Draft, DraftKey, PictureKey, Progress
from fhc_desktop.domain.examination.editing import Editing
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.proposal import Proposal
from fhc_desktop.domain.examination.structured_report import ReportsBeside
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.image.display import Display
from fhc_desktop.domain.image.ultrasound_image import UltrasoundImage
from fhc_desktop.domain.pregnancy.mean_hc import MeanHc
from fhc_desktop.domain.pregnancy.picture_standing import Repeat
from fhc_desktop.domain.pregnancy.pregnancy import pregnancy_of
from fhc_desktop.gui.examination.acceptances import Acceptances
from fhc_desktop.gui.examination.logged_editor import KNOWN, LoggedEditor
from fhc_desktop.gui.examination.reports_finder import ReportsFinder
from fhc_desktop.gui.examination.screen import Screen
from fhc_desktop.gui.widgets.background import Background, Errand
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.reporting.pdf.paper import Paper
from fhc_desktop.storage.log.measurement_log import LogEntry
from fhc_desktop.workflow import continuing as continuation
from fhc_desktop.workflow.keeping import Desk
from fhc_desktop.workflow.proposing import Proposer
from fhc_desktop.workflow.remembered_proposals import RememberedProposals
from fhc_desktop.workflow.resuming import (
    ReadPicture,
    Resumed,
    Wanted,
    as_correction,
    earlier_reading,
    glance,
    next_head,
    picture_of,
    read_afresh,
    resume,
    row_wanted,
)
from fhc_desktop.workflow.told import Told

_SECONDS_FOR_THE_WORKER = 10.0
# What the log is asked about an image that is being opened.
_ROW = "row"
_USUAL_STANDARDS = StandardChoice()


class ExaminationController(LoggedEditor):
    """Holds the one state of the window; each image that goes is kept as it is."""

    leaving = Signal()  # the image goes: what is typed and not yet ended is to be handed on
    opened = Signal(object)  # Path of an image that could be read
    not_opened = Signal(object)  # Path of one that could not; what was shown before is shown again
    proposed = Signal(object)  # Proposal

    def __init__(
        self,
        proposer: Proposer,
        acceptances: Acceptances,
        *,
        readers: Readers,
        desk: Desk,
        operator: str,
        now: Callable[[], datetime],
        standards: StandardChoice = _USUAL_STANDARDS,
    ) -> None:
        super().__init__(acceptances, desk, standards, operator=operator, now=now)
        self.proposer = RememberedProposals(proposer)
        self.readers = readers
        self._opening: Path | None = None
        self._glimpse: UltrasoundImage | None = None
        self._activity = ""
        self._background = Background(self)
        self._background.succeeded.connect(self._arrived)
        self._background.failed.connect(self._failed)
        self._background.told.connect(self._glimpsed)
        self.reports = ReportsFinder(readers, self)
        self.reports.changed.connect(self._emit)

    @property
    def screen(self) -> Screen:
        editing, exam = self._editing, self.exam
        log = replace(self.acceptances.standing, not_logged=len(self.desk.waiting))
        return Screen(
            exam=exam,
            refused=() if editing is None else editing.refused,
            display=Display() if editing is None else editing.display,
            correction_reason="" if editing is None else editing.correction_reason,
            can_undo=editing is not None and editing.history.can_undo,
            can_redo=editing is not None and editing.history.can_redo,
            activity=self._activity,
            glimpse=self._glimpse,
            log=log,
            is_being_written=exam is not None
            and self.acceptances.is_being_written(self.draft_key, exam),
            known=self._known.found,
            identity=self._known.standing,
            picture=self._known.picture,
            heads_beside=self._known.heads_beside,
            beside=self.reports.beside(exam),
            choice=self._standards,
            unfinished=tuple(one for one in self.desk.unfinished if one.key != self.draft_key),
        )

    def open(self, path: Path, glimpse: UltrasoundImage | None = None) -> None:
        """Open an image with nothing of the last patient: as it was left, as logged, or fresh.

        ``glimpse`` is its picture where that is being shown already.
        """
        self._open(Wanted(path), glimpse)

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
                display=self.screen.display,
            )
        )

    def open_entry(self, entry: LogEntry) -> None:
        """Open what a row of the log recorded; accepting it again supersedes that row."""
        self._open(Wanted(entry.image.path, entry.image.frame, entry=entry))

    def open_draft(self, draft: Draft) -> None:
        """Go on with an unfinished examination, if its picture is still where it was."""
        self._open(Wanted(draft.path, draft.picture.frame, draft=draft))

    def open_picture(
        self, image: UltrasoundImage, take_over: Callable[[Examination], continuation.Opened]
    ) -> bool:
        """Open a picture with what is known of it from elsewhere; return whether that is shown.

        It is not where somebody is not done with the picture: what she did to it is.
        """
        self._put_aside()
        left = self.desk.left_last(PictureKey.of(image))
        is_free = left is None or not left.holds_work
        if left is not None and left.progress is Progress.UNTOUCHED:
            self.desk.drop(left.key)
        source = image.source
        wanted = Wanted(source.path, source.frame)
        self._open(replace(wanted, take_over=take_over) if is_free else wanted)
        return is_free

    def leave(self) -> None:
        """Leave the image as it is, to be found again; one that is being opened comes no more."""
        self._put_aside()
        self._before = self._opening = self._glimpse = None
        self._background.forget()
        self._questions.forget(self, _ROW)
        self._activity = ""
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
        self._turn_to(found, picture)

    def take_next_head(self) -> None:
        """Go to another of several heads, from left to right.

        Beside one that is accepted each is an examination of its own; before, a step of this one.
        """
        exam, editing, picture = self._ended_exam(), self._editing, self._picture
        if exam is None or editing is None or picture is None:
            return
        ids = {row.entry_id for row in self._known.heads_beside}
        beside = [one for one in self._known.readings(exam) if one.entry_id in ids]
        found = next_head(editing, picture, beside=beside, desk=self.desk, choice=self._standards)
        if found is None:
            super().take_next_head()
        else:
            self._turn_to(found, picture)

    def correct_earlier(self) -> None:
        """Go back to the row that this picture has; another head's gets the outline shown here."""
        standing = self._known.picture
        if standing is None or standing.repeat is not Repeat.OTHER_HEAD:
            self.set_second_reading(is_wanted=False)
            return
        exam, editing, picture = self._ended_exam(), self._editing, self._picture
        if exam is None or editing is None or picture is None:
            return
        found = as_correction(
            editing,
            picture,
            standing.earlier.entry_id,
            desk=self.desk,
            readings=self._known.readings(exam),
            choice=self._standards,
        )
        if found is not None:
            left = DraftKey.of(editing, picture)
            self._turn_to(found, picture)
            self.desk.drop(left)  # its outline goes on as a correction

    def _turn_to(self, found: Resumed, picture: PictureKey) -> None:
        """Show another examination of the picture on the screen; what is there is kept."""
        display = self.screen.display
        self._put_aside()
        self._show(found, picture)
        self.set_display(display)

    @property
    def today(self) -> date:
        """The day by the clock on this machine's wall."""
        return self._now().astimezone().date()

    def told(self, *, mean: MeanHc | None, paper: Paper) -> Told:
        """Return what a report of the examination on the screen says beside it, as of now."""
        exam = self.exam
        pregnancy = None if exam is None else pregnancy_of(exam, self._known.found)
        return Told(
            now=self._now(),
            choice=self._standards,
            record=None if pregnancy is None else pregnancy.record,
            display=self.screen.display,
            mean=mean,
            beside=ReportsBeside() if exam is None else self.reports.beside(exam),
            paper=paper,
        )

    def close(self) -> bool:
        """Keep everything, and wait, but not for ever, for what runs; return whether it ended."""
        self._put_aside()
        ended = self._background.close(_SECONDS_FOR_THE_WORKER)
        for subject in (_ROW, KNOWN):  # nobody looks any more
            self._questions.forget(self, subject)
        ended = self.acceptances.close(_SECONDS_FOR_THE_WORKER) and ended
        ended = self.reports.close(_SECONDS_FOR_THE_WORKER) and ended
        return self.desk.close() and ended

    def _open(self, wanted: Wanted, seen: UltrasoundImage | None = None) -> None:
        self._put_aside()
        self._questions.forget(self, _ROW)
        # The old numbers go before the new image comes: never one patient's beside another's name.
        self._opening, self._activity = wanted.path, f"Opening {wanted.path.name} …"
        self._glimpse = seen
        self._emit()
        today, standard, readers = self.today, self._standards.default, self.readers

        # The worker touches nothing of this object.
        def read(errand: Errand) -> ReadPicture:
            glimpse = glance(wanted, readers)
            if glimpse is not None and glimpse is not seen:
                errand.tell(glimpse)
            exam = picture_of(
                wanted, readers, today=today, standard=standard, is_wanted=errand.is_wanted
            )
            return ReadPicture(wanted, exam, PictureKey.of(exam.image))

        self._background.start_errand(read)

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
        if standing is None:
            return None
        return earlier_reading(
            exam,
            picture,
            standing.earlier.entry_id,
            desk=self.desk,
            readings=self._known.readings(exam),
            choice=self._standards,
        )

    def _begin_proposing(self, exam: Examination) -> None:
        image, proposer = exam.image, self.proposer
        self._activity = "Looking for the head …"
        self._background.start_slow(lambda: proposer.propose(image))

    @Slot(object)
    def _arrived(self, answer: object) -> None:
        self._activity = ""
        match answer:
            case ReadPicture():
                self._ask_row(answer)
            case Proposal():
                told = replace(answer, said_at=self._now())
                self._edit(lambda editing: editing.proposed(told))
                self.proposed.emit(answer)

    @Slot(object)
    def _glimpsed(self, image: UltrasoundImage) -> None:
        """Show the picture alone: there is no examination before all of its file is read."""
        self._glimpse = image
        self._emit()

    def _ask_row(self, read: ReadPicture) -> None:
        """Ask the log what it has of an image; until it answers, the image is being opened."""
        records, operator = self.acceptances.records, self._operator
        self._activity = f"Opening {read.wanted.path.name} …"
        self._questions.ask_anyway(
            self,
            lambda log: row_wanted(read.exam, read.wanted, records(log), operator=operator),
            lambda row: self._show_read(read, row),
            self._questions.unexpected,
            subject=_ROW,
        )

    def _show_read(self, read: ReadPicture, row: LogEntry | None) -> None:
        self._activity = ""
        found = resume(read.exam, read.wanted, desk=self.desk, row=row, choice=self._standards)
        self._show(found, read.picture)
        self.reports.look(read.exam, afresh=read.wanted.frame is None)
        self.opened.emit(read.exam.image.source.path)
        if found.problem is not None:
            self.failed.emit(found.problem)

    def _show(self, found: Resumed, picture: PictureKey) -> None:
        self._before = self._opening = self._glimpse = None
        self._bring(found.editing, picture)

    def _bring(self, editing: Editing, picture: PictureKey) -> None:
        self._editing, self._picture = editing.with_waiting(self.acceptances.waiting_ids), picture
        self._known.forget()
        exam = editing.exam
        if exam.proposal is None and exam.outline_px is None:
            self._begin_proposing(exam)
        self._keep()
        self._emit()

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self._activity = ""
        path, self._opening, self._glimpse = self._opening, None, None
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
