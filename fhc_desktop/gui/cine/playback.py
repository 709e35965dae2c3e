"""Playback: the pictures of a clip one after the other, at the rate of its file."""

import math
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.image.ultrasound_image import UltrasoundImage
from fhc_desktop.gui.cine.play_schedule import PlaySchedule
from fhc_desktop.imaging.frames_ahead import FramesAhead
from fhc_desktop.imaging.loader import Loader

# As many as are worth thinking of; the memory for them is bounded elsewhere.
_FRAMES_AHEAD = 24
_SHORTEST_WAIT_MS = 1


class Playback(QObject):
    """Shows pictures only: nothing is read from them, and nothing proposed.

    It follows the clock: where decoding is late, frames are left out. ``clock`` gives seconds.
    """

    changed = Signal()  # it began, ended, or another picture is there
    ended = Signal()  # the last frame was shown and none follows, or none can be read
    failed = Signal(object)  # FhcError

    def __init__(
        self, loader: Loader, parent: QObject, clock: Callable[[], float] = time.perf_counter
    ) -> None:
        super().__init__(parent)
        self._loader = loader
        self._clock = clock
        self._ahead: FramesAhead | None = None
        self._schedule: PlaySchedule | None = None
        self._picture: UltrasoundImage | None = None
        self._begun_s = 0.0
        self._loops = True
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._turn)

    @property
    def picture(self) -> UltrasoundImage | None:
        """The picture that is shown; None while nothing plays."""
        return self._picture

    @property
    def loops(self) -> bool:
        """Whether the first frame follows the last."""
        return self._loops

    def set_loops(self, *, loops: bool) -> None:
        self._loops = loops
        if self._picture is not None:
            self._begin_at(self._picture)
        self.changed.emit()

    def start(self, image: UltrasoundImage) -> None:
        """Play from a frame on; from the last one, where nothing follows it, from the first."""
        self._ahead = FramesAhead(self._loader, image.source)
        self._picture = image
        self._begin_at(image)
        self.changed.emit()
        self._turn()

    def stop(self) -> int | None:
        """Play no more; return the frame that was shown last, None where nothing played."""
        self._timer.stop()
        if self._ahead is not None:
            self._ahead.close()
        shown, self._ahead, self._schedule, self._picture = self._picture, None, None, None
        if shown is None:
            return None
        self.changed.emit()
        return shown.source.frame

    def _begin_at(self, image: UltrasoundImage) -> None:
        frame, count = image.source.frame, image.source.frame_count
        first = 1 if frame == count and not self._loops else frame
        self._schedule = PlaySchedule(image.frame_times, count, first, self._loops)
        self._begun_s = self._clock()

    @Slot()
    def _turn(self) -> None:
        schedule, ahead = self._schedule, self._ahead
        if schedule is None or ahead is None:
            return
        elapsed_ms = 1e3 * (self._clock() - self._begun_s)
        if ahead.problem is not None:
            self._give_up(ahead.problem)
            return
        ahead.want(
            schedule.coming(elapsed_ms, each_ms=1e3 * ahead.seconds_each, count=_FRAMES_AHEAD)
        )
        due = schedule.frame_at(elapsed_ms)
        self._show_newest(ahead, due)
        is_last_shown = self._picture is not None and self._picture.source.frame == due
        if schedule.has_ended(elapsed_ms) and is_last_shown:
            self.ended.emit()
            return
        wait_ms = schedule.ms_to_next(elapsed_ms)
        if not is_last_shown:  # what is late is shown as soon as it is there
            wait_ms = min(wait_ms, schedule.times.mean_ms / 4)
        self._timer.start(max(_SHORTEST_WAIT_MS, math.ceil(wait_ms)))

    def _show_newest(self, ahead: FramesAhead, due: int) -> None:
        """Show the frame that is due, or of those that came before it the latest that is there."""
        shown = self._picture
        if shown is None:
            return
        count, before = shown.source.frame_count, shown.source.frame
        late = (due - before) % count
        for back in range(late):
            picture = ahead.get((due - back - 1) % count + 1)
            if picture is not None:
                self._picture = picture.image
                self.changed.emit()
                return

    def _give_up(self, problem: FhcError) -> None:
        self.ended.emit()
        self.failed.emit(problem)
