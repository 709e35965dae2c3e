"""The log's table: as many rows as were found, of which only those in sight are read."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from fhc_desktop.gui.log.columns import look
from fhc_desktop.gui.widgets.column_table import Column, cell_of, heading_of
from fhc_desktop.storage.log.measurement_log import LogEntry, Numbers

ROWS_OF_A_PAGE = 50
AWAITED = "…"
# Some screens full: what was scrolled past is read again where it is wanted.
_MOST_PAGES = 80
_ROLES = frozenset(
    {
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.ForegroundRole,
        Qt.ItemDataRole.FontRole,
    }
)
_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class LogModel(QAbstractTableModel):
    """Rows by their numbers in the log; one that has not been read yet is awaited."""

    page_wanted = Signal(int)
    """A page of rows is in sight and has not been read."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[Column[LogEntry], ...] = ()
        self._numbers: Numbers = ()
        self._pages: OrderedDict[int, Sequence[LogEntry]] = OrderedDict()
        self._awaited: set[int] = set()

    @property
    def numbers(self) -> Numbers:
        return self._numbers

    def show(
        self,
        columns: Sequence[Column[LogEntry]],
        numbers: Numbers,
        pages: Mapping[int, Sequence[LogEntry]],
    ) -> None:
        """Show what was found, of which some pages have been read already."""
        self.beginResetModel()
        self._columns, self._numbers = tuple(columns), numbers
        self._pages = OrderedDict(pages)
        self._awaited = set()
        self.endResetModel()

    def show_columns(self, columns: Sequence[Column[LogEntry]]) -> None:
        """Show other columns of the same rows."""
        self.show(columns, self._numbers, self._pages)

    def take_page(self, page: int, entries: Sequence[LogEntry]) -> None:
        """Take rows that were awaited."""
        self._awaited.discard(page)
        self._pages[page] = entries
        while len(self._pages) > _MOST_PAGES:
            self._pages.popitem(last=False)
        first = page * ROWS_OF_A_PAGE
        last = min(first + len(entries), self.rowCount()) - 1
        if first <= last:
            self.dataChanged.emit(
                self.index(first, 0), self.index(last, max(0, self.columnCount() - 1))
            )

    def give_up(self, page: int) -> None:
        """Await a page no longer: it is wanted again when it comes into sight."""
        self._awaited.discard(page)

    def entry_at(self, row: int) -> LogEntry | None:
        """Return the entry of a row; None where it has not been read yet, which is then wanted."""
        page, place = divmod(row, ROWS_OF_A_PAGE)
        entries = self._pages.get(page)
        if entries is not None:
            self._pages.move_to_end(page)
            return entries[place]
        if page not in self._awaited:
            self._awaited.add(page)
            self.page_wanted.emit(page)
        return None

    # Qt --------------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._numbers)

    def columnCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return column.alignment
        if role not in _ROLES:  # Qt asks for more of each cell, each time that it is painted
            return None
        entry = self.entry_at(index.row())
        if entry is None:
            return AWAITED if role == Qt.ItemDataRole.DisplayRole else None
        found = cell_of(column, entry, role)
        return look(entry, role) if found is None else found

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._columns):
            return None
        return heading_of(self._columns[section], role)


def pages_of(rows: Sequence[int | None]) -> list[int]:
    """Return the pages that some rows lie on; a row that is not there lies on none."""
    return sorted({row // ROWS_OF_A_PAGE for row in rows if row is not None})


def numbers_of(page: int, numbers: Numbers) -> Numbers:
    """Return the numbers of the rows on a page."""
    return numbers[page * ROWS_OF_A_PAGE : (page + 1) * ROWS_OF_A_PAGE]
