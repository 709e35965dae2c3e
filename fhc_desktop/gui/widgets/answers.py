"""lay_answers(): sentences with their answers in a row below them."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from fhc_desktop.gui.widgets import style


def lay_answers(
    asking: QWidget, sentences: Sequence[QLabel], answers: Sequence[QPushButton]
) -> None:
    """Give the widget that asks its layout; the answers are as small as the sentences."""
    row, column = QHBoxLayout(), QVBoxLayout(asking)
    for layout in (row, column):
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.GRID)
    for answer in answers:
        answer.setFont(style.font(style.SMALL_PX))
        row.addWidget(answer)
    row.addStretch(1)
    for sentence in sentences:
        sentence.setWordWrap(True)
        column.addWidget(sentence)
    column.addLayout(row)
