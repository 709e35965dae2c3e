"""A table of words: each column says how it tells a row, and what it adds on a closer look."""

import html
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QTableView

from fhc_desktop.gui.widgets import style
from fhc_desktop.reporting.content.numbers import MISSING

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_ROW_PX = 28
_WIDEST_COLUMN_PX = 200
# With the 3 px that Qt adds, as much as the titles have: both begin, or end, on one line.
_CELL_PADDING_PX = style.GAP - 3

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its title, what stands in it, and what it tells on a closer look.

    ``tip`` is None where it tells nothing more. ``is_rare``: it is there only where a row has
    something to say in it. ``is_private`` columns are taken out of the de-identified view; where
    ``is_tip_private``, only what they add is.
    """

    title: str
    text: Callable[[Row], str]
    tip: Callable[[Row], str] | None
    alignment: Qt.AlignmentFlag = LEFT
    is_private: bool = False
    is_tip_private: bool = False
    is_rare: bool = False
    title_tip: str = ""


def telling(columns: Iterable[Column[Row]], rows: Sequence[Row]) -> tuple[Column[Row], ...]:
    """Return the columns without the rare ones that have nothing to say of any row."""
    return tuple(
        column
        for column in columns
        if not column.is_rare or any(column.text(row) != MISSING for row in rows)
    )


def public(columns: Iterable[Column[Row]]) -> tuple[Column[Row], ...]:
    """Return the columns that may be seen while somebody looks on, and of them what may."""
    return tuple(
        replace(column, tip=None) if column.is_tip_private else column
        for column in columns
        if not column.is_private
    )


class ColumnModel(QAbstractTableModel, Generic[Row]):
    """Rows in the order in which they are given; ``look`` dresses a row by its role."""

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        look: Callable[[Row, int], Any] = lambda row, role: None,  # noqa: ARG005 - as it comes
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._columns: tuple[Column[Row], ...] = ()
        self._rows: tuple[Row, ...] = ()

    def show(self, columns: Sequence[Column[Row]], rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self._columns, self._rows = tuple(columns), tuple(rows)
        self.endResetModel()

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._rows

    def row_at(self, row: int) -> Row:
        return self._rows[row]

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self._columns[index.column()]
        found = cell_of(column, row, role)
        return self._look(row, role) if found is None else found

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        return heading_of(self._columns[section], role)


def cell_of(column: Column[Row], row: Row, role: int) -> Any:
    """Return what a column says of a row in a role of Qt's; None where that is not its matter."""
    match role:
        case Qt.ItemDataRole.DisplayRole:
            return _one_line(column.text(row))
        case Qt.ItemDataRole.ToolTipRole:
            return None if column.tip is None else as_tip(_one_line(column.tip(row)))
        case Qt.ItemDataRole.TextAlignmentRole:
            return column.alignment
        case _:
            return None


def heading_of(column: Column[Any], role: int) -> Any:
    """Return what stands over a column in a role of Qt's."""
    match role:
        case Qt.ItemDataRole.DisplayRole:
            return column.title
        case Qt.ItemDataRole.TextAlignmentRole:
            return column.alignment
        case Qt.ItemDataRole.ToolTipRole:
            return column.title_tip or None
        case _:
            return None


def as_tip(text: str) -> str:
    """Return a text for a tooltip; Qt guesses whether one is markup: escaped, a name never is."""
    return f"<span>{html.escape(text)}</span>"


def table_over(model: QAbstractTableModel) -> QTableView:
    """Return a view whose rows are chosen as a whole and never typed into."""
    table = QTableView()
    table.setModel(model)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setShowGrid(False)
    table.setAlternatingRowColors(True)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setFont(style.font())
    table.setStyleSheet(f"QTableView::item {{ padding: 0 {_CELL_PADDING_PX}px; }}")
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(_ROW_PX)
    table.horizontalHeader().setHighlightSections(False)
    table.horizontalHeader().setStretchLastSection(True)
    # Those in sight tell how wide a column is; others may not have been read.
    table.horizontalHeader().setResizeContentsPrecision(0)
    return table


def open_rows_with(table: QTableView, deed: Callable[[], object]) -> None:
    """Have a row opened by Enter on it and by a double click."""
    table.doubleClicked.connect(deed)
    # Qt's own "activated" is a single click on some desktops.
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        on_table = QShortcut(QKeySequence(key), table)
        on_table.setContext(Qt.ShortcutContext.WidgetShortcut)
        on_table.activated.connect(deed)


def fit_columns(table: QTableView) -> None:
    """Make each column as wide as its words, within reason; the last takes the rest."""
    table.resizeColumnsToContents()
    for column in range(table.model().columnCount() - 1):
        table.setColumnWidth(column, min(table.columnWidth(column), _WIDEST_COLUMN_PX))
    # Said again, for Qt gives the rest to the last column in sight only when it is told so.
    header = table.horizontalHeader()
    header.setStretchLastSection(False)
    header.setStretchLastSection(True)


def _one_line(text: str) -> str:
    # A file name that is not UTF-8 holds half characters, which Qt cannot show.
    shown = text.encode("utf-8", errors="replace").decode("utf-8")
    return " ".join(shown.split())
