"""StudyDialog: all accepted examinations of a study, in which forms and where they are filed."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from fhc_desktop.gui.filing.destination_fields import DestinationFields
from fhc_desktop.gui.filing.study_content import StudyContent, StudyWish
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.plain_dialog import PlainDialog, check_box, wrapped
from fhc_desktop.reporting.content.report_form import ReportForm

_LIST_HEIGHT_PX, _BAR_HEIGHT_PX = 160, 4
_EXPLANATION = "No file that is there is written over. What cannot be reported is named below."


class StudyDialog(PlainDialog):
    """Stands beside the window and stops nothing; it shows what it is told and says what is wanted.

    Closing it cancels what runs.
    """

    changed = Signal()  # another wish
    file_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, parent: QWidget | None, wish: StudyWish) -> None:
        super().__init__(parent)
        self._wish = wish
        self.as_one = check_box("One PDF with all of them")
        self.boxes = {form: check_box(f"Each: {form.label}") for form in ReportForm}
        self.where = DestinationFields(wish.each.folder, wish.each.paper)
        self.note = wrapped("", color=style.SECONDARY_TEXT)
        self.refusal = wrapped("", color=style.ERROR)
        self.progress = style.label(color=style.SECONDARY_TEXT)
        self.bar = QProgressBar()
        self.found = wrapped("")
        self.left_out = wrapped("", color=style.WARNING)
        self._lay_out()
        self._connect()

    @property
    def wish(self) -> StudyWish:
        """What is ticked and chosen."""
        forms = tuple(form for form, box in self.boxes.items() if box.isChecked())
        where = self.where
        each = replace(self._wish.each, forms=forms, folder=where.folder, paper=where.paper)
        return StudyWish(each, self.as_one.isChecked())

    def show_content(self, content: StudyContent) -> None:
        """Show what was found, and whether it can be filed as it is wished for."""
        self.found.setText("\n".join(map(style.breakable, content.found)))
        told = (f"{style.WARNING_SIGN} {style.breakable(words)}" for words in content.left_out)
        self.left_out.setText("\n".join(told))
        self.left_out.setVisible(bool(content.left_out))
        self.note.setText(content.note)
        self.note.setVisible(bool(content.note))
        self.where.show_folder(content.folder)
        self.refusal.setText(f"{style.ERROR_SIGN} {content.refusal}" if content.refusal else "")
        self.save.setEnabled(bool(content.found) and not content.refusal and not self._is_running)

    def show_progress(self, words: str, done: int, of: int) -> None:
        """Show how far something has come; without words nothing runs."""
        self.progress.setText(words)
        self.bar.setRange(0, max(of, 1))
        self.bar.setValue(done)
        self.bar.setVisible(bool(words))
        for part in (self.as_one, *self.boxes.values(), self.where):
            part.setEnabled(not words)
        if words:
            self.save.setEnabled(False)

    @property
    def _is_running(self) -> bool:
        return bool(self.progress.text())

    # Putting together ------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.setWindowTitle("File all accepted of this study")
        self.add_title("File all accepted measurements of this study")
        self.add_explanation(_EXPLANATION)
        self.column.addWidget(self.note)
        self.column.addWidget(self._list(), stretch=1)
        self.as_one.setChecked(self._wish.as_one)
        self.column.addWidget(self.as_one)
        for form, box in self.boxes.items():
            box.setChecked(form in self._wish.each.forms)
            self.column.addWidget(box)
        self.column.addWidget(self.where)
        self.refusal.setMinimumHeight(self.refusal.fontMetrics().lineSpacing())
        self.column.addWidget(self.refusal)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(_BAR_HEIGHT_PX)
        policy = self.bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(policy)
        self.column.addWidget(self.progress)
        self.column.addWidget(self.bar)
        standard = QDialogButtonBox.StandardButton
        buttons = self.add_buttons(standard.Save | standard.Cancel)
        self.save = buttons.button(standard.Save)
        self.save.setText("File all")
        self.cancel = buttons.button(standard.Cancel)
        buttons.accepted.disconnect(self.accept)
        buttons.accepted.connect(self.file_wanted)

    def _list(self) -> QWidget:
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, style.MARGIN, 0)
        column.addWidget(self.found)
        column.addWidget(self.left_out)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(listed)
        area.setWidgetResizable(True)
        area.setMinimumHeight(_LIST_HEIGHT_PX)
        area.setAccessibleName("Accepted measurements of this study")
        return area

    def _connect(self) -> None:
        for box in (self.as_one, *self.boxes.values()):
            box.toggled.connect(self.changed)
        self.where.changed.connect(self.changed)
        self.rejected.connect(self.cancel_wanted)
