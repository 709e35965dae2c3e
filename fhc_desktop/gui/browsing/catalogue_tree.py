"""CatalogueTree: patients, their studies, series and images with thumbnails."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QBrush, QColor, QFont, QIcon, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from fhc_desktop.domain.catalogue import Catalogue, ImageHeader, ListedSeries, Unlisted
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.gui.browsing import catalogue_words as words
from fhc_desktop.gui.widgets import style

THUMBNAIL_WIDTH_PX, THUMBNAIL_HEIGHT_PX = 80, 60
_MOST_UNFOLDED = 200
_IMAGE = Qt.ItemDataRole.UserRole
_FIRST_WIDTH_PX = 420
_SETTLED_MS = 40


class CatalogueTree(QTreeWidget):
    """Shows a catalogue; a double click or Enter on an image asks for it."""

    image_wanted = Signal(object)  # Path
    sighted = Signal(object)  # list of Paths whose images are in sight

    def __init__(self) -> None:
        super().__init__()
        self._items: dict[Path, list[QTreeWidgetItem]] = {}
        self._blank = QPixmap(THUMBNAIL_WIDTH_PX, THUMBNAIL_HEIGHT_PX)
        self._blank.fill(QColor(style.SURFACE))
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setFont(style.font())
        self.setIconSize(QSize(THUMBNAIL_WIDTH_PX, THUMBNAIL_HEIGHT_PX))
        self.setAccessibleName("Patients, studies, series and images")
        self.setVerticalScrollMode(self.ScrollMode.ScrollPerPixel)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.header().resizeSection(0, _FIRST_WIDTH_PX)
        # Only what is in sight is decoded; scrolling settles before it is looked at.
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLED_MS)
        self._settled.timeout.connect(self._look)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._settled.start())
        self.itemExpanded.connect(lambda _: self._settled.start())
        self.itemCollapsed.connect(lambda _: self._settled.start())
        self.itemActivated.connect(self._ask)

    def show_catalogue(self, catalogue: Catalogue) -> None:
        self.clear()
        self._items = {}
        for patient in catalogue.patients:
            top = _row(self, *words.patient_words(patient), weight=QFont.Weight.DemiBold)
            for study in patient.studies:
                # A folder's images have no study to stand in.
                has_study = bool(study.first.study_uid) or not study.series[0].is_folder
                below = _row(top, *words.study_words(study)) if has_study else top
                for series in study.series:
                    self._add_series(below, series)
        self._add_unlisted(catalogue.unlisted)
        self._unfold(catalogue)
        self._settled.start()

    def show_thumbnail(self, path: Path, found: QPixmap | FhcError) -> None:
        """Put a picture, or why there is none, to the one image that it belongs to."""
        for item in self._items.get(path, ()):
            if isinstance(found, QPixmap):
                item.setIcon(0, QIcon(_centred(found, self._blank)))
            else:
                item.setText(1, f"{style.ERROR_SIGN} {found.problem}")
                item.setForeground(1, QBrush(QColor(style.ERROR)))
                item.setToolTip(1, f"{found.problem} {found.remedy}")

    def mark(self, path: Path) -> None:
        """Make an image the current one."""
        for item in self._items.get(path, ())[:1]:
            self.setCurrentItem(item)
            self.scrollToItem(item)

    def _add_series(self, parent: QTreeWidgetItem, series: ListedSeries) -> None:
        top = _row(parent, *words.series_words(series))
        if series.is_folder:
            top.setToolTip(0, str(series.first.path.parent))
        for image in series.images:
            item = _row(top, *words.image_words(image))
            item.setIcon(0, QIcon(self._blank))
            item.setData(0, _IMAGE, image)
            item.setToolTip(0, str(image.path))
            self._items.setdefault(image.path, []).append(item)

    def _add_unlisted(self, unlisted: tuple[Unlisted, ...]) -> None:
        if not unlisted:
            return
        top = _row(
            self, "Not opened", words.counted(len(unlisted), "file"), weight=QFont.Weight.DemiBold
        )
        for file in unlisted:
            # One line over both columns: what to do is in sight, not only under the mouse.
            said = f"{file.problem} {file.remedy}"
            item = _row(top, f"{style.ERROR_SIGN} {said}", "")
            item.setForeground(0, QBrush(QColor(style.ERROR)))
            item.setToolTip(0, said)
            item.setFirstColumnSpanned(True)

    def _unfold(self, catalogue: Catalogue) -> None:
        if len(catalogue.images) <= _MOST_UNFOLDED:
            self.expandAll()
        else:
            self.expandToDepth(1)
        if catalogue.images:
            self.mark(catalogue.images[0].path)

    @Slot()
    def _look(self) -> None:
        seen = []
        item = self.itemAt(1, 1)
        while item is not None and self.visualItemRect(item).top() < self.viewport().height():
            image = item.data(0, _IMAGE)
            if isinstance(image, ImageHeader) and not image.is_report:
                seen.append(image.path)
            item = self.itemBelow(item)
        self.sighted.emit(seen)

    @Slot(QTreeWidgetItem, int)
    def _ask(self, item: QTreeWidgetItem, _: int) -> None:
        image = item.data(0, _IMAGE)
        if isinstance(image, ImageHeader):
            self.image_wanted.emit(image.path)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settled.start()


def _row(
    parent: QTreeWidget | QTreeWidgetItem,
    name: str,
    details: str,
    *,
    weight: QFont.Weight = QFont.Weight.Normal,
) -> QTreeWidgetItem:
    item = QTreeWidgetItem(parent, [name, details])
    item.setFont(0, style.font(style.BODY_PX, weight))
    item.setForeground(1, QBrush(QColor(style.SECONDARY_TEXT)))
    return item


def _centred(picture: QPixmap, blank: QPixmap) -> QPixmap:
    canvas = QPixmap(blank)
    painter = QPainter(canvas)
    painter.drawPixmap(
        (canvas.width() - picture.width()) // 2,
        (canvas.height() - picture.height()) // 2,
        picture,
    )
    painter.end()
    return canvas
