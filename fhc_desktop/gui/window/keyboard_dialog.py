"""Every action with its key."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QGridLayout,
    QScrollArea,
    QWidget,
)

from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.plain_dialog import (
    TEXT_WIDTH_PX,
    PlainDialog,
)


class KeyboardDialog(PlainDialog):
    """Every action with its key, given as pairs of (action, key)."""

    def __init__(self, parent: QWidget | None, shortcuts: Sequence[tuple[str, str]]) -> None:
        super().__init__(parent)
        self.add_title("Keyboard")
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, style.MARGIN, 0)
        grid.setHorizontalSpacing(2 * style.MARGIN)
        grid.setVerticalSpacing(style.GAP)
        for row, (action, key) in enumerate(shortcuts):
            grid.addWidget(style.label(action), row, 0)
            name = style.label(key)
            name.setFont(style.font(style.BODY_PX, QFont.Weight.DemiBold))
            grid.addWidget(name, row, 1)
        grid.setColumnStretch(0, 1)
        grid.setRowStretch(len(shortcuts), 1)
        self.column.addWidget(_FittingScrollArea(table))
        self.add_buttons(QDialogButtonBox.StandardButton.Close)


class _FittingScrollArea(QScrollArea):
    """As tall as its content while the screen allows it; Qt's own stops at 24 lines of text."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._content = content
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def sizeHint(self) -> QSize:
        wanted = self._content.sizeHint()
        room = self.screen().availableSize().height() * 3 // 5
        return QSize(max(wanted.width(), TEXT_WIDTH_PX), min(wanted.height(), room))
