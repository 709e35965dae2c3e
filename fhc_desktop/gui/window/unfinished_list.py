"""UnfinishedList: examinations that were begun, to go on with or to delete."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QKeyEvent
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.plain_dialog import PlainDialog
from fhc_desktop.gui.window.start_content import StartContent, UnfinishedRow

_WIDTH_PX = 640
_ROWS_IN_SIGHT = 5


class UnfinishedList(QWidget):
    """Enter or a double click goes on with one; deleting one is asked about, for it is gone then.

    What is chosen is told by its place in the list.
    """

    continue_wanted = Signal(int)
    delete_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._content = StartContent()
        self._title = style.label(size_px=style.HEADING_PX)
        self._title.setFont(style.font(style.HEADING_PX, QFont.Weight.DemiBold))
        self.rows = _Rows()
        self.rows.setAccessibleName("Unfinished examinations")
        self.go_on = QPushButton("Continue")
        self.delete = QPushButton("Delete …")
        self.go_on.clicked.connect(self._go_on)
        self.delete.clicked.connect(self._ask_and_delete)
        self.rows.itemActivated.connect(self._go_on)
        self.rows.delete_pressed.connect(self._ask_and_delete)
        self._build()
        self.hide()

    @property
    def text(self) -> str:
        """All that can be read here; empty while nothing is offered."""
        if self.isHidden():
            return ""
        return "\n".join([self._title.text(), *(row.text for row in self._content.rows)])

    def show_content(self, content: StartContent) -> None:
        is_new = self.isHidden() and bool(content.rows)
        self.setVisible(bool(content.rows))
        if is_new:
            self.rows.setFocus()  # Enter goes on with the latest
        if content == self._content:
            return
        self._content = content
        place = max(self.rows.currentRow(), 0)
        self._title.setText(content.title)
        self.rows.clear()
        for row in content.rows:
            self.rows.addItem(_item(row))
        self.rows.setCurrentRow(min(place, len(content.rows) - 1))
        self.delete.setEnabled(content.can_delete)

    @Slot()
    def _go_on(self) -> None:
        if self.rows.currentRow() >= 0:
            self.continue_wanted.emit(self.rows.currentRow())

    @Slot()
    def _ask_and_delete(self) -> None:
        place = self.rows.currentRow()
        if place < 0 or not self._content.can_delete:
            return
        question = PlainDialog(self.window())
        question.add_title("Delete this unfinished examination?")
        row = self._content.rows[place]
        question.add_explanation(
            f"{row.text}\n\nWhat was drawn and typed is gone for good then, and nothing of it is "
            "in the log. The image file stays."
        )
        standard = QDialogButtonBox.StandardButton
        buttons = question.add_buttons(standard.Ok | standard.Cancel)
        buttons.button(standard.Ok).setText("Delete")
        buttons.button(standard.Cancel).setText("Keep")
        buttons.button(standard.Cancel).setDefault(True)
        question.accepted.connect(lambda: self.delete_wanted.emit(place))
        question.present()

    def _build(self) -> None:
        self.setFixedWidth(_WIDTH_PX)
        height = self.rows.fontMetrics().lineSpacing() + 2 * style.GRID
        self.rows.setFixedHeight(_ROWS_IN_SIGHT * height)
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        answers, column = QHBoxLayout(), QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GAP)
        answers.addStretch(1)
        answers.addWidget(self.delete)
        answers.addWidget(self.go_on)
        column.addWidget(self._title)
        column.addWidget(self.rows)
        column.addLayout(answers)


class _Rows(QListWidget):
    """A list whose Enter goes on and whose Delete asks; neither reaches the window's own keys."""

    delete_pressed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.delete_pressed.emit()
            return
        super().keyPressEvent(event)


def _item(row: UnfinishedRow) -> QListWidgetItem:
    sign = f"{style.WARNING_SIGN} " if row.is_warning else ""
    item = QListWidgetItem(f"{sign}{row.text}")
    if row.is_warning:
        item.setForeground(QColor(style.WARNING))
    return item
