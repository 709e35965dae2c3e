"""Parts that lie side by side or one above the other without any room between them."""

from collections.abc import Sequence

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget


def stacked(parts: Sequence[QWidget], *, stretched: QWidget) -> QWidget:
    """Return a widget with its parts from the top down; one takes the room that there is."""
    return _holding(QVBoxLayout(), parts, stretched)


def side_by_side(left: QWidget, right: QWidget) -> QWidget:
    """Return a widget with two parts; the left one takes the room that there is."""
    return _holding(QHBoxLayout(), (left, right), left)


def _holding(layout: QBoxLayout, parts: Sequence[QWidget], stretched: QWidget) -> QWidget:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for part in parts:
        layout.addWidget(part, stretch=int(part is stretched))
    made = QWidget()
    made.setLayout(layout)
    return made
