"""Reading: the place of the list that is on the screen, what is done to it, and what comes next."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event

from PySide6.QtCore import Signal, Slot

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.editing import Editing
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.reader_study.read import Read
from fhc_desktop.gui.examination.editor import ExaminationEditor
from fhc_desktop.gui.examination.screen import Screen
from fhc_desktop.gui.widgets.background import Background
from fhc_desktop.workflow.known_pregnancies import KnownPregnancies
from fhc_desktop.workflow.reading_study import OpenedPlace, ReadingDesk

_SECONDS_TO_END = 10.0


@dataclass(frozen=True, slots=True)
class _AllRead:
    """There is no place left."""


@dataclass(frozen=True, slots=True)
class _Storing:
    """What is on its way to the disk, and whether it is there."""

    opened: OpenedPlace
    outline_px: Ellipse | None
    is_done: Event = field(default_factory=Event)


class Reading(ExaminationEditor):
    """Shows one place after the other; the next comes when the disk has what was said of this one.

    No log knows of it: reads lie in the study's folder alone.
    """

    failed = Signal(object)  # FhcError

    def __init__(self, desk: ReadingDesk) -> None:
        super().__init__(KnownPregnancies(), StandardChoice())
        self.desk = desk
        self._opened: OpenedPlace | None = None
        self._is_finished = False
        self._activity = ""
        self._kept_px: Ellipse | None = None
        self._storing: _Storing | None = None
        self._jobs, self._unfinished = Background(self), Background(self)
        self._jobs.succeeded.connect(self._arrived)
        self._jobs.failed.connect(self._job_failed)
        self._unfinished.failed.connect(self._report)

    @property
    def place(self) -> int | None:
        """The place on the screen; None while another one is opened, and where all is read."""
        return None if self._opened is None else self._opened.place

    @property
    def is_finished(self) -> bool:
        return self._is_finished

    @property
    def screen(self) -> Screen:
        editing = self._editing
        place_before = len(self.desk.codes) if self._is_finished else (self.place or 1) - 1
        if editing is None:
            return Screen(activity=self._activity, has_image_before=place_before > 0)
        return Screen(
            exam=editing.exam,
            has_image_before=place_before > 0,
            display=editing.display,
            can_undo=editing.history.can_undo,
            can_redo=editing.history.can_redo,
            activity=self._activity,
        )

    def go_on(self) -> None:
        """Open the first place that is not read."""
        self._keep_held()

        def first_unread() -> object:
            place = self.desk.next_place()
            return _AllRead() if place is None else self.desk.open(place)

        self._start("Opening the next picture …", first_unread)

    def go_back(self) -> None:
        """Open the place before this one; to accept there is a new read, and the old one stays."""
        place = len(self.desk.codes) + 1 if self._is_finished else self.place
        if place is not None and place > 1:
            self._keep_held()
            self._start("Opening the picture before …", lambda: self.desk.open(place - 1))

    def accept(self) -> None:
        """Keep the outline on the screen, and go on."""
        exam = self.exam
        if exam is not None and exam.outline_px is not None:
            self._keep_read(exam.outline_px)

    def call_unmeasurable(self) -> None:
        """Keep that nothing in the picture can be measured, and go on."""
        self._keep_read(None)

    def close(self) -> None:
        """Keep what was accepted or begun and may not be on the disk; nothing runs after this.

        Raises:
            ReadsUnavailable: it could not be stored; to close once more is to try again.
        """
        storing = self._storing
        if not self._activity:
            self._keep_held()
        self._jobs.close(_SECONDS_TO_END)
        self._unfinished.close(_SECONDS_TO_END)
        if storing is not None and not storing.is_done.is_set():
            self.desk.keep(storing.opened, storing.outline_px)
        self.desk.write_begun()

    def _keep_read(self, outline_px: Ellipse | None) -> None:
        opened = self._opened
        if opened is None or self._activity:
            return
        storing = self._storing = _Storing(opened, outline_px)

        def store() -> Read:
            read = self.desk.keep(opened, outline_px)
            storing.is_done.set()
            return read

        self._start("Storing …", store)

    def _start(self, activity: str, job: Callable[[], object]) -> None:
        self._activity = activity
        self._jobs.start(job)
        self._emit()

    @Slot(object)
    def _arrived(self, answer: object) -> None:
        self._activity = ""
        self._storing = None
        match answer:
            case Read():
                self._opened = self._editing = None
                self.go_on()
            case OpenedPlace():
                self._show(answer)
            case _AllRead():
                self._opened = self._editing = None
                self._is_finished = True
                self._emit()

    def _show(self, opened: OpenedPlace) -> None:
        self._opened, self._is_finished = opened, False
        self._editing = Editing.of(opened.exam, supersedes=None)
        self._kept_px = opened.exam.outline_px
        self._emit()

    @Slot(object)
    def _job_failed(self, error: Exception) -> None:
        self._activity, self._storing = "", None
        self._emit()
        self._report(error)

    @Slot(object)
    def _report(self, error: Exception) -> None:
        if not isinstance(error, FhcError):
            raise error  # our own fault: the excepthook's matter
        self.failed.emit(error)

    def _edit(self, step: Callable[[Editing], Editing]) -> None:
        # What is being stored or left is not changed any more.
        if not self._activity:
            super()._edit(step)

    def _keep_held(self) -> None:
        """Let go of an outline under the hand, as a step of its own."""
        if self._editing is not None:
            self._editing = self._editing.left()
            self._keep()

    def _keep(self) -> None:
        opened, exam = self._opened, self.exam
        if opened is None or exam is None or exam.outline_px == self._kept_px:
            return
        self._kept_px = exam.outline_px
        self.desk.begin(opened.place, exam.outline_px)
        self._unfinished.start(self.desk.write_begun)

    def _emit(self) -> None:
        self.changed.emit(self.exam)
