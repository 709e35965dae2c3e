"""FrameQueue: the frame that was asked for last is the one that comes, however fast one asks."""

from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal, Slot

from fhc_desktop.domain.image.ultrasound_image import ImageSource
from fhc_desktop.gui.examination.controller import ExaminationController


class FrameQueue(QObject):
    """Has one frame read at a time, and then the last one that was asked for meanwhile.

    A frame that comes is shown before the next one is read. Whatever else is opened ends it.
    """

    changed = Signal()  # which frame is awaited

    def __init__(self, controller: ExaminationController, parent: QObject) -> None:
        super().__init__(parent)
        self._controller = controller
        self._read: ImageSource | None = None
        self._awaited: ImageSource | None = None
        # Queued: whoever shows the frame that came has done so by then.
        controller.changed.connect(self._go_on, Qt.ConnectionType.QueuedConnection)

    @property
    def awaited(self) -> ImageSource | None:
        """The frame that was asked for last, until it is there."""
        return self._awaited

    @Slot(int)
    def want(self, frame: int) -> None:
        """Ask for a frame of the file on the screen."""
        exam = self._controller.exam
        source = self._read or (None if exam is None else exam.image.source)
        if source is None:
            return
        self._awaited = replace(source, frame=frame)
        if self._read is None:
            self._read_awaited()
        else:
            self.changed.emit()

    def _read_awaited(self) -> None:
        self._read = self._awaited
        if self._read is not None:
            self._controller.open_frame(self._read.frame)

    @Slot()
    def _go_on(self) -> None:
        screen, read = self._controller.screen, self._read
        if read is None or (screen.exam is None and screen.activity):
            return
        self._read = None
        has_come = screen.exam is not None and screen.exam.image.source == read
        if has_come and self._awaited != read:
            self._read_awaited()
        else:  # it is there; or it could not be read, or something else was opened
            self._awaited = None
            self.changed.emit()
