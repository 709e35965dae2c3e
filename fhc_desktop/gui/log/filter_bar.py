"""FilterBar: by what the log is narrowed down, beside the search."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QLocale, QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.domain.dating.typed_dates import Wrong, parse_date
from fhc_desktop.domain.examination.outline_origin import OutlineOrigin
from fhc_desktop.gui.log.log_filter import ALL, UNNAMED_OPERATOR, LogFilter
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.choice_box import ChoiceBox, titled
from fhc_desktop.gui.widgets.date_order import order_of
from fhc_desktop.gui.widgets.entry_field import EntryField

_ANY = "Any"
_HINT = "YYYY-MM-DD"
_DAYS = {
    "examined_from": "Examined from",
    "examined_to": "Examined to",
    "accepted_from": "Accepted from",
    "accepted_to": "Accepted to",
}


class FilterBar(QWidget):
    """Reports what is wanted whenever it changes; the text of the search is not its matter."""

    changed = Signal(object)  # LogFilter, without a text

    def __init__(self, locale: QLocale) -> None:
        super().__init__()
        self._order = order_of(locale)
        self._shown = ALL
        self.days = {field: EntryField(name, _HINT) for field, name in _DAYS.items()}
        self.operator = ChoiceBox("Operator")
        self.grade = ChoiceBox("Grade")
        self.origin = ChoiceBox("Outline")
        self.in_force = QCheckBox("In force only")
        self.in_force.setToolTip("Leave out measurements that a later one corrects")
        self.operator.offer(None, _ANY)
        for box, values in ((self.grade, Grade), (self.origin, OutlineOrigin)):
            box.offer(None, _ANY)
            for value in values:
                box.offer(value, value.capitalize())
        self._lay_out()
        self._connect()

    @property
    def complaint(self) -> str:
        """What is wrong with a day that was typed; empty when nothing is."""
        return next((field.complaint for field in self.days.values() if field.complaint), "")

    def offer_operators(self, names: Sequence[str]) -> None:
        """Offer the operators of the log; the one that is wanted stays so, in the log or not."""
        wanted = self._shown.operator
        offered = [*names, *([wanted] if wanted is not None and wanted not in names else [])]
        with QSignalBlocker(self.operator):
            self.operator.forget_offers()
            self.operator.offer(None, _ANY)
            for name in offered:
                self.operator.offer(name, name or UNNAMED_OPERATOR)
            self.operator.choose(wanted)

    def show_filter(self, wanted: LogFilter) -> None:
        """Show a filter without reporting it."""
        self._shown = replace(wanted, text="")
        for name, field in self.days.items():
            day = getattr(wanted, name)
            field.reset("" if day is None else day.isoformat())
        boxes = {self.grade: wanted.grade, self.origin: wanted.origin}
        for box, value in boxes.items():
            with QSignalBlocker(box):
                box.choose(value)
        with QSignalBlocker(self.in_force):
            self.in_force.setChecked(wanted.in_force_only)
        self.offer_operators([name for name in self.operator.values if name is not None])

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(style.GAP)
        for field in self.days.values():
            row.addWidget(field, stretch=3)
        for box, name in (
            (self.operator, "Operator"),
            (self.grade, "Grade"),
            (self.origin, "Outline"),
        ):
            row.addWidget(titled(name, box), stretch=3)
        row.addWidget(titled("", self.in_force))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GRID)
        column.addLayout(row)
        for field in self.days.values():
            column.addWidget(field.complaint_line)

    def _connect(self) -> None:
        for name, field in self.days.items():
            field.entered.connect(lambda text, name=name: self._take_day(name, text))
        self.operator.currentIndexChanged.connect(
            lambda: self._take(replace(self._shown, operator=self.operator.chosen))
        )
        self.grade.currentIndexChanged.connect(
            lambda: self._take(replace(self._shown, grade=self.grade.chosen))
        )
        self.origin.currentIndexChanged.connect(
            lambda: self._take(replace(self._shown, origin=self.origin.chosen))
        )
        self.in_force.toggled.connect(
            lambda checked: self._take(replace(self._shown, in_force_only=checked))
        )

    def _take_day(self, name: str, text: str) -> None:
        day: date | Wrong | None = parse_date(text, order=self._order)
        if isinstance(day, Wrong):
            # What was wanted before goes on, and the sentence says that this is not it.
            self.days[name].complain(day.sentence)
            return
        self.days[name].reset("" if day is None else day.isoformat())
        self._take(self._shown.with_day(name, day))

    def _take(self, wanted: LogFilter) -> None:
        if wanted != self._shown:
            self._shown = wanted
            self.changed.emit(wanted)
