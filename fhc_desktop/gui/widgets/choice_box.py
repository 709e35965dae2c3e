"""ChoiceBox: a choice that the wheel scrolls past, short when closed and in full when open."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QSizePolicy,
    QStyleOptionComboBox,
    QVBoxLayout,
    QWidget,
)

from fhc_desktop.gui.widgets import style

_SHORT = Qt.ItemDataRole.UserRole + 1
_PADDING_PX = 6 * style.GRID


class ChoiceBox(QComboBox):
    """One of a few; as high as the fields beside it, and as wide as its share of the row."""

    def __init__(self, name: str) -> None:
        super().__init__()
        # Not in Qt's keeping, which gives a StrEnum back as a bare text.
        self._values: list[Any] = []
        self.setAccessibleName(name)
        self.setFixedHeight(style.FIELD_HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def offer(self, value: Any, short: str, full: str = "") -> None:
        """Add a choice: ``short`` stands in the box, ``full`` in the list, both are its words."""
        self._values.append(value)
        self.addItem(full or short)
        self.setItemData(self.count() - 1, short, _SHORT)
        widest = self.view().sizeHintForColumn(0) + _PADDING_PX
        self.view().setMinimumWidth(widest)

    def forget_offers(self) -> None:
        """Take back all choices, for others to be added."""
        self._values.clear()
        self.clear()

    @property
    def values(self) -> Sequence[Any]:
        return tuple(self._values)

    @property
    def chosen(self) -> Any:
        return self._values[self.currentIndex()]

    @property
    def short_texts(self) -> Sequence[str]:
        return [self.itemData(index, _SHORT) for index in range(self.count())]

    def choose(self, value: Any) -> None:
        """Show a choice without reporting it."""
        self.setCurrentIndex(self._values.index(value))

    # Qt --------------------------------------------------------------------------------------

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        super().initStyleOption(option)
        option.currentText = str(self.currentData(_SHORT) or "")

    def wheelEvent(self, event: QWheelEvent) -> None:
        # It lies in what scrolls: the panel is meant, and nothing may change in passing.
        event.ignore()


def titled(title: str, widget: QWidget) -> QWidget:
    """Return a widget with its name above it, as the fields have theirs."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(style.GRID)
    name = style.label(title, size_px=style.SMALL_PX, color=style.SECONDARY_TEXT)
    name.setBuddy(widget)
    column.addWidget(name)
    column.addWidget(widget)
    return holder
