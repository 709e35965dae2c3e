"""FrameBar: which frame of a loop is measured."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSlider, QToolButton, QWidget

from fhc_desktop.domain.image.ultrasound_image import ImageSource
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.icons import icon


class FrameBar(QWidget):
    """A slider under the image, there only when the file has several frames."""

    frame_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._source: ImageSource | None = None
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName("Frame")
        self._words = style.label(color=style.SECONDARY_TEXT)
        self._previous = _button("previous", "Previous frame  (,)")
        self._next = _button("next", "Next frame  (.)")
        self.slider.valueChanged.connect(self._say)
        self.slider.valueChanged.connect(self.frame_wanted)
        self._previous.clicked.connect(lambda: self.step(-1))
        self._next.clicked.connect(lambda: self.step(1))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(style.MARGIN, style.GRID, style.MARGIN, style.GRID)
        self._row.setSpacing(style.GAP)
        for widget in (self._previous, self._next, self.slider, self._words):
            self._row.addWidget(widget)
        self.hide()

    def put_before(self, widgets: Sequence[QWidget]) -> None:
        """Put widgets in the same row, left of its own."""
        for place, widget in enumerate(widgets):
            self._row.insertWidget(place, widget)

    def show_source(self, source: ImageSource | None) -> None:
        """Show which frame of its file the image is; nothing for one that stands alone."""
        self.setVisible(source is not None and source.frame_count > 1)
        if source is None or (source, source.frame) == (self._source, self.slider.value()):
            return
        self._source = source
        self.slider.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.slider.setRange(1, source.frame_count)
        self.slider.setValue(source.frame)
        self.slider.blockSignals(False)  # noqa: FBT003
        # As wide as its longest words, so that the slider keeps its place.
        longest = _words(source.frame_count, source.frame_count)
        self._words.setMinimumWidth(self._words.fontMetrics().horizontalAdvance(longest))
        self._say(source.frame)

    def step(self, frames: int) -> None:
        self.slider.setValue(self.slider.value() + frames)

    def _say(self, frame: int) -> None:
        self._words.setText(_words(frame, self.slider.maximum()))


def _words(frame: int, count: int) -> str:
    return f"frame {frame} of {count}"


def _button(name: str, hint: str) -> QToolButton:
    made = QToolButton()
    made.setIcon(icon(name))
    made.setToolTip(hint)
    made.setAccessibleName(hint)
    made.setAutoRepeat(True)
    return made
