"""Where the parts of the window stand."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from fhc_desktop.gui.window.main_window import MainWindow


def central_widget(window: "MainWindow") -> QWidget:
    """Return all of the window but its status line: header, image and side panel."""
    left, body, column = QVBoxLayout(), QHBoxLayout(), QVBoxLayout()
    for layout in (left, body, column):
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
    left.addWidget(window.message_bar)
    left.addWidget(window.stage, stretch=1)
    left.addWidget(window.frame_bar)
    body.addLayout(left, stretch=1)
    body.addWidget(window.side_panel)
    column.addWidget(window.header)
    column.addWidget(window.busy_bar)
    column.addLayout(body, stretch=1)
    central = QWidget()
    central.setLayout(column)
    return central
