"""BlankedItem: the black over what stands outside the scan, while the patient is hidden."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem

from fhc_desktop.domain.image.blanking import default_blanking
from fhc_desktop.domain.image.ultrasound_image import UltrasoundImage


class BlankedItem(QGraphicsPathItem):
    """Covers what stands outside the scan, where names are burnt in; no pixel is changed."""

    def __init__(self, picture: QGraphicsItem) -> None:
        super().__init__(picture)
        self.setBrush(QColor("black"))
        self.setPen(QPen(QColor("black"), 0))  # no hair of a letter between two boxes
        self.hide()

    def cover(self, image: UltrasoundImage) -> None:
        """Cover what an export of this picture would blank, before anybody looks at it."""
        path = QPainterPath()
        for box in default_blanking(image.rows, image.columns, image.scan_boxes):
            width, height = box.right - box.left + 1, box.bottom - box.top + 1
            path.addRect(QRectF(box.left - 0.5, box.top - 0.5, width, height))
        self.setPath(path)
