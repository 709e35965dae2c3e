"""A fault of the program itself, admitted."""

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QWidget,
)

from fhc_desktop.gui.widgets.plain_dialog import (
    PlainDialog,
)

_OUR_FAULT = "our_fault"


def show_our_fault(parent: QWidget | None, log_file: Path) -> None:
    """Admit a fault of the program itself; one that is already on the screen is not repeated."""
    if parent is not None and parent.findChild(QDialog, _OUR_FAULT) is not None:
        return
    dialog = PlainDialog(parent)
    dialog.setObjectName(_OUR_FAULT)
    dialog.add_problem(
        "Something went wrong inside the program.",
        "This is our fault, not that of your file. The examination on the screen is kept. "
        "Check the last thing you did. The details are in this file:",
    )
    path = QLineEdit(str(log_file))
    path.setReadOnly(True)
    path.setCursorPosition(0)
    dialog.column.addWidget(path)
    buttons = dialog.add_buttons(QDialogButtonBox.StandardButton.Close)
    copy = buttons.addButton("Copy path", QDialogButtonBox.ButtonRole.ActionRole)
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(str(log_file)))
    buttons.button(QDialogButtonBox.StandardButton.Close).setFocus()
    dialog.present()
