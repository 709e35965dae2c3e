"""HeadsBesideItem: the accepted outlines of the other heads in the picture, thin and named."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from fhc_desktop.domain.examination.outline_state import OutlineState
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.gui.image.outline_style import OUTLINE_STYLES
from fhc_desktop.gui.image.picture_content import HeadBeside
from fhc_desktop.gui.widgets import style

_FAINT = 0.6
_LINE_PX = 1.0
_POINTS = 90
_GAP_PX = 3.0


class HeadsBesideItem(QGraphicsItem):
    """To be seen, so that nobody measures one head twice, and not to be taken in the hand."""

    def __init__(self, parent: QGraphicsItem | None = None) -> None:
        super().__init__(parent)
        self._heads: tuple[HeadBeside, ...] = ()
        self._aspect = 1.0
        self._zoom = 1.0
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setOpacity(_FAINT)
        self.hide()

    @property
    def heads(self) -> tuple[HeadBeside, ...]:
        return self._heads

    def show_heads(self, heads: Sequence[HeadBeside], *, pixel_aspect: float) -> None:
        if (tuple(heads), pixel_aspect) == (self._heads, self._aspect):
            return
        self.prepareGeometryChange()
        self._heads, self._aspect = tuple(heads), pixel_aspect
        self.setVisible(bool(self._heads))

    def set_zoom(self, zoom: float) -> None:
        self.prepareGeometryChange()
        self._zoom = zoom

    def _on_screen(self, head: HeadBeside) -> Ellipse:
        return head.outline_px.scaled(1.0, self._aspect)

    def _lettering(self, head: HeadBeside) -> QRectF:
        """Return where the words stand: over the outline, as large as at any other zoom."""
        metrics = QFontMetricsF(style.font(style.SMALL_PX))
        width = metrics.horizontalAdvance(head.words) / self._zoom
        height = metrics.height() / self._zoom
        points = self._on_screen(head).points(_POINTS)
        top = min(float(y) for _, y in points) - _GAP_PX / self._zoom
        return QRectF(self._on_screen(head).center_x - width / 2, top - height, width, height)

    def boundingRect(self) -> QRectF:
        around = QRectF()
        for head in self._heads:
            around = around.united(_polygon(self._on_screen(head)).boundingRect())
            around = around.united(self._lettering(head))
        margin = 2 / self._zoom
        return around.adjusted(-margin, -margin, margin, margin)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,  # noqa: ARG002 - Qt's signature
        widget: QWidget | None = None,  # noqa: ARG002
    ) -> None:
        look = OUTLINE_STYLES[OutlineState.ACCEPTED]
        painter.setPen(QPen(QColor(look.color), _LINE_PX / self._zoom, look.line))
        painter.setFont(style.font(style.SMALL_PX))
        for head in self._heads:
            painter.drawPolygon(_polygon(self._on_screen(head)))
            place = self._lettering(head)
            painter.save()
            painter.translate(place.topLeft())
            painter.scale(1 / self._zoom, 1 / self._zoom)
            painter.drawText(QPointF(0, QFontMetricsF(painter.font()).ascent()), head.words)
            painter.restore()


def _polygon(outline: Ellipse) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in outline.points(_POINTS)])
