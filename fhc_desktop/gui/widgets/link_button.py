"""LinkButton: a step that stands as a word in a line, no higher than the words beside it."""

from PySide6.QtWidgets import QPushButton

from fhc_desktop.gui.widgets import style

_LOOK = f"""
QPushButton {{ background: transparent; border: none; border-bottom: 1px solid transparent;
    border-radius: 0; color: {style.ACCENT}; padding: 0; min-height: 0; text-align: right; }}
QPushButton:hover, QPushButton:focus {{ background: transparent;
    border-bottom-color: {style.ACCENT}; }}
"""


class LinkButton(QPushButton):
    """Underlined while the mouse or the keys are on it."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setFont(style.font(style.SMALL_PX))
        self.setStyleSheet(_LOOK)
