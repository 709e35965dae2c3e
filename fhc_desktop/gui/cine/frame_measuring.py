"""FrameMeasuring: every frame of the clip on the screen is measured, one after the other."""

from PySide6.QtCore import QObject, Signal, Slot

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.frame_reading import FrameReading
from fhc_desktop.gui.examination.controller import ExaminationController
from fhc_desktop.gui.widgets.background import Background
from fhc_desktop.imaging.frames_ahead import FramesAhead
from fhc_desktop.imaging.unreadable import UnreadableImage, WrittenMeanwhile
from fhc_desktop.storage.log.entry import LogEntry
from fhc_desktop.workflow.measuring_frames import (
    KnownFrame,
    ProposedFrame,
    known_frame,
    must_be_whole,
    propose_frame,
    reading_of,
    without_pixels,
)
from fhc_desktop.workflow.resuming import row_wanted

_FRAMES_AHEAD = 8
MOST_FILES = 50
_NOT_READ = "cannot be read"
_SECONDS_FOR_THE_WORKER = 10.0


class FrameMeasuring(QObject):
    """Knows what each frame measures that was measured or shown in this run.

    What is measured is a proposal, which the proposer remembers for when its frame is opened;
    nothing is logged. What was done to a frame stays. Another file on the screen ends it; what was
    measured is kept.
    """

    changed = Signal()  # a frame was measured, or it began or ended
    failed = Signal(object)  # FhcError

    def __init__(self, controller: ExaminationController, parent: QObject) -> None:
        super().__init__(parent)
        self._controller = controller
        self._shown: Examination | None = None
        self._frames: dict[str, dict[int, KnownFrame]] = {}
        self._unread: dict[str, set[int]] = {}
        self._readings: dict[int, FrameReading] = {}
        self._read_for: tuple[object, ...] = ()
        self._ahead: FramesAhead | None = None
        self._at = 0
        self._has_measured = False
        self._problem: UnreadableImage | None = None
        self._background = Background(self)
        self._background.succeeded.connect(self._arrived)
        self._background.failed.connect(self._not_measured)
        controller.changed.connect(self._follow)

    @property
    def measured(self) -> tuple[int, int] | None:
        """How many frames have been measured, of how many; None while it does not measure."""
        if self._ahead is None or self._shown is None:
            return None
        return len(self._known) + len(self._broken), self._shown.image.source.frame_count

    @property
    def readings(self) -> tuple[FrameReading, ...]:
        """What the frames of the file on the screen measure by all that was entered for it."""
        shown = self._shown
        if shown is None:
            return ()
        rests_on = (shown.manual_calibration, shown.chosen_scale, shown.patient)
        if rests_on != self._read_for:
            self._readings.clear()
            self._read_for = rests_on
        here = shown.image.source.frame
        for frame, known in self._known.items():
            if frame not in self._readings:
                self._readings[frame] = reading_of(known, shown, is_shown=frame == here)
        unread = {frame: FrameReading(frame, problem=_NOT_READ) for frame in self._broken}
        found = unread | self._readings
        return tuple(found[frame] for frame in sorted(found))

    @Slot()
    def start_or_stop(self) -> None:
        """Measure the frames that are not yet; or, while that is being done, no more."""
        if self._ahead is not None:
            self.stop()
        elif self._shown is not None and self._shown.image.source.frame_count > 1:
            self._broken.clear()  # it may be there again
            self._at, self._has_measured, self._problem = 0, False, None
            self._ahead = FramesAhead(self._controller.readers.images, self._shown.image.source)
            self._measure_next()

    def stop(self) -> None:
        """Measure no more; what was measured stays."""
        if self._ahead is not None:
            self._ahead.close()
            self._ahead = None
            self._background.forget()
            self.changed.emit()

    def close(self) -> bool:
        """Stop for good; return whether the worker ended in time."""
        self.stop()
        return self._background.close(_SECONDS_FOR_THE_WORKER)

    @property
    def _sha256(self) -> str:
        return "" if self._shown is None else self._shown.image.source.sha256

    @property
    def _known(self) -> dict[int, KnownFrame]:
        return self._frames.setdefault(self._sha256, {})

    @property
    def _broken(self) -> set[int]:
        return self._unread.setdefault(self._sha256, set())

    def _measure_next(self) -> None:
        ahead, shown = self._ahead, self._shown
        if ahead is None or shown is None:
            return
        count, done = shown.image.source.frame_count, self._known.keys() | self._broken
        missing = [frame for frame in range(1, count + 1) if frame not in done]
        if not missing:
            self._end()
            return
        ahead.want(missing[:_FRAMES_AHEAD])
        self._at = missing[0]
        self._measure(ahead, shown, is_whole=False)
        self.changed.emit()

    def _end(self) -> None:
        """Stop; where not one frame could be read, it is the file that is wrong."""
        if self._problem is not None and not self._has_measured:
            self._give_up(self._problem)
        else:
            self.stop()

    def _measure(self, ahead: FramesAhead, shown: Examination, *, is_whole: bool) -> None:
        frame, proposer, today = self._at, self._controller.proposer, self._controller.today
        standard = shown.standard

        # The worker touches nothing of this object.
        def measure() -> ProposedFrame | None:
            loaded = ahead.wait_for(frame)
            if loaded is None:
                return None
            return propose_frame(
                loaded, proposer, today=today, standard=standard, is_whole=is_whole
            )

        self._background.start_slow(measure)

    @Slot(object)
    def _arrived(self, found: ProposedFrame | None) -> None:
        controller, shown = self._controller, self._shown
        if found is None or shown is None or found.picture.sha256 != self._sha256:
            return
        self._has_measured = True
        controller.proposer.remember(found.picture, found.proposal)
        records, operator = controller.acceptances.records, controller.operator
        questions = controller.acceptances.questions
        questions.ask_anyway(
            self,
            lambda log: row_wanted(found.exam, found.wanted, records(log), operator=operator),
            lambda row: self._take(found, row),
            questions.unexpected,
        )

    def _take(self, found: ProposedFrame, row: LogEntry | None) -> None:
        """Know a frame that was measured, with its row in the log, and go on with the next."""
        controller, shown, frame = self._controller, self._shown, found.exam.image.source.frame
        if shown is None or found.picture.sha256 != self._sha256:
            return
        if frame not in self._known:  # it was opened meanwhile: then it is as it is shown
            known = known_frame(found, desk=controller.desk, row=row, choice=controller.standards)
            if self._ahead is not None and must_be_whole(found, known.editing):
                self._measure(self._ahead, shown, is_whole=True)
                return
            self._note(frame, known)
        self._measure_next()

    @Slot(object)
    def _not_measured(self, error: Exception) -> None:
        if not isinstance(error, FhcError):
            raise error  # our own fault: the excepthook's matter
        if isinstance(error, UnreadableImage) and not isinstance(error, WrittenMeanwhile):
            self._broken.add(self._at)
            self._problem = error
            self._measure_next()
        else:
            self._give_up(error)

    def _give_up(self, error: FhcError) -> None:
        self._broken.clear()
        self.stop()
        self.failed.emit(error)

    @Slot(object)
    def _follow(self, exam: Examination | None) -> None:
        """Take over what the screen shows: it knows best of its own frame."""
        if exam is None:
            if not self._controller.screen.activity:
                self._forget()
            return
        before, self._shown = self._shown, exam
        if before is None or before.image.source.sha256 != exam.image.source.sha256:
            self._readings.clear()
            self._leave_file()
            self._forget_the_oldest()
        elif before.image.source.frame != exam.image.source.frame:
            self._readings.pop(before.image.source.frame, None)
        if exam.image.source.frame_count == 1:
            return  # there is no strip of a still
        editing = self._controller.editing
        if editing is not None and (exam.proposal is not None or exam.outline_px is not None):
            bare = without_pixels(editing.shortened(1))
            self._note(exam.image.source.frame, KnownFrame(bare))
        else:  # it may be a second reading, which is to be blind
            self._known.pop(exam.image.source.frame, None)
            self._readings.pop(exam.image.source.frame, None)

    def _forget(self) -> None:
        """Know nothing any more: it was left for the list of drafts, where they can be deleted."""
        self.stop()
        self._shown = None
        self._frames.clear()
        self._readings.clear()

    def _forget_the_oldest(self) -> None:
        """Keep what a day's files measure: all that were ever opened would grow without end."""
        for kept in (self._frames, self._unread):
            for sha256 in [one for one in kept if one != self._sha256][:-MOST_FILES]:
                del kept[sha256]

    def _leave_file(self) -> None:
        if self._ahead is not None:
            self._ahead.close()
            self._ahead = None
            self._background.forget()

    def _note(self, frame: int, known: KnownFrame) -> None:
        self._known[frame] = known
        self._readings.pop(frame, None)
