"""FilingDialog: which forms of a report are written, where to, and on which paper."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from fhc_desktop.domain.patient import Patient
from fhc_desktop.gui.filing.destination_fields import DestinationFields
from fhc_desktop.gui.filing.filing_content import FilingContent, FilingWish
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.choice_box import titled
from fhc_desktop.gui.widgets.elided_label import ElidedLabel
from fhc_desktop.gui.widgets.plain_dialog import PlainDialog, check_box, wrapped

_NAMELESS = (
    "In the de-identified view the report names nobody: it has no patient, date, operator or "
    "institution, and of the picture only what the file calls its scan."
)
_EXPLANATION = (
    "Each form says the same. A file that is there stays: where a name is taken, the new file "
    "gets a number."
)


class FilingDialog(PlainDialog):
    """Asks for one examination; what is wanted comes with ``wanted``, and it closes.

    ``is_deidentified``: it is opened in the de-identified view, where neither a folder nor the
    report itself may be seen.
    """

    wanted = Signal(object)  # FilingWish
    preview_wanted = Signal(object)  # FilingWish

    def __init__(
        self, parent: QWidget | None, wish: FilingWish, patient: Patient, *, is_deidentified: bool
    ) -> None:
        super().__init__(parent)
        self._wish = wish
        self._patient = patient
        self._is_deidentified = is_deidentified
        content = FilingContent.of(wish, patient)
        self.boxes = {row.form: check_box(row.label) for row in content.rows}
        self._names = {row.form: _quiet() for row in content.rows}
        self.name = QLineEdit(wish.stem)
        self.where = DestinationFields(wish.folder, wish.paper)
        self.remark = wrapped("", color=style.WARNING)
        self.refusal = wrapped("", color=style.ERROR)
        self.preview = QPushButton("Preview")
        self._lay_out()
        self._connect()
        self._show()

    @property
    def wish(self) -> FilingWish:
        """What is ticked, typed and chosen."""
        return replace(
            self._wish,
            forms=tuple(form for form, box in self.boxes.items() if box.isChecked()),
            folder=self.where.folder,
            paper=self.where.paper,
            stem=self.name.text(),
        )

    # Putting together ------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.setWindowTitle("File the report")
        self.add_title("File the report of the accepted measurement")
        self.add_explanation(_NAMELESS if self._is_deidentified else _EXPLANATION)
        forms = QGridLayout()
        forms.setHorizontalSpacing(style.MARGIN)
        forms.setColumnStretch(1, 1)
        for row, (form, box) in enumerate(self.boxes.items()):
            box.setChecked(form in self._wish.forms)
            forms.addWidget(box, row, 0)
            forms.addWidget(self._names[form], row, 1)
        self.column.addLayout(forms)
        self.column.addSpacing(style.GRID)
        self.name.setAccessibleName("Name without ending")
        self.column.addWidget(titled("Name without ending", self.name))
        self.column.addWidget(self.remark)
        self.column.addWidget(self.where)
        # Room for its line, so that nothing jumps when it comes or goes.
        self.refusal.setMinimumHeight(self.refusal.fontMetrics().lineSpacing())
        self.column.addWidget(self.refusal)
        standard = QDialogButtonBox.StandardButton
        buttons = self.add_buttons(standard.Save | standard.Cancel)
        self.save = buttons.button(standard.Save)
        self.save.setText("File")
        self.preview.setAutoDefault(False)
        buttons.addButton(self.preview, QDialogButtonBox.ButtonRole.ActionRole)

    def _connect(self) -> None:
        for box in self.boxes.values():
            box.toggled.connect(self._show)
        self.name.textChanged.connect(self._show)
        self.where.changed.connect(self._show)
        self.preview.clicked.connect(lambda: self.preview_wanted.emit(self.wish))
        self.accepted.connect(lambda: self.wanted.emit(self.wish))

    @Slot()
    def _show(self) -> None:
        content = FilingContent.of(self.wish, self._patient)
        if self._is_deidentified:
            content = content.deidentified
        for row in content.rows:
            self._names[row.form].show_text(row.file_name if row.is_chosen else "")
        self.where.show_folder(content.folder)
        self.preview.setVisible(not self._is_deidentified)
        self.remark.setText(f"{style.WARNING_SIGN} {content.remark}")
        self.remark.setVisible(bool(content.remark))
        self.refusal.setText(f"{style.ERROR_SIGN} {content.refusal}" if content.refusal else "")
        self.save.setEnabled(not content.refusal)


def _quiet() -> ElidedLabel:
    # A long list of forms with long names makes no wide dialog.
    return ElidedLabel(
        style.font(style.SMALL_PX), style.SECONDARY_TEXT, mode=Qt.TextElideMode.ElideMiddle
    )
