"""The menus of the log's window: filters that were kept, and columns."""

from collections.abc import Callable, Collection, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from fhc_desktop.gui.log.content import LogContent
from fhc_desktop.gui.log.log_filter import ALL, KeptFilter, LogFilter
from fhc_desktop.storage.log.log_query import SortBy

KEEP, FORGET, SORT, EVERYTHING = "Keep this filter …", "Forget", "Sort by", "Everything"
_NAME_IT = (
    "A name for this filter. It is kept in your settings file, without what was searched for:\n"
    "name no patient."
)
# Qt underlines the letter after it.
_MARK = "&"


class FilterMenu(QMenu):
    """The filters that were kept under a name, and ways to keep and to forget one."""

    wanted = Signal(object)  # LogFilter
    kept = Signal(object)  # KeptFilter
    forgotten = Signal(str)  # its name

    def offer(self, filters: Sequence[KeptFilter], shown: LogFilter) -> None:
        """Offer what there is; what is shown can be kept where it narrows anything down."""
        self.clear()
        self.addAction(EVERYTHING).triggered.connect(lambda: self.wanted.emit(ALL))
        for one in filters:
            action = self.addAction(_plain(one.name))
            action.setToolTip(one.filter.words)
            action.triggered.connect(lambda _=False, one=one: self.wanted.emit(one.filter))
        self.addSeparator()
        keep = self.addAction(KEEP)
        keep.triggered.connect(lambda: self._ask_name(shown))
        keep.setEnabled(KeptFilter.of("", shown).filter != ALL)
        forget = self.addMenu(FORGET)
        forget.setEnabled(bool(filters))
        for one in filters:
            forget.addAction(_plain(one.name)).triggered.connect(
                lambda _=False, name=one.name: self.forgotten.emit(name)
            )

    def _ask_name(self, shown: LogFilter) -> None:
        suggested = KeptFilter.of("", shown).filter.words
        asker = self.parentWidget()
        name, is_given = QInputDialog.getText(asker, "Keep a filter", _NAME_IT, text=suggested)
        if is_given and name.strip():
            self.kept.emit(KeptFilter.of(name.strip(), shown))


class ColumnMenu(QMenu):
    """Which columns are shown, and by which the rows are sorted."""

    hidden = Signal(object)  # frozenset[SortBy]
    sorted_by = Signal(object)  # SortBy

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns: dict[SortBy, QAction] = {}

    def offer(self, content: LogContent, hidden: Collection[SortBy]) -> None:
        """Offer the columns that there are; the last one that is shown stays."""
        self.clear()
        titles = {key: column.title for key, column in content.offered.items()}
        sort = self.addMenu(SORT)
        self._add(sort, titles, {content.found.order.sort_by}, self.sorted_by.emit)
        self.addSeparator()
        self._columns = self._add(self, titles, content.columns, lambda _: self._report(hidden))
        if len(content.columns) == 1:
            for key in content.columns:
                self._columns[key].setEnabled(False)

    def _report(self, hidden: Collection[SortBy]) -> None:
        """Report what is hidden, with what is not offered now and was hidden before."""
        unseen = {key for key, action in self._columns.items() if not action.isChecked()}
        self.hidden.emit(frozenset(unseen | (set(hidden) - self._columns.keys())))

    @staticmethod
    def _add(
        menu: QMenu,
        titles: Mapping[SortBy, str],
        checked: Collection[SortBy],
        chosen: Callable[[SortBy], object],
    ) -> dict[SortBy, QAction]:
        actions = {}
        for key, title in titles.items():
            action = menu.addAction(_plain(title))
            action.setCheckable(True)
            action.setChecked(key in checked)
            action.triggered.connect(lambda _=False, key=key: chosen(key))
            actions[key] = action
        return actions


def _plain(text: str) -> str:
    return text.replace(_MARK, 2 * _MARK)
