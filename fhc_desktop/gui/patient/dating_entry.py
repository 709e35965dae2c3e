"""DatingEntry: by which method a pregnancy is dated, and what was found by it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from fhc_desktop.domain.dating.gestation import (
    CRL_EQUATIONS,
    USUAL_CYCLE_DAYS,
    Dating,
    DatingMethod,
)
from fhc_desktop.domain.dating.typed_dating import (
    Part,
    Refused,
    Unfinished,
    dating_texts,
    parse_dating,
)
from fhc_desktop.domain.examination.editing import RefusedTexts
from fhc_desktop.gui.patient.patient_content import AgeContent
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.choice_box import ChoiceBox, titled
from fhc_desktop.gui.widgets.entry_field import EntryField
from fhc_desktop.gui.widgets.link_button import LinkButton

_DATE_HINT = "YYYY-MM-DD"
_METHOD, _VALUE, _EXTRA = "dating_method", "dating", "dating_extra"


@dataclass(frozen=True, slots=True)
class _Words:
    """A method's names in the closed box and in the list, and those of its one or two fields."""

    method: DatingMethod
    short: str
    full: str
    value: str
    extra: str = ""
    hint: str = _DATE_HINT
    extra_hint: str = ""


_METHODS = (
    _Words(
        DatingMethod.LMP,
        "LMP",
        "LMP: last menstrual period",
        "First day",
        "Cycle, days",
        extra_hint=str(USUAL_CYCLE_DAYS),
    ),
    _Words(DatingMethod.EDD, "EDD", "EDD: estimated date of delivery", "Date"),
    _Words(
        DatingMethod.TYPED_AGE,
        "Age",
        "Age on the day of the examination",
        "Age",
        "On day",
        hint="20w3d",
        extra_hint="exam date",
    ),
    _Words(
        DatingMethod.CRL_INTERGROWTH,
        "CRL, IG-21st",
        "CRL by INTERGROWTH-21st",
        "Day of scan",
        "CRL, mm",
        extra_hint="e.g. 55",
    ),
    _Words(
        DatingMethod.CRL_ROBINSON,
        "CRL, Robinson",
        "CRL by Robinson 1975",
        "Day of scan",
        "CRL, mm",
        extra_hint="e.g. 55",
    ),
    _Words(
        DatingMethod.EARLIER_SCAN,
        "Earlier scan",
        "Earlier scan with its age",
        "Day of scan",
        "Age then",
        extra_hint="12w3d",
    ),
    _Words(DatingMethod.RETRIEVAL, "Retrieval", "Oocyte retrieval", "Date"),
    _Words(DatingMethod.DAY_3_TRANSFER, "Day-3 transfer", "Transfer of a day-3 embryo", "Date"),
    _Words(DatingMethod.DAY_5_TRANSFER, "Day-5 transfer", "Transfer of a day-5 embryo", "Date"),
)
# Of the row's width: the box, then the wider field for a date and the narrower one.
_SHARES = (120, 106, 70)
_SHARES_AGE = (120, 70, 106)
_BY_METHOD = {words.method: words for words in _METHODS}


