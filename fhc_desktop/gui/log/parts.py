"""LogParts: the widgets of the log's window, and where they stand."""

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from fhc_desktop.gui.log.content import LogContent
from fhc_desktop.gui.log.details import WIDTH_PX, Details, Reads
from fhc_desktop.gui.log.filter_bar import FilterBar
from fhc_desktop.gui.log.menus import ColumnMenu, FilterMenu
from fhc_desktop.gui.log.table_model import LogModel
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.column_table import table_over
from fhc_desktop.gui.widgets.note_page import NotePage


class LogParts:
    """Made once for a window, which connects them; they show what they are given."""

    def __init__(self, window: QWidget, model: LogModel, read_picture: Reads) -> None:
        self._model = model
        self.search = _search_field()
        self.filters = FilterBar(QLocale())
        self.filter_menu = FilterMenu(window)
        self.column_menu = ColumnMenu(window)
        self.filter_button = _menu_button("&Filters", self.filter_menu)
        self.column_button = _menu_button("Col&umns", self.column_menu)
        self.count = style.label(color=style.SECONDARY_TEXT)
        self.table = table_over(model)
        self.table.horizontalHeader().setSectionsClickable(True)
        self.note = NotePage()
        self.details = Details(read_picture)
        self.details.setFixedWidth(WIDTH_PX)
        self.details.hide()
        self.message = style.label(color=style.SECONDARY_TEXT)
        self.message.setWordWrap(True)
        self.cancel = _button("Cancel", "Write no more; nothing is left of what was begun")
        self.export_found = _button(
            "Export found…", "Write the measurements that were found  (Ctrl+Shift+E)"
        )
        self.export_all = _button("Export all…", "Write the whole log as a table  (Ctrl+E)")
        self.course = _button(
            "Course", "Show the pregnancy that this entry belongs to  (Ctrl+Shift+L)"
        )
        self.details_button = _button(
            "Details", "Show the chosen entry with its picture and its corrections  (Ctrl+I)"
        )
        self.details_button.setCheckable(True)
        self.open = _button("Open again", "Open the image with this outline  (Enter)")
        self._lay_out(window)

    def show_content(self, content: LogContent) -> None:
        """Show what stands round the rows."""
        found = content.found
        for widget in (self.search, self.filters, self.filter_button):
            widget.setVisible(content.names_patients)
        self.filters.offer_operators(found.operators)
        self.count.setText(content.count_text)
        self.count.setVisible(bool(content.count_text))
        if content.note is not None:
            self.note.show_note(content.note)
        self._pages.setCurrentWidget(self._rows if content.note is None else self.note)
        self._show_order(content)

    def say(self, text: str, color: str = style.SECONDARY_TEXT) -> None:
        """Say in the lower edge what happened."""
        self.message.setText(style.breakable(text))
        style.set_color(self.message, color)

    def _show_order(self, content: LogContent) -> None:
        order, header = content.found.order, self.table.horizontalHeader()
        columns = list(content.columns)
        is_shown = order.sort_by in columns
        header.setSortIndicatorShown(is_shown)
        if is_shown:
            header.setSortIndicator(columns.index(order.sort_by), order.direction)

    def _lay_out(self, window: QWidget) -> None:
        top, bottom = QHBoxLayout(), QHBoxLayout()
        top.setSpacing(style.GAP)
        top.addWidget(self.search, stretch=1)
        top.addWidget(self.filter_button)
        top.addWidget(self.column_button)
        top.addStretch(1)
        top.addWidget(self.count)
        self._rows = QWidget()
        rows = QHBoxLayout(self._rows)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.table, stretch=1)
        rows.addWidget(self.details)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._rows)
        self._pages.addWidget(self.note)
        bottom.setSpacing(style.GAP)
        bottom.addWidget(self.message, stretch=1)
        for button in (
            self.cancel,
            self.export_found,
            self.export_all,
            self.details_button,
            self.course,
            self.open,
        ):
            bottom.addWidget(button)
        column = QVBoxLayout(window)
        column.setContentsMargins(*(4 * [style.MARGIN]))
        column.setSpacing(style.GAP + style.GRID)
        column.addLayout(top)
        column.addWidget(self.filters)
        column.addWidget(self._pages, stretch=1)
        column.addLayout(bottom)


def _search_field() -> QLineEdit:
    made = QLineEdit()
    made.setPlaceholderText("Search by patient: name or identifier")
    made.setAccessibleName("Search by patient")
    made.setClearButtonEnabled(True)
    made.setMaximumWidth(80 * style.GRID)
    return made


def _button(words: str, tip: str) -> QPushButton:
    made = QPushButton(words)
    made.setToolTip(tip)
    return made


def _menu_button(words: str, menu: FilterMenu | ColumnMenu) -> QPushButton:
    made = QPushButton(words)
    made.setMenu(menu)
    return made
