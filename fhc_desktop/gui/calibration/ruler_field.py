"""RulerField: the small field beside a ruler that its length is typed into."""

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.entry_field import TextLine
from fhc_desktop.gui.widgets.icons import icon

_LINE_PX = 30 * style.GRID
_REFUSAL_PX = 70 * style.GRID
# How far from the ruler it stands: its ends can still be taken.
_AWAY_PX = 5 * style.GRID
_FAR = 10.0
_STEPS = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, -1.0),
    Qt.Key.Key_Down: (0.0, 1.0),
}
_OTHER_END = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_ENDS_ENTRY = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_HINT = "Arrows move the marked end, Tab marks the other one; Enter takes the length, Esc leaves"


class RulerField(QWidget):
    """Holds the keys while a ruler waits: digits are its length, arrows move its marked end."""

    entered = Signal(str)
    left = Signal()
    nudged = Signal(float, float)  # columns and rows of the picture as it looks
    other_end_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAutoFillBackground(True)
        palette = self.palette()
        palette.setColor(palette.ColorRole.Window, style.RAISED)
        self.setPalette(palette)
        self.setBackgroundRole(palette.ColorRole.Window)  # the view it lies in has another one
        self.line = _LengthLine(self)
        self._refusal = style.label(size_px=style.SMALL_PX, color=style.ERROR)
        self._build()
        self.hide()

    @property
    def refusal(self) -> str:
        """Why what was typed cannot be used; empty where nothing was refused."""
        return self._refusal.text()

    def begin(self) -> None:
        """Ask anew."""
        self.line.clear()
        self._clear_refusal()
        self.show()
        self.raise_()

    def refuse(self, sentence: str) -> None:
        self._refusal.setText(f"{style.ERROR_SIGN} {sentence}")
        self._refusal.show()
        self.line.setFocus()
        self.line.selectAll()
        self.adjustSize()

    def stand_beside(self, ruler: QRect, room: QRect) -> None:
        self.move(place_beside(ruler, self.sizeHint(), room))

    def _clear_refusal(self) -> None:
        self._refusal.clear()
        self._refusal.hide()
        self.adjustSize()

    def _build(self) -> None:
        self.line.setAccessibleName("Length of the ruler in millimetres")
        self.line.setAccessibleDescription(_HINT)
        self.line.setToolTip(_HINT)
        self.line.setPlaceholderText("for example 50")
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.line.setFixedWidth(_LINE_PX)
        self.line.textEdited.connect(self._clear_refusal)
        self._refusal.setWordWrap(True)
        self._refusal.setFixedWidth(_REFUSAL_PX)
        use, leave = _button("accept", "Use this length  (Enter)"), _button("close", "Leave  (Esc)")
        use.clicked.connect(lambda: self.entered.emit(self.line.text()))
        leave.clicked.connect(self.left)
        row, column = QHBoxLayout(), QVBoxLayout(self)
        row.addWidget(self.line)
        row.addWidget(style.label("mm", color=style.SECONDARY_TEXT))
        row.addWidget(use)
        row.addWidget(leave)
        row.addStretch(1)
        column.setContentsMargins(style.GAP, style.GRID, style.GRID, style.GRID)
        column.setSpacing(style.GRID)
        column.addLayout(row)
        column.addWidget(self._refusal)


class _LengthLine(TextLine):
    """A line that moves the ruler by the keys that would move a text cursor."""

    def __init__(self, field: RulerField) -> None:
        super().__init__()
        self._field = field

    def event(self, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent):
            return super().event(event)
        if event.type() is QEvent.Type.ShortcutOverride and event.key() in _STEPS:
            event.accept()  # or the outline would move
            return True
        if event.type() is QEvent.Type.KeyPress and event.key() in _OTHER_END:
            self._field.other_end_wanted.emit()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            far = _FAR if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1.0
            dx, dy = _STEPS[key]
            self._field.nudged.emit(far * dx, far * dy)
        elif key in _ENDS_ENTRY:
            self._field.entered.emit(self.text())
        elif key == Qt.Key.Key_Escape:
            self._field.left.emit()
        else:
            super().keyPressEvent(event)


def place_beside(ruler: QRect, size: QSize, room: QRect) -> QPoint:
    """Return where the field's top left corner stands: beside the ruler, and within the room.

    All in pixels of the view. Below or above a ruler, else at its right or left; where there is
    room nowhere, as near below it as the room goes.
    """
    middle = ruler.center()
    level, plumb = middle.x() - size.width() // 2, middle.y() - size.height() // 2
    sides = (
        QPoint(level, ruler.bottom() + _AWAY_PX),
        QPoint(level, ruler.top() - _AWAY_PX - size.height()),
        QPoint(ruler.right() + _AWAY_PX, plumb),
        QPoint(ruler.left() - _AWAY_PX - size.width(), plumb),
    )
    around = ruler.adjusted(-_AWAY_PX // 2, -_AWAY_PX // 2, _AWAY_PX // 2, _AWAY_PX // 2)
    placed = [_within(room, QRect(side, size)) for side in sides]
    free = [one for one in placed if not one.intersects(around)]
    return (free or placed)[0].topLeft()


def _within(room: QRect, field: QRect) -> QRect:
    left = max(room.left(), min(field.left(), room.right() - field.width()))
    top = max(room.top(), min(field.top(), room.bottom() - field.height()))
    return QRect(QPoint(left, top), field.size())


def _button(name: str, hint: str) -> QToolButton:
    made = QToolButton()
    made.setIcon(icon(name))
    made.setToolTip(hint)
    made.setAccessibleName(hint)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made
