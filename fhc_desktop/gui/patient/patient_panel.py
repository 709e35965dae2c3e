"""PatientPanel: who is examined, when, and on what the gestational age rests."""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fhc_desktop.domain.dating.typed_dates import Wrong
from fhc_desktop.domain.dating.typed_dating import parse_exam_date
from fhc_desktop.domain.examination.file_data import FileItem
from fhc_desktop.domain.patient import Patient
from fhc_desktop.gui.patient.comment_field import CommentField
from fhc_desktop.gui.patient.dating_entry import DatingEntry
from fhc_desktop.gui.patient.dating_notes import DatingNotes
from fhc_desktop.gui.patient.fetus_field import FetusField
from fhc_desktop.gui.patient.file_questions import FileQuestions
from fhc_desktop.gui.patient.identity_question import IdentityQuestion
from fhc_desktop.gui.patient.patient_content import PatientContent
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.choice_box import ChoiceBox, titled
from fhc_desktop.gui.widgets.date_order import order_of
from fhc_desktop.gui.widgets.entry_field import EntryField

_DATE_HINT = "YYYY-MM-DD"
_DAY = "exam_date"
_WHY_CORRECTED = "Why it is corrected (optional)"


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
    correction_reason_entered = Signal(str)
    comment_entered = Signal(str)
    kept = Signal(object)  # FileItem whose entry holds against the file
    taken = Signal(object)  # FileItem whose entry is to be the file's
    refused_left = Signal(object)  # RefusedTexts
    identity_answered = Signal(bool)  # whether she is the woman whom the log has
    identity_asked_again = Signal()

    def __init__(self, locale: QLocale, today: Callable[[], date] = _today) -> None:
        super().__init__()
        self._order = order_of(locale)
        self._today = today
        self._content = PatientContent()
        self._is_stale = True
        self.identifier = EntryField("Patient ID")
        self.name = EntryField("Name")
        self.exam_date = EntryField("Exam date", _DATE_HINT, mark="file")
        self.fetus = FetusField()
        self.dating_entry = DatingEntry(self._order, today)
        self.notes = DatingNotes()
        self.questions = FileQuestions()
        self.identity = IdentityQuestion()
        self.comment = CommentField()
        self.correction = EntryField("Reason for the correction", _WHY_CORRECTED)
        self._in_file = style.label(size_px=style.SMALL_PX, color=style.SECONDARY_TEXT)
        self._in_file.setWordWrap(True)
        self._lay_out()
        self._connect()
        self.show_content(self._content)

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
        if self.identity.is_open:
            return self.identity  # no button of it: a key must not answer by accident
        if self.fetus.is_wanted:
            return self.fetus.label
        return self.notes.reason.line if self.notes.is_reason_wanted else None

    @property
    def asked(self) -> QWidget | None:
        """The question that is open here; None where none is."""
        if not self._content.is_asked:
            return None
        if self.wanted_entry is None and self._content.conflicts:
            return self.questions
        return self.wanted_entry or self.notes.question_line

    @property
    def first_entry(self) -> QWidget:
        """Where the hand begins: at what is missing for an age, else at the first field."""
        if not self._content.age.step:
            return self.identifier.line
        is_dated = self._content.dating is not None
        return self.exam_date.line if is_dated else self.dating.line

    def show_content(self, content: PatientContent) -> None:
        before, self._content = self._content, content
        # What was just typed may stand there in other words than those of the same entry.
        if content == before and not self._is_stale:
            return
        self._is_stale = False
        self.setEnabled(content.image is not None)
        if content.image is not before.image:
            self.dating_entry.reset()
            for field in self._fields:
                field.reset("")
            self.comment.reset("")
        self._show_entries(content)
        if content.image is not before.image:
            self._put_back(content)
        self.identity.show_content(content.identity)
        self.fetus.show_fetus(content.fetus, question=content.fetus_question)
        self.notes.show_content(content.notes)
        self._show_file(content)
        self.comment.show_text(content.comment)
        self.correction.show_text(content.correction_reason or "")
        self.correction.setVisible(content.correction_reason is not None)
        for part in (self.identifier, self.name, self.exam_date, self.dating_entry, self.fetus):
            part.set_unread(unread=content.is_hidden)
        for words in (self.notes.reason, self.comment, self.correction):
            words.set_unread(unread=content.is_hidden)

    def commit(self) -> None:
        """Report what has been typed but not yet left, before something is done with it."""
        for field in self._fields:
            field.commit()
        self.comment.commit()

    def hand_over(self) -> None:
        """Report all that stands here before the image is left: what is no entry too."""
        self.commit()
        wrong_day = ((_DAY, self.exam_date.line.text()),) if self.exam_date.complaint else ()
        self.refused_left.emit((*wrong_day, *self.dating_entry.refused))

    @property
    def _fields(self) -> tuple[EntryField, ...]:
        typed = (self.identifier, self.name, self.exam_date, self.fetus.position)
        return (*typed, *self.dating_entry.fields, self.notes.reason, self.correction)

    def _connect(self) -> None:
        # Before the entry is handed on, which shows what came of it.
        for entered in (
            *(field.entered for field in self._fields),
            self.fetus.entered,
            self.dating_entry.entered,
            self.notes.reason_entered,
            self.comment.entered,
        ):
            entered.connect(self._become_stale)
        self.identifier.entered.connect(self._enter_patient)
        self.name.entered.connect(self._enter_patient)
        self.exam_date.entered.connect(self._enter_exam_date)
        self.fetus.entered.connect(self.fetus_entered)
        self.dating_entry.entered.connect(self.dating_entered)
        self.dating_entry.step_wanted.connect(self._begin)
        self.notes.reason_entered.connect(self.dating_reason_entered)
        self.comment.entered.connect(self.comment_entered)
        self.correction.entered.connect(self.correction_reason_entered)
        self.notes.in_force_wanted.connect(self.dating_in_force_wanted)
        self.questions.kept.connect(self.kept)
        self.questions.taken.connect(self.taken)
        self.identity.answered.connect(self.identity_answered)
        self.identity.asked_again.connect(self.identity_asked_again)

    def _lay_out(self) -> None:
        who, which, panel = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        for layout in (who, which, panel):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(style.GAP)
        panel.setSpacing(style.GRID)
        who.addWidget(self.identifier, stretch=1)
        who.addWidget(self.name, stretch=1)
        which.addWidget(self.exam_date, stretch=120)
        which.addWidget(titled("Fetus", self.fetus.label), stretch=70)
        which.addWidget(self.fetus.position, stretch=106)
        panel.addLayout(who)
        panel.addWidget(self.identity)
        panel.addLayout(which)
        for widget in (
            self.exam_date.complaint_line,
            self.fetus.sentence,
            self.dating_entry,
            self.notes,
            self.questions,
            self._in_file,
            self.comment,
            self.correction,  # last: it comes and goes, and moves nothing
        ):
            panel.addWidget(widget)

    def _show_entries(self, content: PatientContent) -> None:
        exam_date = content.exam_date
        self.identifier.show_text(content.patient.identifier)
        self.name.show_text(content.patient.name)
        self.exam_date.show_text("" if exam_date is None else exam_date.isoformat())
        self.dating_entry.show_dating(content.dating, content.age)

    def _show_file(self, content: PatientContent) -> None:
        for item, field in (
            (FileItem.IDENTIFIER, self.identifier),
            (FileItem.NAME, self.name),
            (FileItem.EXAM_DATE, self.exam_date),
            (FileItem.DATING, self.dating),
        ):
            is_files = item in content.from_file and not field.complaint
            field.mark_from_file(item.tag if is_files else "")
        self.questions.show_conflicts(content.conflicts)
        told = content.told
        self._in_file.setText(
            style.breakable("From file: " + "  ·  ".join(item.text for item in told))
        )
        self._in_file.setToolTip("\n".join(f"{item.text}: {item.tag}" for item in told))
        self._in_file.setVisible(bool(told))

    def _begin(self) -> None:
        self.first_entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def _become_stale(self) -> None:
        self._is_stale = True

    def _enter_patient(self) -> None:
        self.patient_entered.emit(
            Patient(self.identifier.line.text().strip(), self.name.line.text().strip())
        )

    def _put_back(self, content: PatientContent) -> None:
        """Show what stood here when the image was left, with what is wrong with it.

        Where there is an entry by now, that text has been mended.
        """
        refused = dict(content.refused)
        if _DAY in refused and content.exam_date is None:
            self.exam_date.line.setText(refused[_DAY])
            self._read_exam_date(refused[_DAY])
        if content.dating is None:
            self.dating_entry.put_back(refused)

    def _read_exam_date(self, text: str) -> date | None:
        found = parse_exam_date(text, order=self._order, today=self._today())
        if isinstance(found, Wrong):
            self.exam_date.complain(found.sentence)
            return None  # a wrong entry is no entry: the old date would stand beside another text
        return found

    def _enter_exam_date(self, text: str) -> None:
        self.exam_date_entered.emit(self._read_exam_date(text))
