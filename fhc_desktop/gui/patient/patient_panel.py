"""PatientPanel: who is examined, when, and on what the gestational age rests."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fhc_desktop.domain.dating.typed import Wrong, date_order
from fhc_desktop.domain.dating.typed_dating import parse_exam_date
from fhc_desktop.domain.examination.conflicts import conflicts, items_from_file, told_by_file
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.file_data import FileItem
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.image.ultrasound_image import UltrasoundImage
from fhc_desktop.domain.patient import Patient
from fhc_desktop.domain.pregnancy.dating_standing import dating_standing
from fhc_desktop.domain.pregnancy.pregnancy import Pregnancy
from fhc_desktop.gui.patient.dating_entry import DatingEntry
from fhc_desktop.gui.patient.dating_notes import DatingNotes
from fhc_desktop.gui.patient.fetus_field import FetusField
from fhc_desktop.gui.patient.file_questions import FileQuestions
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.choice_box import ChoiceBox, titled
from fhc_desktop.gui.widgets.entry_field import EntryField

_DATE_HINT = "YYYY-MM-DD"


def _today() -> date:
    return datetime.now().astimezone().date()


class PatientPanel(QWidget):
    """Shows and takes patient, fetus, examination date and dating."""

    patient_entered = Signal(object)  # Patient
    exam_date_entered = Signal(object)  # date | None
    dating_entered = Signal(object)  # Dating | None
    dating_reason_entered = Signal(str)
    dating_in_force_wanted = Signal()
    fetus_entered = Signal(object)  # Fetus
    kept = Signal(object)  # FileItem whose entry holds against the file
    taken = Signal(object)  # FileItem whose entry is to be the file's

    def __init__(self, locale: QLocale, today: Callable[[], date] = _today) -> None:
        super().__init__()
        self._order = date_order(locale.dateFormat(QLocale.FormatType.ShortFormat))
        self._today = today
        self._image: UltrasoundImage | None = None
        self._is_deidentified = False
        self.identifier = EntryField("Patient ID")
        self.name = EntryField("Name")
        self.exam_date = EntryField("Exam date", _DATE_HINT, mark="file")
        self.fetus = FetusField()
        self.dating_entry = DatingEntry(self._order, today)
        self.notes = DatingNotes()
        self.questions = FileQuestions()
        self._in_file = style.label(size_px=style.SMALL_PX, color=style.SECONDARY_TEXT)
        self._in_file.setWordWrap(True)
        self._lay_out()
        self._connect()

    @property
    def dating(self) -> EntryField:
        """The field with the date, or the age, that dates the pregnancy."""
        return self.dating_entry.value

    @property
    def method(self) -> ChoiceBox:
        return self.dating_entry.method

    @property
    def complaint(self) -> str:
        """What is wrong with the entries, the first of it; empty when nothing is."""
        found = (*(field.complaint for field in self._fields), self.dating_entry.complaint)
        return next((sentence for sentence in found if sentence), "")

    @property
    def age_text(self) -> str:
        """The age on the day of the examination, or what it wants."""
        return self.dating_entry.age_line.text()

    @property
    def file_text(self) -> str:
        """What else the file says of patient and device."""
        return self._in_file.text()

    @property
    def wanted_entry(self) -> QWidget | None:
        """Where an answer is wanted before anything can be accepted; None where none is."""
        if self.fetus.is_wanted:
            return self.fetus.label
        return self.notes.reason.line if self.notes.is_reason_wanted else None

    def show_examination(self, exam: Examination | None, known: Sequence[Pregnancy] = ()) -> None:
        """Show an examination beside what the log knows of its patient's pregnancies."""
        self.setEnabled(exam is not None)
        image = None if exam is None else exam.image
        if image is not self._image:
            self._image = image
            self.dating_entry.reset()
            for field in self._fields:
                field.reset("")
        shown = exam or _Blank
        self.identifier.show_text(shown.patient.identifier)
        self.name.show_text(shown.patient.name)
        self.exam_date.show_text("" if shown.exam_date is None else shown.exam_date.isoformat())
        self.dating_entry.show_examination(exam)
        self._show_pregnancy(exam, known)
        self._show_file(exam)

    def set_deidentified(self, hidden: bool) -> None:  # noqa: FBT001 - a switch
        """Hide what the fields hold without changing it; nothing can be typed over it unseen."""
        for part in (self.identifier, self.name, self.exam_date, self.dating_entry):
            part.set_deidentified(hidden)
        self.fetus.set_deidentified(hidden)
        self.notes.set_deidentified(hidden)
        self._is_deidentified = hidden

    def commit(self) -> None:
        """Report what has been typed but not yet left, before something is done with it."""
        for field in self._fields:
            field.commit()

    @property
    def _fields(self) -> tuple[EntryField, ...]:
        typed = (self.identifier, self.name, self.exam_date, self.fetus.position)
        return (*typed, *self.dating_entry.fields, self.notes.reason)

    def _connect(self) -> None:
        self.identifier.entered.connect(self._enter_patient)
        self.name.entered.connect(self._enter_patient)
        self.exam_date.entered.connect(self._enter_exam_date)
        self.fetus.entered.connect(self.fetus_entered)
        self.dating_entry.entered.connect(self.dating_entered)
        self.notes.reason_entered.connect(self.dating_reason_entered)
        self.notes.in_force_wanted.connect(self.dating_in_force_wanted)
        self.questions.kept.connect(self.kept)
        self.questions.taken.connect(self.taken)

    def _lay_out(self) -> None:
        who, which, panel = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        for layout in (who, which, panel):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(style.GAP)
        who.addWidget(self.identifier, stretch=1)
        who.addWidget(self.name, stretch=1)
        which.addWidget(self.exam_date, stretch=120)
        which.addWidget(titled("Fetus", self.fetus.label), stretch=70)
        which.addWidget(self.fetus.position, stretch=106)
        panel.addWidget(style.heading("Patient and dating"))
        panel.addLayout(who)
        panel.addLayout(which)
        for widget in (
            self.exam_date.complaint_line,
            self.fetus.sentence,
            self.dating_entry,
            self.notes,
            self.questions,
            self._in_file,
        ):
            panel.addWidget(widget)

    def _show_pregnancy(self, exam: Examination | None, known: Sequence[Pregnancy]) -> None:
        if exam is None:
            self.fetus.show_fetus(Fetus(), must_be_named=False)
            self.notes.show_standing(None, "")
            return
        standing = dating_standing(exam, known)
        is_multiple = standing.pregnancy is not None and standing.pregnancy.is_multiple
        self.fetus.show_fetus(exam.fetus, must_be_named=is_multiple and not standing.begins_another)
        self.notes.show_standing(standing, exam.dating_reason)

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


class _Blank:
    """What an empty window shows."""

    patient = Patient()
    exam_date: date | None = None
