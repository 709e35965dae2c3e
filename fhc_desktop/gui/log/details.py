"""Details: one entry beside the table, with its picture where the file is still the same."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF, QTransform
from PySide6.QtWidgets import QFormLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.outline_state import OutlineState
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.ultrasound_image import UltrasoundImage
from fhc_desktop.gui.image.outline_style import OUTLINE_STYLES
from fhc_desktop.gui.log.details_content import DetailsContent, Line
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.background import Background
from fhc_desktop.gui.widgets.pixmap import pixmap_of
from fhc_desktop.storage.log.measurement_log import LogEntry

WIDTH_PX = 85 * style.GRID
_PICTURE_HEIGHT_PX = 56 * style.GRID
_LINE_PX = 1.8
_POINTS = 180
_READING = "Reading the picture …"

Reads = Callable[[LogEntry], UltrasoundImage]


class Details(QScrollArea):
    """Shows one entry; ``read`` gives its picture and is called on another thread."""

    def __init__(self, read: Reads) -> None:
        super().__init__()
        self._read = read
        self._content: DetailsContent | None = None
        self._background = Background(self)
        self._background.succeeded.connect(self._show_picture)
        self._background.failed.connect(self._show_fault)
        self.picture = _Picture()
        self._words = style.label(color=style.SECONDARY_TEXT)
        self._words.setWordWrap(True)
        self._lines = QFormLayout()
        self._history_title = style.heading("Corrections, oldest first")
        self._history = QFormLayout()
        self._lay_out()

    def show_content(self, content: DetailsContent | None) -> None:
        """Show an entry; its picture is read anew only where it is another entry's."""
        before, self._content = self._content, content
        history = () if content is None else content.history
        if before is None or content is None or content.lines != before.lines:
            self._fill(self._lines, () if content is None else content.lines)
        if before is None or history != before.history:
            self._fill(self._history, history)
        self._history_title.setVisible(bool(history))
        if content is None or content.picture_words:
            self._background.forget()
            self._say("" if content is None else content.picture_words)
        elif before is None or before.picture_words or before.entry.image != content.entry.image:
            self._say(_READING)
            entry = content.entry
            self._background.start(lambda: self._read(entry))
        else:
            self.picture.show_outlines(_proposed(content.entry), content.entry.facts.outline_px)

    def close_reading(self, timeout_s: float) -> bool:
        return self._background.close(timeout_s)

    def _lay_out(self) -> None:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(style.MARGIN, 0, 0, 0)
        column.setSpacing(style.GAP)
        for form in (self._lines, self._history):
            form.setHorizontalSpacing(style.MARGIN)
            form.setVerticalSpacing(style.GRID)
            form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.picture)
        column.addWidget(self._words)
        column.addLayout(self._lines)
        column.addWidget(self._history_title)
        column.addLayout(self._history)
        column.addStretch(1)
        self.setWidget(holder)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Details of the chosen measurement")

    def _fill(self, form: QFormLayout, lines: Sequence[Line]) -> None:
        while form.rowCount():
            form.removeRow(0)
        for line in lines:
            text = style.label(style.breakable(line.text))
            text.setWordWrap(True)
            name = style.label(line.name, color=style.SECONDARY_TEXT)
            name.setAlignment(Qt.AlignmentFlag.AlignTop)
            form.addRow(name, text)

    def _say(self, words: str) -> None:
        self.picture.show_picture(None)
        self._words.setText(words)
        self._words.setVisible(bool(words))

    @Slot(object)
    def _show_picture(self, image: UltrasoundImage) -> None:
        if self._content is None:
            return
        entry = self._content.entry
        self._words.hide()
        self.picture.show_picture(image)
        self.picture.show_outlines(_proposed(entry), entry.facts.outline_px)

    @Slot(object)
    def _show_fault(self, fault: Exception) -> None:
        if not isinstance(fault, FhcError):
            raise fault
        self._say(style.breakable(f"{style.WARNING_SIGN} {fault.problem} {fault.remedy}"))

    # Qt --------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(WIDTH_PX, WIDTH_PX)


class _Picture(QWidget):
    """A picture as large as its room, with what was proposed and what was accepted on it."""

    def __init__(self) -> None:
        super().__init__()
        self._pixmap = QPixmap()
        self._aspect = 1.0
        self._proposed: Ellipse | None = None
        self._accepted: Ellipse | None = None
        self.setFixedHeight(_PICTURE_HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.show_picture(None)

    def show_picture(self, image: UltrasoundImage | None) -> None:
        if image is None:
            self._pixmap = QPixmap()
        else:
            self._pixmap = pixmap_of(image.gray if image.color is None else image.color)
            self._aspect = image.pixel_aspect
        self.setVisible(image is not None)
        self.update()

    def show_outlines(self, proposed: Ellipse | None, accepted: Ellipse) -> None:
        self._proposed, self._accepted = proposed, accepted
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        if self._pixmap.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        to_screen = self._to_screen()
        size = QRectF(QPointF(), self._pixmap.size().toSizeF())
        painter.drawPixmap(to_screen.mapRect(size), self._pixmap, size)
        self._draw(painter, to_screen, self._accepted, OutlineState.ACCEPTED)
        self._draw(painter, to_screen, self._proposed, OutlineState.PROPOSED)

    def _to_screen(self) -> QTransform:
        """Return the way from the picture's pixels to those of the widget."""
        columns, rows = self._pixmap.width(), self._pixmap.height() * self._aspect
        zoom = min(self.width() / columns, self.height() / rows)
        left = (self.width() - zoom * columns) / 2
        return QTransform(zoom, 0, 0, zoom * self._aspect, left, 0)

    def _draw(
        self, painter: QPainter, to_screen: QTransform, outline: Ellipse | None, state: OutlineState
    ) -> None:
        if outline is None:
            return
        look = OUTLINE_STYLES[state]
        # Centres of pixels have whole numbers; Qt counts from their corners.
        points = [QPointF(x + 0.5, y + 0.5) for x, y in outline.points(_POINTS)]
        painter.setPen(QPen(QColor(look.color), _LINE_PX, look.line))
        painter.drawPolygon(to_screen.map(QPolygonF(points)))


def _proposed(entry: LogEntry) -> Ellipse | None:
    """Return what was proposed, where it is not what was accepted."""
    if entry.proposal is None or entry.origin.is_models_own:
        return None
    return entry.proposal.said.offered_outline_px
