"""LicencesDialog: what the program consists of, each part with its version and its licence."""

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QDialogButtonBox, QListWidget, QPlainTextEdit, QWidget

from fhc_desktop.components import Component, components
from fhc_desktop.gui.widgets.plain_dialog import PROGRAM, PlainDialog
from fhc_desktop.gui.widgets.tight import side_by_side

_SIZE = QSize(1040, 640)
_LIST_WIDTH_PX = 320
_ALL_OF_IT = 100  # above the buttons a dialog keeps a share of 1 empty
_WORDS = f"{PROGRAM} is under the MIT licence. The parts that others have written keep their own."


class LicencesDialog(PlainDialog):
    """A list of the parts, and beside it the whole text of the licence of the chosen one."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._parts = components()
        self.add_title("Licences")
        self.add_explanation(_WORDS)
        self.list = QListWidget()
        self.list.setAccessibleName("Parts of the program")
        self.list.setFixedWidth(_LIST_WIDTH_PX)
        self.list.addItems([_line(part) for part in self._parts])
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("Text of the licence")
        self.text.setReadOnly(True)
        self.list.currentRowChanged.connect(self._show)
        self.column.addWidget(side_by_side(self.list, self.text), stretch=_ALL_OF_IT)
        self.add_buttons(QDialogButtonBox.StandardButton.Close)
        self.list.setCurrentRow(0)
        self.resize(_SIZE)

    @Slot(int)
    def _show(self, row: int) -> None:
        part = self._parts[row]
        self.text.setPlainText(f"{_line(part)}\n{part.licence}\n\n{part.text.strip()}")


def _line(part: Component) -> str:
    return f"{part.name} {part.version}".strip()
