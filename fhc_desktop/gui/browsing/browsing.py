"""Browsing: what a folder, a disc or an archive holds, and which of its images comes next."""

from dataclasses import replace
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fhc_desktop.domain.catalogue import Catalogue
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.gui.browsing import catalogue_words
from fhc_desktop.gui.browsing.catalogue_tree import (
    THUMBNAIL_HEIGHT_PX,
    THUMBNAIL_WIDTH_PX,
    CatalogueTree,
)
from fhc_desktop.gui.browsing.thumbnails import Thumbnails
from fhc_desktop.gui.examination.screen import Screen
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.background import Background
from fhc_desktop.gui.widgets.elided_label import ElidedLabel
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.workflow.browsing import browse, thumbnail

_SECONDS_FOR_THE_WORKER = 10.0
_HINT = "Enter opens an image  ·  Page Down and Page Up go on from it  ·  F8 leads back here"


class Browsing(QObject):
    """Reads catalogues in the background and shows them on a page of its own."""

    listed = Signal(object)  # Path of a place whose images are shown
    failed = Signal(object)  # FhcError
    image_wanted = Signal(object)  # Path
    changed = Signal()  # whether the page is to be seen, what it is doing, or what comes next

    def __init__(self, readers: Readers, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._readers = readers
        self.page = QWidget()
        self.tree = CatalogueTree()
        self._title = ElidedLabel(style.font(style.HEADING_PX, QFont.Weight.DemiBold))
        self._catalogue: Catalogue | None = None
        self._images: tuple[Path, ...] = ()
        self._present: tuple[Path, int] | None = None
        self._is_unopened = False
        self._is_shown = False
        self._activity = ""
        self._go_on = Event()
        self._background = Background(self)
        self._background.succeeded.connect(self._arrived)
        self._background.failed.connect(self._failed)
        self._thumbnails = Thumbnails(
            lambda path: thumbnail(
                path, readers, width_px=THUMBNAIL_WIDTH_PX, height_px=THUMBNAIL_HEIGHT_PX
            ),
            self,
        )
        self._thumbnails.made.connect(self.tree.show_thumbnail)
        self.tree.sighted.connect(self._thumbnails.want)
        self.tree.image_wanted.connect(self._open)
        self._build()

    @property
    def is_shown(self) -> bool:
        return self._is_shown

    @property
    def has_catalogue(self) -> bool:
        return self._catalogue is not None

    @property
    def activity(self) -> str:
        """What is being read; empty when nothing is."""
        return self._activity

    @property
    def title(self) -> str:
        return self._title.full_text

    def open(self, path: Path) -> None:
        """List what lies in a place; the list before is gone at once."""
        self._go_on.clear()  # whoever still reads another place may stop
        go_on = self._go_on = Event()
        go_on.set()
        self._thumbnails.forget()
        self._catalogue, self._images, self._present = None, (), None
        self._show_title(path.name)
        self.tree.clear()
        self._activity = f"Reading {path.name} …"
        self._is_shown = True
        self.changed.emit()
        readers = self._readers
        self._background.start(lambda: browse(path, readers, go_on=go_on.is_set))

    def show(self) -> None:
        """Bring the list back, if there is one."""
        if self.has_catalogue and not self._is_shown:
            self._is_shown = True
            self.changed.emit()
            self.tree.setFocus()

    def leave(self) -> None:
        """Make room for the image."""
        if self._is_shown:
            self._is_shown = False
            self.changed.emit()

    def toggle(self) -> None:
        """Go to the list, or from it back to the image."""
        if self._is_shown:
            self.leave()
        else:
            self.show()

    def screen(self, screen: Screen) -> Screen:
        """Return what can be acted on: while the list is shown, that is no image."""
        if self._is_shown:
            return Screen(
                activity=self._activity,
                is_list_shown=True,
                has_catalogue=self.has_catalogue,
                unfinished=screen.unfinished,
                log=screen.log,
            )
        return replace(
            screen,
            has_catalogue=self.has_catalogue,
            has_image_before=self.next_after(screen.exam, -1) is not None,
            has_image_after=self.next_after(screen.exam, 1) is not None,
        )

    def next_after(self, exam: Examination | None, step: int) -> Path | None:
        """Return the image that many places behind another in the list; None where it ends."""
        if self._present is None or exam is None:
            return None
        # From an image that could not be opened one goes on, though another is still shown.
        if exam.image.source.path != self._present[0] and not self._is_unopened:
            return None
        place = self._present[1] + step
        return self._images[place] if 0 <= place < len(self._images) else None

    def mark(self, path: Path) -> None:
        """Note that an image of the list is being opened."""
        self._is_unopened = False
        if path in self._images:
            self._present = path.resolve(), self._images.index(path)
            self.tree.mark(path)

    @Slot(object)
    def note_unopened(self, path: Path) -> None:
        """Note that an image could not be opened."""
        self._is_unopened = self._present is not None and path.resolve() == self._present[0]
        self.changed.emit()

    def close(self) -> None:
        self._go_on.clear()
        self._background.close(_SECONDS_FOR_THE_WORKER)
        self._thumbnails.close(_SECONDS_FOR_THE_WORKER)

    @Slot(object)
    def _open(self, path: Path) -> None:
        self.mark(path)
        self.image_wanted.emit(path)

    @Slot(object)
    def _arrived(self, catalogue: Catalogue) -> None:
        self._activity = ""
        self._catalogue = catalogue
        self._images = tuple(image.path for image in catalogue.images)
        self._show_title(catalogue_words.title(catalogue))
        self.tree.show_catalogue(catalogue)
        self.tree.setFocus()
        self.changed.emit()
        self.listed.emit(catalogue.source)

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self._activity = ""
        self._is_shown = False
        self.changed.emit()
        if not isinstance(error, FhcError):
            raise error  # our own fault: the excepthook's matter
        self.failed.emit(error)

    def _show_title(self, words: str) -> None:
        self._title.show_text(words)

    def set_deidentified(self, hidden: bool) -> None:  # noqa: FBT001 - a switch
        """Take away the list, which names patients; it is as it was when it comes back."""
        self.tree.setVisible(not hidden)
        self._title.setVisible(not hidden)

    def _build(self) -> None:
        self.page.setAutoFillBackground(True)
        palette = self.page.palette()
        palette.setColor(palette.ColorRole.Window, style.CANVAS)
        self.page.setPalette(palette)
        hint = ElidedLabel(style.font(style.SMALL_PX), style.SECONDARY_TEXT)
        hint.show_text(_HINT)
        column = QVBoxLayout(self.page)
        column.setContentsMargins(style.MARGIN, style.MARGIN, style.MARGIN, style.GAP)
        column.setSpacing(style.GAP)
        column.addWidget(self._title)
        column.addWidget(self.tree, stretch=1)
        column.addWidget(hint)
        self.page.setFocusProxy(self.tree)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
