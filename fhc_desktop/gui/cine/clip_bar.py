"""ClipBar: what plays a clip, its slider, and under it the strip of its frames."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from fhc_desktop.gui.cine.clip_content import ClipContent
from fhc_desktop.gui.cine.frame_strip import FrameStrip
from fhc_desktop.gui.image.frame_bar import FrameBar
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.icons import icon

PLAYING, LAST, LOOP, MEASURE = "play", "last_frame", "loop", "measure_frames"
_BUTTONS = ("first_frame", PLAYING, LAST, LOOP)
_WORDS_WIDTH_PX = 96 * style.GRID
_SPACE = Qt.Key.Key_Space
_MEASURE, _MEASURING = _BOTH = ("&Measure all frames", "Stop &measuring")


class ClipBar(QWidget):
    """Under the image, there only when its file has several frames."""

    frame_wanted = Signal(int)
    play_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.frame_bar = FrameBar()
        self.strip = FrameStrip()
        self._actions: dict[str, QAction] = {}
        self._content = ClipContent()
        self._words = [_line(), _line()]
        self._measure = QPushButton()
        self._row = QHBoxLayout()
        self._build()

    def take_actions(self, actions: Mapping[str, QAction]) -> None:
        """Make the buttons of the actions that they do: words, keys and when are theirs."""
        self._actions = {name: actions[name] for name in (*_BUTTONS, MEASURE)}
        buttons = []
        for name in _BUTTONS:
            button = QToolButton()
            button.setDefaultAction(self._actions[name])
            button.setAccessibleName(self._actions[name].toolTip())
            buttons.append(button)
        self.frame_bar.put_before(buttons)
        measure = self._actions[MEASURE]
        self._measure.clicked.connect(measure.trigger)
        measure.enabledChanged.connect(self._measure.setEnabled)
        self._measure.setEnabled(measure.isEnabled())
        self._measure.setToolTip(measure.toolTip())
        self._show_actions()

    @property
    def words(self) -> str:
        """What the frames agree on, in one text."""
        return "\n".join(line.text() for line in self._words).strip()

    def show_content(self, content: ClipContent) -> None:
        before, self._content = self._content, content
        if content == before:
            return
        self.setVisible(content.frame_count > 0)
        if content.is_playing != before.is_playing:
            self._show_icon()
        self.strip.show_content(content)
        for line, words in zip(self._words, content.words, strict=True):
            line.setText(words)
            line.setToolTip(words)
        self._show_actions()

    def _show_actions(self) -> None:
        if not self._actions:
            return
        content = self._content
        self._actions[LOOP].setChecked(content.loops)
        what = "Stop at this frame" if content.is_playing else f"Play: {content.rate}"
        self._actions[PLAYING].setToolTip(f"{what}  (Space)")
        words = _MEASURING if content.measured is not None else _MEASURE
        self._actions[MEASURE].setText(words)
        self._measure.setText(words.replace("&", ""))

    def _show_icon(self) -> None:
        if PLAYING in self._actions:
            self._actions[PLAYING].setIcon(icon("pause" if self._content.is_playing else "play"))

    def _build(self) -> None:
        self.strip.frame_wanted.connect(self.frame_wanted)
        self.frame_bar.frame_wanted.connect(self.frame_wanted)
        words = QWidget()
        words.setFixedWidth(_WORDS_WIDTH_PX)
        lines = QVBoxLayout(words)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        for line in self._words:
            lines.addWidget(line)
        # As wide as its longest words, so that the strip keeps its place.
        widest = max(self._measure.fontMetrics().horizontalAdvance(one) for one in _BOTH)
        self._measure.setFixedWidth(widest + 2 * style.MARGIN)
        self._row.setContentsMargins(style.MARGIN, 0, style.MARGIN, style.GRID)
        self._row.setSpacing(style.GAP)
        self._row.addWidget(self._measure)
        self._row.addWidget(self.strip, stretch=1)
        self._row.addWidget(words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.frame_bar)
        column.addLayout(self._row)
        self.hide()

    # Qt --------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == _SPACE:  # the slider has no use for it
            self.play_wanted.emit()
        else:
            super().keyPressEvent(event)


def _line() -> QLabel:
    return style.label(size_px=style.SMALL_PX, color=style.SECONDARY_TEXT)
