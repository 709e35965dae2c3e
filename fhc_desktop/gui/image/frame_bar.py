"""FrameBar: which frame of a loop is measured."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSlider, QToolButton, QWidget

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.icons import icon


class FrameBar(QWidget):
    """A slider under the image, there only when the file has several frames."""

    frame_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setTracking(False)
        self.slider.setAccessibleName("Frame")
        self._words = style.label(color=style.SECONDARY_TEXT)
        self._previous = _button("previous", "Previous frame  (,)")
        self._next = _button("next", "Next frame  (.)")
        self.slider.valueChanged.connect(self.frame_wanted)
        self.slider.sliderMoved.connect(self._say)
        self._previous.clicked.connect(lambda: self.step(-1))
        self._next.clicked.connect(lambda: self.step(1))
        row = QHBoxLayout(self)
        row.setContentsMargins(style.MARGIN, style.GRID, style.MARGIN, style.GRID)
        row.setSpacing(style.GAP)
        for widget in (self._previous, self._next, self.slider, self._words):
            row.addWidget(widget)
        self.hide()

    def show_examination(self, exam: Examination | None) -> None:
        if exam is None:
            self.setEnabled(False)
            return
        source = exam.image.source
        self.setVisible(source.frame_count > 1)
        self.setEnabled(True)
        self.slider.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.slider.setRange(1, source.frame_count)
        self.slider.setValue(source.frame)
        self.slider.blockSignals(False)  # noqa: FBT003
        self._say(source.frame)

    @property
    def has_frames(self) -> bool:
        """Whether the file has more than one frame."""
        return self.slider.maximum() > 1 and self.isEnabled()

    def step(self, frames: int) -> None:
        self.slider.setValue(self.slider.value() + frames)

    def _say(self, frame: int) -> None:
        self._words.setText(f"frame {frame} of {self.slider.maximum()}")


def _button(name: str, hint: str) -> QToolButton:
    made = QToolButton()
    made.setIcon(icon(name))
    made.setToolTip(hint)
    made.setAccessibleName(hint)
    made.setAutoRepeat(True)
    return made
