"""FirstPicture: the picture alone, as the image view will show it; nothing can be done to it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap, QResizeEvent, QTransform
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsItem,
    QGraphicsPixmapItem,
    QGraphicsScene,
    QGraphicsView,
)

from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.picture_fit import (
    fitting_zoom,
    is_smooth_at,
    scene_round,
    transformation,
)
from fhc_desktop.imaging.sandbox.bare_picture import BarePicture


class FirstPicture(QGraphicsView):
    """Shows a picture until the program is there, in the place that it will have in it."""

    def __init__(self) -> None:
        super().__init__()
        self._item = QGraphicsPixmapItem()
        self._build()

    def show_picture(self, bare: BarePicture) -> None:
        self._item.setPixmap(_pixmap(bare))
        self._item.setOffset(-0.5, -0.5)
        self._item.setTransform(QTransform.fromScale(1.0, bare.pixel_aspect))
        self.setSceneRect(scene_round(self._item.sceneBoundingRect()))
        self._fit()

    def _build(self) -> None:
        scene = QGraphicsScene(self)
        scene.setBackgroundBrush(QColor(style.CANVAS))
        scene.addItem(self._item)
        self._item.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        self.setScene(scene)
        self.setInteractive(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        for set_policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            set_policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setAcceptDrops(False)  # the window takes what is dropped
        self.viewport().setAcceptDrops(False)
        self.setAccessibleName("Ultrasound image")

    def _fit(self) -> None:
        picture = self._item.sceneBoundingRect()
        zoom = fitting_zoom(picture, self.viewport().rect())
        if zoom is None:
            return
        self.setTransform(QTransform.fromScale(zoom, zoom))
        is_smooth = is_smooth_at(zoom * self.devicePixelRatioF())
        self._item.setTransformationMode(transformation(is_smooth=is_smooth))
        self.centerOn(picture.center())

    # Qt --------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


def _pixmap(bare: BarePicture) -> QPixmap:
    plane, form = bare.gray, QImage.Format.Format_Grayscale8
    if bare.color is not None:
        plane, form = bare.color, QImage.Format.Format_RGB888
    step = len(plane) // bare.rows
    return QPixmap.fromImage(QImage(bytes(plane), bare.columns, bare.rows, step, form))
