"""Clip: the frames of the file on the screen, one at a time, in motion, or all of them measured."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from fhc_desktop.domain.image.ultrasound_image import ImageSource
from fhc_desktop.gui.cine.clip_bar import ClipBar
from fhc_desktop.gui.cine.clip_content import ClipContent
from fhc_desktop.gui.cine.frame_measuring import FrameMeasuring
from fhc_desktop.gui.cine.playback import Playback
from fhc_desktop.gui.examination.clip_state import ClipState
from fhc_desktop.gui.examination.controller import ExaminationController
from fhc_desktop.gui.examination.frame_queue import FrameQueue
from fhc_desktop.gui.examination.screen import Screen
from fhc_desktop.gui.widgets.frame_pace import FramePace


class Clip(QObject):
    """Steps, plays and measures; one frame is on the screen, and none while it plays."""

    changed = Signal()  # what is to be shown
    failed = Signal(object)  # FhcError

    def __init__(self, controller: ExaminationController, parent: QObject) -> None:
        super().__init__(parent)
        self._controller = controller
        self.bar = ClipBar()
        self.frames = FrameQueue(controller, self)
        self.playback = Playback(controller.readers.images, self)
        self.measuring = FrameMeasuring(controller, self)
        self._pace = FramePace(self.changed.emit, self)
        self.bar.frame_wanted.connect(self.go_to)
        self.bar.play_wanted.connect(self.play_or_stop)
        self.frames.changed.connect(self.changed)
        self.playback.changed.connect(self.changed)
        self.playback.ended.connect(self.play_or_stop)
        self.playback.failed.connect(self.failed)
        # A quick model may measure more frames a second than the screen can show.
        self.measuring.changed.connect(self._pace.ask)
        self.measuring.failed.connect(self.failed)
        controller.changed.connect(self._follow)

    def screen(self, screen: Screen) -> Screen:
        """Return what can be acted on; while the clip plays, that is no image."""
        playing = self.playback.picture
        state = ClipState(
            readings=self.measuring.readings,
            measured=self.measuring.measured,
            playing=playing,
            loops=self.playback.loops,
        )
        screen = replace(screen, clip=state, awaited_frame=self.frames.awaited)
        if playing is None:
            return screen
        return replace(screen, exam=None, activity="", can_undo=False, can_redo=False)

    def show_content(self, content: ClipContent, source: ImageSource | None) -> None:
        self.bar.show_content(content)
        self.bar.frame_bar.show_source(source)
        if source is None and self.playback.picture is not None:
            self.playback.stop()  # the list lies over it

    @Slot()
    def play_or_stop(self) -> None:
        """Play from the frame on the screen; or stop, with all there is to say of that frame."""
        frame = self.playback.stop()
        if frame is not None:
            self._open(frame)
            return
        exam = self._controller.exam
        if exam is not None and exam.image.source.frame_count > 1:
            self.playback.start(exam.image)

    @Slot(int)
    def go_to(self, frame: int) -> None:
        """Show a frame; a clip that plays stops for it."""
        self.playback.stop()
        self._open(frame)

    def go_to_first(self) -> None:
        self.go_to(1)

    def go_to_last(self) -> None:
        exam = self._controller.exam
        playing = self.playback.picture
        image = playing or (None if exam is None else exam.image)
        if image is not None:
            self.go_to(image.source.frame_count)

    def switch_loop(self) -> None:
        """Begin again after the last frame, or end there."""
        self.playback.set_loops(loops=not self.playback.loops)

    def close(self) -> None:
        self.playback.stop()
        self.measuring.close()

    def _open(self, frame: int) -> None:
        exam = self._controller.exam
        if exam is not None and exam.image.source.frame == frame:
            self.changed.emit()  # it is there, and nothing would come of asking for it
        else:
            self.frames.want(frame)

    @Slot()
    def _follow(self) -> None:
        """Play no more once something else is opened or left."""
        exam, playing = self._controller.exam, self.playback.picture
        if playing is None:
            return
        if exam is None or exam.image.source.sha256 != playing.source.sha256:
            self.playback.stop()
