"""InstallationDialog: whether this installation measures as it should, and that as a PDF."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QDialogButtonBox, QGridLayout, QWidget

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.background import Background
from fhc_desktop.gui.widgets.file_dialog import ask_target
from fhc_desktop.gui.widgets.plain_dialog import PlainDialog, wrapped
from fhc_desktop.reporting.content.installation import Finding, Installation
from fhc_desktop.reporting.pdf.installation_page import installation_pdf
from fhc_desktop.reporting.saving import save_bytes

CHECKING = "Checking the installation …"
_MEANWHILE = (
    "A drawn head is measured, logged and reported in folders of their own, which are removed. "
    "Your log is opened, and nothing is written to it."
)
SAVE = "Save as PDF …"


class InstallationDialog(PlainDialog):
    """Checks beside the event loop, shows a line a check, and saves them where somebody wants."""

    def __init__(self, check: Callable[[], Installation], parent: QWidget | None) -> None:
        super().__init__(parent)
        self._found: Installation | None = None
        self._background = Background(self)
        self._background.succeeded.connect(self._show)
        self._background.failed.connect(self._tell)
        self.title = wrapped(CHECKING)
        self.title.setFont(style.font(style.HEADING_PX, QFont.Weight.DemiBold))
        self.words = wrapped(_MEANWHILE, color=style.SECONDARY_TEXT)
        self._lines = QGridLayout()
        self._lines.setHorizontalSpacing(style.MARGIN)
        self._lines.setColumnStretch(1, 1)
        self.column.addWidget(self.title)
        self.column.addWidget(self.words)
        self.column.addLayout(self._lines)
        buttons = self.add_buttons(QDialogButtonBox.StandardButton.Close)
        self.save = buttons.addButton(SAVE, QDialogButtonBox.ButtonRole.ActionRole)
        self.save.setEnabled(False)
        self.save.clicked.connect(self._ask_and_save)
        self._background.start_slow(check)

    def done(self, result: int) -> None:
        self._background.close(0.0)
        super().done(result)

    @Slot(object)
    def _show(self, found: Installation) -> None:
        self._found = found
        sign = "" if found.is_sound else f"{style.ERROR_SIGN} "
        self.title.setText(f"{sign}{found.verdict}")
        self.words.setText(f"{found.software} on {found.machine}, checked {found.moment}")
        for row, finding in enumerate(found.findings):
            self._add_line(row, finding)
        self.save.setEnabled(True)

    def _add_line(self, row: int, finding: Finding) -> None:
        name = finding.name if finding.passed else f"{style.ERROR_SIGN} {finding.name}"
        self._lines.addWidget(style.label(name, color=style.SECONDARY_TEXT), row, 0)
        color = style.TEXT if finding.passed else style.ERROR
        self._lines.addWidget(wrapped(finding.words, color=color), row, 1)

    @Slot()
    def _ask_and_save(self) -> None:
        if self._found is None:  # pragma: no cover - the button waits for it
            return
        documents = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        name = f"fhc-desktop-check-{self._found.checked:%Y%m%d}.pdf"
        target = ask_target(self, SAVE, suggested=Path(documents) / name, kinds="PDF (*.pdf)")
        if target is None:
            return
        try:
            save_bytes(installation_pdf(self._found), target)
        except FhcError as problem:
            self._tell(problem)
        else:
            self.words.setText(f"Saved as {target}.")

    @Slot(object)
    def _tell(self, fault: Exception) -> None:
        if not isinstance(fault, FhcError):
            raise fault  # our own: the excepthook's matter
        self.words.setText(f"{fault.problem} {fault.remedy}")
