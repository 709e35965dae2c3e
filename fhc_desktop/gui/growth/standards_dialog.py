"""StandardsDialog: by what is judged, which charts are shown, and the clinic's own ones."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from fhc_desktop.domain.growth.assessment import GrowthStandard
from fhc_desktop.domain.growth.local_chart import UnusableChart
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST, NICHD_2015
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.file_dialog import ask_file
from fhc_desktop.gui.widgets.plain_dialog import PlainDialog, check_box, wrapped
from fhc_desktop.storage.preferences.standards import ChartFile, charts_of, read_chart_file

_BY_GROUP = (
    "Charts of the USA by self-identified group. They stand beside the others, here and in the "
    "report, only where you tick them; the program never chooses a group for anybody."
)
_LOCAL = (
    "A chart of your own as a file, TOML or TOML with CSV: docs/local-charts.md says how. It is "
    "checked when it is added and marked “(local chart)” wherever it is named."
)
_LIST_HEIGHT_PX = 72


class StandardsDialog(PlainDialog):
    """Nothing of it is in force before it is accepted."""

    def __init__(
        self,
        parent: QWidget | None,
        choice: StandardChoice,
        files: Sequence[ChartFile],
        *,
        in_force: GrowthStandard,
    ) -> None:
        super().__init__(parent)
        self.files = tuple(files)
        self._offered: tuple[GrowthStandard, ...] = ()
        self.standard = QComboBox()
        self.source = wrapped("", color=style.SECONDARY_TEXT)
        self.groups = {one.key: check_box(one.title) for one in NICHD_2015}
        self.list = QListWidget()
        self.add = QPushButton("Add …")
        self.remove = QPushButton("Remove")
        self.refusal = wrapped("", color=style.ERROR)
        for key, box in self.groups.items():
            box.setChecked(key in choice.opted_in)
        self._build()
        self._show_files()
        self._offer(in_force)
        self._connect()

    @property
    def in_force(self) -> GrowthStandard:
        return self._offered[self.standard.currentIndex()]

    @property
    def opted_in(self) -> frozenset[str]:
        return frozenset(key for key, box in self.groups.items() if box.isChecked())

    @property
    def local(self) -> tuple[GrowthStandard, ...]:
        return charts_of(self.files)

    def add_file(self, path: Path) -> None:
        """Add a chart that holds; otherwise say in place why it does not."""
        path = path.absolute()
        if any(file.path == path for file in self.files):
            self._refuse("That file is in the list already.")
            return
        added = read_chart_file(path, beside=self.files)
        if isinstance(added.chart, UnusableChart):
            self._refuse(f"{path.name}: {added.chart.problem} {added.chart.remedy}")
            return
        self.files = (*self.files, added)
        self._files_changed()

    def remove_chosen(self) -> None:
        row = self.list.currentRow()
        if row >= 0:
            self.files = (*self.files[:row], *self.files[row + 1 :])
            self._files_changed()

    def _files_changed(self) -> None:
        self.refusal.clear()
        self.refusal.hide()
        self._show_files()
        self._offer(self.in_force)

    def _show_files(self) -> None:
        self.list.clear()
        for file in self.files:
            self.list.addItem(_item(file))
        self.remove.setEnabled(self.list.currentRow() >= 0)

    def _offer(self, in_force: GrowthStandard) -> None:
        """Fill the list of standards; one whose chart is gone gives way to the usual one."""
        known = StandardChoice(INTERGROWTH_21ST, self.opted_in, self.local)
        if known.with_key(in_force.key) is None:
            in_force = INTERGROWTH_21ST
        self._offered = known.shown(in_force)
        self.standard.blockSignals(True)  # noqa: FBT003 - Qt's own
        self.standard.clear()
        self.standard.addItems([standard.name for standard in self._offered])
        keys = [standard.key for standard in self._offered]
        self.standard.setCurrentIndex(keys.index(in_force.key))
        self.standard.blockSignals(False)  # noqa: FBT003
        self._show_source()

    def _show_source(self) -> None:
        chosen = self.in_force
        parts = (f"{chosen.range_text}. {chosen.population}.", f"{chosen.citation}.", chosen.remark)
        self.source.setText("\n".join(part for part in parts if part))

    def _groups_changed(self) -> None:
        self._offer(self.in_force)

    def _ask_and_add(self) -> None:
        chosen = ask_file(self, "Add a local chart", kinds="Growth chart (*.toml)")
        if chosen is not None:
            self.add_file(chosen)

    def _refuse(self, sentence: str) -> None:
        self.refusal.setText(style.breakable(f"{style.ERROR_SIGN} {sentence}"))
        self.refusal.show()

    def _build(self) -> None:
        self.standard.setAccessibleName("Growth standard in force")
        self.list.setAccessibleName("Local charts")
        self.list.setFixedHeight(_LIST_HEIGHT_PX)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.refusal.hide()
        self.add_title("Growth standards")
        self._add_section("In force, on this image and the next ones")
        self.column.addWidget(self.standard)
        self.column.addWidget(self.source)
        self._add_section("NICHD 2015", _BY_GROUP)
        for box in self.groups.values():
            self.column.addWidget(box)
        self._add_section("Local charts", _LOCAL)
        self.column.addWidget(self.list)
        buttons = QHBoxLayout()
        for button in (self.add, self.remove):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.column.addLayout(buttons)
        self.column.addWidget(self.refusal)
        self.add_buttons(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )

    def _add_section(self, title: str, explanation: str = "") -> None:
        self.column.addSpacing(style.GRID)
        self.column.addWidget(style.heading(title))
        if explanation:
            self.column.addWidget(wrapped(explanation, color=style.SECONDARY_TEXT))

    def _connect(self) -> None:
        self.standard.currentIndexChanged.connect(self._show_source)
        self.list.currentRowChanged.connect(lambda row: self.remove.setEnabled(row >= 0))
        self.add.clicked.connect(self._ask_and_add)
        self.remove.clicked.connect(self.remove_chosen)
        for box in self.groups.values():
            box.toggled.connect(self._groups_changed)


def _item(file: ChartFile) -> QListWidgetItem:
    if isinstance(file.chart, UnusableChart):
        item = QListWidgetItem(f"{style.ERROR_SIGN} {file.path.name}: {file.chart.problem}")
        item.setToolTip(f"{file.path}\n{file.chart.problem} {file.chart.remedy}")
        return item
    item = QListWidgetItem(f"{file.chart.name}  ·  {file.path.name}")
    item.setToolTip(f"{file.path}\n{file.chart.range_text}. {file.chart.citation}.")
    return item
