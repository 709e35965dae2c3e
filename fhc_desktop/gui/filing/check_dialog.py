"""CheckDialog: all that was found when a report was checked."""

from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QWidget

from fhc_desktop.gui.filing.check_content import CheckContent
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.plain_dialog import PlainDialog, wrapped


class CheckDialog(PlainDialog):
    """A sentence for each thing that does not agree, and for each that a reader should know."""

    def __init__(self, parent: QWidget | None, content: CheckContent) -> None:
        super().__init__(parent)
        self.setWindowTitle("Check of a report")
        self.add_title(content.headline)
        for words in content.faults:
            self._add(style.ERROR_SIGN, words, style.ERROR)
        for words in content.gaps:
            self._add(style.WARNING_SIGN, words, style.WARNING)
        for words in content.remarks:
            self._add("●", words, style.SECONDARY_TEXT)
        buttons = self.add_buttons(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setFocus()

    def _add(self, sign: str, words: str, color: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(style.GAP)
        row.addWidget(style.label(sign, color=color))
        row.addWidget(wrapped(style.breakable(words)), stretch=1)
        self.column.addLayout(row)