class DatingEntry(QWidget):
    """Takes a dating by any method; says which age follows, or what is wrong or missing.

    What was typed for one method is never read for another: choosing one empties the fields and
    takes the dating away, which Undo brings back. The two CRL equations take the same entry.
    """

    entered = Signal(object)  # Dating | None
    step_wanted = Signal()  # what is missing for an age

    def __init__(self, order: str, today: Callable[[], date]) -> None:
        super().__init__()
        self._order = order
        self._today = today
        self._is_pending = False
        self._contradiction = ""
        self._missing = ""
        self._method = DatingMethod.LMP
        self.method = ChoiceBox("Dating method")
        self.value = EntryField("", _DATE_HINT, mark="file")
        self.extra = EntryField("")
        self.age_line: QLabel = style.label(size_px=style.SMALL_PX, color=style.SECONDARY_TEXT)
        self.age_line.setWordWrap(True)
        self.step = LinkButton()
        self.step.clicked.connect(self.step_wanted)
        self.step.hide()
        for words in _METHODS:
            self.method.offer(words.method, words.short, words.full)
        self._lay_out()
        self._name_fields()
        self.method.activated.connect(self._choose)
        self.value.entered.connect(self._enter)
        self.extra.entered.connect(self._enter)

    @property
    def fields(self) -> tuple[EntryField, EntryField]:
        return self.value, self.extra

    @property
    def complaint(self) -> str:
        """What is wrong or missing in the entry; empty when nothing is."""
        found = (*(field.complaint for field in self.fields), self._contradiction, self._missing)
        return next((sentence for sentence in found if sentence), "")

    def reset(self) -> None:
        """Forget what was typed for another image."""
        self._is_pending = False
        self._missing = ""
        for field in self.fields:
            field.reset("")

    @property
    def refused(self) -> RefusedTexts:
        """What stands here and is no dating, or not yet one, with its method."""
        if not self._is_pending:
            return ()
        value, extra = (field.line.text() for field in self.fields)
        return (_METHOD, self._method.value), (_VALUE, value), (_EXTRA, extra)

    def put_back(self, refused: Mapping[str, str]) -> None:
        """Show what stood here when an image was left, with what is wrong with it."""
        if _METHOD not in refused:
            return
        self._method = DatingMethod(refused[_METHOD])
        self._name_fields()
        self.value.line.setText(refused[_VALUE])
        self.extra.line.setText(refused[_EXTRA])
        self._read()

    def show_dating(self, dating: Dating | None, age: AgeContent) -> None:
        self._show_dating(dating)
        self._show_age(age)

    def set_unread(self, *, unread: bool) -> None:
        for field in self.fields:
            field.set_unread(unread=unread)
        self.method.setEnabled(not unread)
        self.step.setEnabled(not unread)

    def _lay_out(self) -> None:
        row, column = QHBoxLayout(), QVBoxLayout(self)
        for layout in (row, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(style.GAP)
        for widget in (titled("Dating by", self.method), self.value, self.extra):
            row.addWidget(widget)
        self._row = row
        # Its place stays where a method has no second field: nothing moves sideways.
        policy = self.extra.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.extra.setSizePolicy(policy)
        column.addLayout(row)
        for sentence in (self.value.complaint_line, self.extra.complaint_line):
            column.addWidget(sentence)
        ages = QHBoxLayout()
        ages.addWidget(self.age_line, stretch=1)
        ages.addWidget(self.step, alignment=Qt.AlignmentFlag.AlignTop)
        column.addLayout(ages)

    def _show_dating(self, dating: Dating | None) -> None:
        if dating is None:
            # What stands there stands for no dating yet: it is the user's to mend or complete.
            if not self._is_pending:
                for field in self.fields:
                    field.show_text("")
            return
        if dating.method is not self._method:
            self._method = dating.method
            self._name_fields()
        for field, text in zip(self.fields, dating_texts(dating), strict=True):
            show = field.reset if self._is_pending else field.show_text
            show(text)
        self._is_pending = False
        self._missing = ""

    def _show_age(self, age: AgeContent) -> None:
        words = age.words
        if age.is_wrong:
            words = f"{style.ERROR_SIGN} {words}"
        elif not age.is_known and words:
            words = self._missing or words
        self._contradiction = words if age.is_wrong else ""
        has_complaint = any(field.complaint for field in self.fields)
        self.value.mark_wrong(wrong=bool(self._contradiction or self.value.complaint))
        style.set_color(self.age_line, style.ERROR if age.is_wrong else style.SECONDARY_TEXT)
        self.age_line.setText("" if has_complaint else words)
        self.age_line.setVisible(bool(self.age_line.text()))
        self.step.setText(age.step)
        self.step.setVisible(bool(age.step and self.age_line.text()))

    def _name_fields(self) -> None:
        words = _BY_METHOD[self._method]
        self.method.choose(words.method)
        self.method.setToolTip(words.full)
        self.value.set_name(words.value)
        self.value.set_hint(words.hint)
        self.extra.set_name(words.extra)
        self.extra.set_hint(words.extra_hint)
        self.extra.setVisible(bool(words.extra))
        has_age_first = words.method is DatingMethod.TYPED_AGE
        for place, share in enumerate(_SHARES_AGE if has_age_first else _SHARES):
            self._row.setStretch(place, share)

    def _choose(self, _: int) -> None:
        chosen, before = self.method.chosen, self._method
        if chosen is before:
            return
        self._method = chosen
        self._name_fields()
        if {chosen, before} <= CRL_EQUATIONS.keys():
            self._enter("")
        else:
            self.reset()
            self.entered.emit(None)
        self.value.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enter(self, _: str) -> None:
        self.entered.emit(self._read())

    def _read(self) -> Dating | None:
        """Return the dating that stands here; where it is none, say why."""
        found = parse_dating(
            self._method,
            self.value.line.text(),
            self.extra.line.text(),
            order=self._order,
            today=self._today(),
        )
        self._is_pending = isinstance(found, Refused | Unfinished)
        self._missing = found.sentence if isinstance(found, Unfinished) else ""
        if isinstance(found, Refused):
            wrong = self.value if found.part is Part.VALUE else self.extra
            wrong.complain(found.sentence)
        # A wrong entry is no entry: the old dating would stand beside another text.
        return found if isinstance(found, Dating) else None
