"""CoursePage: chart, table and words of one patient's pregnancies."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QItemSelectionModel, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from fhc_desktop.domain.growth.assessment import GrowthStandard
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST, standard_with
from fhc_desktop.domain.pregnancy.pregnancy import Pregnancy
from fhc_desktop.gui.course.chart import CourseChart
from fhc_desktop.gui.course.content import CourseView, course_content
from fhc_desktop.gui.course.model import FETUS_COLUMN, CourseModel
from fhc_desktop.gui.course.row import CourseRow, course_rows
from fhc_desktop.gui.course.selection import CourseSelection
from fhc_desktop.gui.course.shown_course import ShownCourse, ShownPregnancy
from fhc_desktop.gui.course.words import chosen_words
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.column_table import fit_columns, open_rows_with, table_over
from fhc_desktop.gui.widgets.steady_label import SteadyLabel

_FIRST_HEIGHTS_PX = (350, 190)


class CoursePage(QWidget):
    """Shows one pregnancy at a time; nothing here changes what is stored."""

    open_wanted = Signal(str)
    """The entry of the examination whose image is wanted on the screen again."""

    def __init__(self, choice: Callable[[], StandardChoice]) -> None:
        super().__init__()
        self._choice = choice
        self._in_use: GrowthStandard | None = None
        self._course: ShownCourse | None = None
        self._shown: ShownPregnancy | None = None
        self._chosen_key: str | None = None
        self.selection = CourseSelection()
        self.chart = CourseChart()
        self.model = CourseModel(self)
        self.table = table_over(self.model)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.horizontalHeader().setStretchLastSection(False)
        for part in (self.table, self.table.horizontalHeader()):
            part.setFont(style.font(style.SMALL_PX))  # sixteen columns
        self.words = SteadyLabel()
        self._message = style.label(color=style.SECONDARY_TEXT)
        self._open = QPushButton("Open again")
        self._open.setToolTip("Open the image with this outline  (Enter)")
        self._lay_out()
        self._connect()

    def show_course(
        self, course: ShownCourse, entry_id: str | None, *, in_use: GrowthStandard | None
    ) -> None:
        """Show the pregnancy of an entry with its row chosen; without one, the newest.

        ``in_use`` is offered beside the usual standards.
        """
        self._in_use = in_use
        self._course = course
        wanted = () if entry_id is None else (entry_id,)
        self._show_pregnancy(course.place_of(wanted), wanted)

    def update_course(self, course: ShownCourse) -> None:
        """Show the same pregnancy and the same rows as before, as they are now."""
        self._course = course
        known = () if self._shown is None else self._shown.pregnancy.examinations
        chosen = tuple(row.entry_id for row in self.chosen_rows())
        self._show_pregnancy(course.place_of([one.entry_id for one in known]), chosen)

    def forget_choices(self) -> None:
        """Begin with another patient: the standard is again that of her own examinations."""
        self._chosen_key = None
        self._shown = None
        self.table.clearSelection()

    def chosen_rows(self) -> tuple[CourseRow, ...]:
        """Return what is chosen in the table, in the order of the days."""
        chosen = {index.row() for index in self.table.selectionModel().selectedRows()}
        return tuple(self.model.row_at(row) for row in sorted(chosen))

    @property
    def course(self) -> ShownCourse | None:
        return self._course

    @property
    def shown(self) -> ShownPregnancy | None:
        """The pregnancy that is shown."""
        return self._shown

    @property
    def view(self) -> CourseView:
        return CourseView.Z if self.selection.z_switch.isChecked() else CourseView.HC

    def say(self, text: str, color: str = style.SECONDARY_TEXT) -> None:
        """Say below the table how something went; an empty text takes that away."""
        self._message.setText(style.breakable(text))
        style.set_color(self._message, color)

    # Parts -----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self.chart)
        split.addWidget(self.table)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 1)
        split.setSizes(_FIRST_HEIGHTS_PX)
        self.table.setMinimumHeight(28 * style.GRID)
        self._message.setWordWrap(True)
        bottom, column = QHBoxLayout(), QVBoxLayout(self)
        for layout in (bottom, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(style.GAP)
        bottom.addWidget(self._message, stretch=1)
        bottom.addWidget(self._open)
        column.addWidget(self.selection)
        column.addWidget(split, stretch=1)
        column.addWidget(self.words)
        column.addLayout(bottom)

    def _connect(self) -> None:
        self.selection.pregnancy_chosen.connect(self._show_pregnancy)
        self.selection.standard_chosen.connect(self._choose_standard)
        self.selection.z_switch.toggled.connect(self._show_again)
        self.selection.show_all.clicked.connect(self.chart.show_all)
        self.chart.dot_chosen.connect(self._choose_entry)
        self.table.selectionModel().selectionChanged.connect(self._choice_changed)
        open_rows_with(self.table, self._open_chosen)
        self._open.clicked.connect(self._open_chosen)

    # Showing ---------------------------------------------------------------------------------

    @Slot(int)
    def _show_pregnancy(self, place: int, entry_ids: tuple[str, ...] = ()) -> None:
        if self._course is None:  # pragma: no cover - nothing can be chosen before
            return
        self._shown = self._course.pregnancies[place]
        self.selection.show_course(self._course, place)
        self._show_rows(entry_ids)

    @Slot(str)
    def _choose_standard(self, key: str) -> None:
        self._chosen_key = key
        self._show_again()

    @Slot()
    def _show_again(self) -> None:
        self._show_rows(tuple(row.entry_id for row in self.chosen_rows()))

    def _show_rows(self, entry_ids: Sequence[str]) -> None:
        if self._shown is None:
            return
        pregnancy = self._shown.pregnancy
        offered, standard = self._offered(pregnancy)
        self.selection.show_standards(offered, standard)
        rows = course_rows(self._shown, standard, self._choice().known)
        self.chart.show_course(course_content(rows, standard), self.view)
        self.model.show_rows(rows)
        self.table.setColumnHidden(FETUS_COLUMN, not pregnancy.is_multiple)
        fit_columns(self.table)
        # The newest examination is what one comes for; its change stands below at once.
        wanted = [row.entry_id for row in rows if row.entry_id in entry_ids]
        for entry_id in wanted or [rows[-1].entry_id]:
            self._select(entry_id, QItemSelectionModel.SelectionFlag.Select)
        self._choice_changed()

    def _offered(self, pregnancy: Pregnancy) -> tuple[tuple[GrowthStandard, ...], GrowthStandard]:
        """Return the standards to choose from, and which of them the chart shows."""
        choice, in_use = self._choice(), self._in_use
        named = {one.facts.standard_key for one in pregnancy.examinations}
        asked = choice.opted_in | named | {self._chosen_key, None if in_use is None else in_use.key}
        offered = tuple(one for one in choice.known if not one.is_opt_in or one.key in asked)
        newest = pregnancy.examinations[-1].facts.standard_key
        chosen = standard_with(self._chosen_key or newest, offered)
        return offered, chosen or standard_with(newest, offered) or INTERGROWTH_21ST

    # Choosing --------------------------------------------------------------------------------

    @Slot()
    def _choice_changed(self) -> None:
        rows = self.chosen_rows()
        content = self.chart.content
        if content is not None:
            self.words.setText(chosen_words(rows, self.model.rows, content.standard))
        self.chart.mark([row.entry_id for row in rows])
        self._open.setEnabled(len(rows) == 1)

    @Slot(str)
    def _choose_entry(self, entry_id: str) -> None:
        self._select(entry_id, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.table.setFocus()

    def _select(self, entry_id: str, how: QItemSelectionModel.SelectionFlag) -> None:
        row = next((i for i, one in enumerate(self.model.rows) if one.entry_id == entry_id), None)
        if row is None:
            return
        rows = QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().setCurrentIndex(self.model.index(row, 0), how | rows)

    @Slot()
    def _open_chosen(self) -> None:
        rows = self.chosen_rows()
        if len(rows) == 1:
            self.open_wanted.emit(rows[0].entry_id)
