"""PatientPanel: who is examined, when, and on what the gestational age rests."""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from fhc_desktop.domain.conflicts import conflicts, items_from_file, told_by_file
from fhc_desktop.domain.entry import Wrong, date_order, parse_date
from fhc_desktop.domain.examination import Examination, age
from fhc_desktop.domain.file_data import FileItem
from fhc_desktop.domain.gestation import Dating, DatingMethod, NoAge
from fhc_desktop.domain.image import UltrasoundImage
from fhc_desktop.domain.patient import Patient
from fhc_desktop.gui import style
from fhc_desktop.gui.entries import parse_dating, parse_exam_date
from fhc_desktop.gui.entry_field import EntryField
from fhc_desktop.gui.file_questions import FileQuestions

_DATE_HINT = "YYYY-MM-DD"
_METHODS = (
    (DatingMethod.LMP, "LMP", "First day of the last menstrual period", _DATE_HINT),
    (DatingMethod.EDD, "EDD", "Estimated date of delivery", _DATE_HINT),
    (DatingMethod.TYPED_AGE, "Age", "Gestational age on the day of the examination", "20w3d"),
)


def _today() -> date:
    return datetime.now().astimezone().date()


class PatientPanel(QWidget):
    """Shows and takes patient, examination date and dating."""

    patient_entered = Signal(object)  # Patient
    exam_date_entered = Signal(object)  # date | None
    dating_entered = Signal(object)  # Dating | None
    kept = Signal(object)  # FileItem whose entry holds against the file
    taken = Signal(object)  # FileItem whose entry is to be the file's

    def __init__(self, locale: QLocale, today: Callable[[], date] = _today) -> None:
        super().__init__()
        self._order = date_order(locale.dateFormat(QLocale.FormatType.ShortFormat))
        self._today = today
        self._image: UltrasoundImage | None = None
        self._contradiction = ""
        self._is_deidentified = False
        self.identifier = EntryField("Patient ID")
        self.name = EntryField("Name")
        self.exam_date = EntryField("Exam date", _DATE_HINT, mark="file")
        self.method = QComboBox()
        self.dating = EntryField("Date or age", _METHODS[0][3], mark="file")
        self._age = style.label(size_px=style.SMALL_PX, color=style.SECONDARY_TEXT)
        self._age.setWordWrap(True)
        self.questions = FileQuestions()
        self._in_file = style.label(size_px=style.SMALL_PX, color=style.SECONDARY_TEXT)
        self._in_file.setWordWrap(True)
        self._fill_methods()
        self._lay_out()
        self._connect()

    @property
    def complaint(self) -> str:
        """What is wrong with the entries, the first of it; empty when nothing is."""
        found = (*(field.complaint for field in self._fields), self._contradiction)
        return next((sentence for sentence in found if sentence), "")

    @property
    def age_text(self) -> str:
        """The age on the day of the examination, or what it wants."""
        return self._age.text()

    @property
    def file_text(self) -> str:
        """What else the file says of patient and device."""
        return self._in_file.text()

    def show_examination(self, exam: Examination | None) -> None:
        self.setEnabled(exam is not None)
        image = None if exam is None else exam.image
        if image is not self._image:
            self._image = image
            for field in self._fields:
                field.reset("")
        shown = exam or _Blank
        self.identifier.show_text(shown.patient.identifier)
        self.name.show_text(shown.patient.name)
        self.exam_date.show_text("" if shown.exam_date is None else shown.exam_date.isoformat())
        self._show_dating(shown.dating)
        self._show_age(exam)
        self._show_file(exam)

    def set_deidentified(self, hidden: bool) -> None:  # noqa: FBT001 - a switch
        """Hide what the fields hold without changing it; nothing can be typed over it unseen."""
        mode = QLineEdit.EchoMode.NoEcho if hidden else QLineEdit.EchoMode.Normal
        for field in self._fields:
            field.line.setEchoMode(mode)
            field.setEnabled(not hidden)
        self.method.setEnabled(not hidden)
        self._is_deidentified = hidden

    def commit(self) -> None:
        """Report what has been typed but not yet left, before something is done with it."""
        for field in self._fields:
            field.commit()

    @property
    def _fields(self) -> tuple[EntryField, ...]:
        return (self.identifier, self.name, self.exam_date, self.dating)

    def _fill_methods(self) -> None:
        for index, (method, words, meaning, _) in enumerate(_METHODS):
            self.method.addItem(words, method)
            self.method.setItemData(index, meaning, Qt.ItemDataRole.ToolTipRole)
        self.method.setAccessibleName("Dating method")
        self.method.setToolTip(_METHODS[0][2])
        # As high as the fields beside it, and as wide as its share.
        self.method.setFixedHeight(style.FIELD_HEIGHT_PX)
        self.method.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def _connect(self) -> None:
        self.method.activated.connect(self._choose_method)
        self.identifier.entered.connect(self._enter_patient)
        self.name.entered.connect(self._enter_patient)
        self.exam_date.entered.connect(self._enter_exam_date)
        self.dating.entered.connect(self._enter_dating)
        self.questions.kept.connect(self.kept)
        self.questions.taken.connect(self.taken)

    def _lay_out(self) -> None:
        choice = QWidget()
        column = QVBoxLayout(choice)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GRID)
        column.addWidget(
            style.label("Dating by", size_px=style.SMALL_PX, color=style.SECONDARY_TEXT)
        )
        column.addWidget(self.method)
        who, when, panel = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        for layout in (who, when, panel):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(style.GAP)
        who.addWidget(self.identifier, stretch=1)
        who.addWidget(self.name, stretch=1)
        when.addWidget(self.exam_date, stretch=3)
        when.addWidget(choice, stretch=2)
        when.addWidget(self.dating, stretch=3)
        panel.addWidget(style.heading("Patient and dating"))
        panel.addLayout(who)
        panel.addLayout(when)
        for sentence in (self.exam_date.complaint_line, self.dating.complaint_line, self._age):
            panel.addWidget(sentence)
        panel.addWidget(self.questions)
        panel.addWidget(self._in_file)

    def _show_dating(self, dating: Dating | None) -> None:
        if dating is None:
            self.dating.show_text("")
            return
        self._select(dating.method)
        self.dating.show_text(str(dating.age) if dating.age is not None else str(dating.on))

    def _show_age(self, exam: Examination | None) -> None:
        found = None if exam is None else age(exam)
        is_complete = exam is not None and None not in {exam.dating, exam.exam_date}
        self._contradiction = ""
        color, words = style.SECONDARY_TEXT, f"{found} on the day of the examination"
        if isinstance(found, NoAge):
            words = found.reason
            if is_complete:
                # Both are there and do not go together: that is wrong, not merely missing.
                words = self._contradiction = f"{style.ERROR_SIGN} {found.reason}"
                color = style.ERROR
        style.set_color(self._age, color)
        self._age.setText("" if found is None or self.dating.complaint else words)
        self._age.setVisible(bool(self._age.text()))

    def _show_file(self, exam: Examination | None) -> None:
        taken = frozenset() if exam is None else items_from_file(exam)
        for item, field in (
            (FileItem.IDENTIFIER, self.identifier),
            (FileItem.NAME, self.name),
            (FileItem.EXAM_DATE, self.exam_date),
            (FileItem.DATING, self.dating),
        ):
            is_files = item in taken and not field.complaint
            field.mark_from_file(item.tag if is_files else "")
        # Both quote the patient's data.
        is_silent = exam is None or self._is_deidentified
        self.questions.show_conflicts(() if exam is None or is_silent else conflicts(exam))
        told = () if exam is None or is_silent else told_by_file(exam)
        self._in_file.setText(
            style.breakable("From file: " + "  ·  ".join(item.text for item in told))
        )
        self._in_file.setToolTip("\n".join(f"{item.text}: {item.tag}" for item in told))
        self._in_file.setVisible(bool(told))

    def _select(self, method: DatingMethod) -> None:
        index = next(i for i, (known, *_) in enumerate(_METHODS) if known is method)
        self.method.setCurrentIndex(index)
        self._explain(index)

    def _explain(self, index: int) -> None:
        _, _, meaning, hint = _METHODS[index]
        self.method.setToolTip(meaning)
        self.dating.set_hint(hint)

    def _choose_method(self, index: int) -> None:
        chosen = _METHODS[index][0]
        self._explain(index)
        text = self.dating.line.text()
        is_age = not text or not isinstance(parse_date(text, order=self._order), date)
        if is_age or chosen is DatingMethod.TYPED_AGE:
            # An age is no date and a date no age: nothing is left that could be taken for one.
            self.dating.reset("")
            self.dating_entered.emit(None)
            self.dating.line.setFocus()
            return
        self._enter_dating(text)

    def _enter_patient(self) -> None:
        self.patient_entered.emit(
            Patient(self.identifier.line.text().strip(), self.name.line.text().strip())
        )

    def _enter_exam_date(self, text: str) -> None:
        found = parse_exam_date(text, order=self._order, today=self._today())
        if isinstance(found, Wrong):
            self.exam_date.complain(found.sentence)
        # A wrong entry is no entry: the old date would stand beside another text.
        self.exam_date_entered.emit(None if isinstance(found, Wrong) else found)

    def _enter_dating(self, text: str) -> None:
        method = _METHODS[self.method.currentIndex()][0]
        found = parse_dating(method, text, order=self._order)
        if isinstance(found, Wrong):
            self.dating.complain(found.sentence)
        self.dating_entered.emit(None if isinstance(found, Wrong) else found)


class _Blank:
    """What an empty window shows."""

    patient = Patient()
    exam_date: date | None = None
    dating: Dating | None = None
