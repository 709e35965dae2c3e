"""PatientPanel: who is examined, when, and on what the gestational age rests."""

from datetime import date

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QVBoxLayout, QWidget

from fhc_desktop.domain.examination import Examination, age
from fhc_desktop.domain.gestation import Dating, DatingMethod, NoAge
from fhc_desktop.domain.image import UltrasoundImage
from fhc_desktop.domain.patient import Patient
from fhc_desktop.gui import style
from fhc_desktop.gui.entries import Wrong, date_order, parse_date, parse_dating
from fhc_desktop.gui.entry_field import EntryField

_METHODS = (
    (DatingMethod.LMP, "Last menstrual period", "2024-03-01"),
    (DatingMethod.EDD, "Expected delivery", "2024-12-06"),
    (DatingMethod.TYPED_AGE, "Gestational age", "20w3d"),
)


class PatientPanel(QWidget):
    """Shows and takes patient, examination date and dating."""

    patient_entered = Signal(object)  # Patient
    exam_date_entered = Signal(object)  # date | None
    dating_entered = Signal(object)  # Dating | None

    def __init__(self, locale: QLocale) -> None:
        super().__init__()
        self._order = date_order(locale.dateFormat(QLocale.FormatType.ShortFormat))
        self._image: UltrasoundImage | None = None
        self.identifier = EntryField("Patient ID")
        self.name = EntryField("Name")
        self.exam_date = EntryField("Examination date", "2024-07-20")
        self.method = QComboBox()
        self.dating = EntryField("Dating", _METHODS[0][2])
        self._age = style.label(color=style.SECONDARY_TEXT)
        self._age.setWordWrap(True)
        self._build()

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
        self._age.setText("" if exam is None else _age_words(exam))

    def commit(self) -> None:
        """Report what has been typed but not yet left, before something is done with it."""
        for field in self._fields:
            field.commit()

    @property
    def _fields(self) -> tuple[EntryField, ...]:
        return (self.identifier, self.name, self.exam_date, self.dating)

    def _build(self) -> None:
        for method, words, _ in _METHODS:
            self.method.addItem(words, method)
        self.method.setAccessibleName("Dating method")
        # Both columns are equally wide, whatever the longest method is called.
        policy = self.method.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Ignored)
        self.method.setSizePolicy(policy)
        self.method.activated.connect(self._choose_method)
        self.identifier.entered.connect(self._enter_patient)
        self.name.entered.connect(self._enter_patient)
        self.exam_date.entered.connect(self._enter_exam_date)
        self.dating.entered.connect(self._enter_dating)
        choice = QWidget()
        column = QVBoxLayout(choice)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GRID)
        title = style.label("Dating by", size_px=style.SMALL_PX, color=style.SECONDARY_TEXT)
        column.addWidget(title)
        column.addWidget(self.method)
        column.addStretch()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(style.GAP)
        grid.setVerticalSpacing(style.GAP)
        grid.addWidget(style.heading("Patient and dating"), 0, 0, 1, 2)
        grid.addWidget(self.identifier, 1, 0)
        grid.addWidget(self.name, 1, 1)
        grid.addWidget(self.exam_date, 2, 0, 1, 2)
        grid.addWidget(choice, 3, 0)
        grid.addWidget(self.dating, 3, 1)
        grid.addWidget(self._age, 4, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)

    def _show_dating(self, dating: Dating | None) -> None:
        if dating is None:
            self.dating.show_text("")
            return
        self._select(dating.method)
        self.dating.show_text(str(dating.age) if dating.age is not None else str(dating.on))

    def _select(self, method: DatingMethod) -> None:
        index = next(i for i, (known, _, _) in enumerate(_METHODS) if known is method)
        self.method.setCurrentIndex(index)
        self.dating.set_hint(_METHODS[index][2])

    def _choose_method(self, index: int) -> None:
        chosen = _METHODS[index][0]
        self.dating.set_hint(_METHODS[index][2])
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
        found = parse_date(text, order=self._order)
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


def _age_words(exam: Examination) -> str:
    found = age(exam)
    if isinstance(found, NoAge):
        return found.reason
    return f"{found} on the day of the examination"
