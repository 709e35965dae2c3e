"""Readout: what is under the cursor, how the picture is shown, and how large."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from fhc_desktop.domain.image.blanking import default_blanking
from fhc_desktop.domain.image.display import Display, GreyWindow
from fhc_desktop.domain.image.geometry import Point
from fhc_desktop.domain.image.ultrasound_image import UltrasoundImage
from fhc_desktop.gui.image.image_view import ImageView
from fhc_desktop.gui.image.picture_content import PictureContent
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.frame_pace import FramePace

_SEPARATOR = "  ·  "
# As wide as a digit, so that what stands behind a shorter number stays where it is.
_FIGURE_SPACE = "\u2007"
_HINT = (
    "Place under the cursor from the picture’s upper left corner, with the grey value that is "
    "measured; level (L) and width (W) of the grey window that it is shown with; zoom"
)
# What is usually there at most. More, as a gamma, pushes the words at its left together.
_USUAL = _SEPARATOR.join(("x 888.8  y 888.8 mm", "grey 888", "L 888  W 888", "8888 %"))


class Readout(QLabel):
    """One line whose parts keep their places, for the foot of the window."""

    def __init__(self, view: ImageView) -> None:
        super().__init__()
        self._view = view
        self._content: PictureContent | None = None
        self._in_hand: Display | None = None
        self._cursor: QPoint | None = None
        self._pace = FramePace(self._say, self)
        self.setFont(style.font(style.SMALL_PX))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setContentsMargins(0, 0, style.GAP, 0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setToolTip(_HINT)
        self.setAccessibleName("Under the cursor")
        view.viewport().setMouseTracking(True)
        view.viewport().installEventFilter(self)
        view.zoomed.connect(self._pace.ask)
        view.moved.connect(self._pace.ask)
        view.display_previewed.connect(self._take_in_hand)

    def show_content(self, content: PictureContent | None) -> None:
        self._content, self._in_hand = content, None
        if not self._view.ellipse_item.is_dragged:  # then the number counts, and it alone
            self._say()

    def _take_in_hand(self, display: Display) -> None:
        self._in_hand = display
        self._say()

    def _say(self) -> None:
        content = self._content
        if content is None:
            self.setText("")
            return
        display = self._in_hand or content.display
        dots = self._view.zoom * self._view.devicePixelRatioF()
        place = None
        if self._cursor is not None:
            place = self._view.point_in_image(self._view.mapToScene(self._cursor))
        self.setText(readout(content, place=place, display=display, dots_per_pixel=dots))
        style.set_color(self, style.TEXT if display.changes_greys else style.SECONDARY_TEXT)

    # Qt --------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._cursor = event.position().toPoint()
            if not self._view.ellipse_item.is_dragged:
                self._pace.ask()
        elif event.type() is QEvent.Type.Leave:
            self._cursor = None
            self._pace.ask()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        width = max(metrics.horizontalAdvance(words) for words in (_USUAL, self.text()))
        return QSize(width + style.MARGIN, metrics.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().height())


def readout(
    content: PictureContent, *, place: Point | None, display: Display, dots_per_pixel: float
) -> str:
    """Return the line; ``place`` is that of the cursor in the image's pixels, None off the view."""
    zoom = f"{_padded(f'{100 * dots_per_pixel:.0f}', 4)} %"
    return _SEPARATOR.join((*place_words(content, place), display_words(display), zoom))


def display_words(display: Display) -> str:
    """Return level and width, always, and whatever else is shown otherwise than as it comes."""
    level, width = (f"{value:.0f}" for value in (display.window.level, display.window.width))
    window = f"L {_padded(level, 3)}  W {_padded(width, 3)}"
    others = replace(display, window=GreyWindow()).grey_text
    return f"{window}, {others}" if others else window


def place_words(content: PictureContent, place: Point | None) -> tuple[str, ...]:
    """Return place and grey value under the cursor; nothing where there is no picture.

    In millimetres from the picture's upper left corner, or in pixels, counted from 1, where there
    is no scale. The grey value is the one that is measured, however it is shown.
    """
    image = content.image
    if place is None:
        return ()
    column, row = (round(coordinate) for coordinate in place)
    if not (0 <= column < image.columns and 0 <= row < image.rows):
        return ()
    is_covered = content.is_blanked and is_blanked(image, column, row)
    grey = "covered" if is_covered else f"grey {_padded(str(image.gray[row, column]), 3)}"
    if content.mm_per_px is None:
        return f"column {_padded(str(column + 1), 4)}  row {_padded(str(row + 1), 4)}", grey
    mm_per_column, mm_per_row = content.mm_per_px
    x_mm, y_mm = (place[0] + 0.5) * mm_per_column, (place[1] + 0.5) * mm_per_row
    return f"x {_padded(f'{x_mm:.1f}', 5)}  y {_padded(f'{y_mm:.1f}', 5)} mm", grey


def is_blanked(image: UltrasoundImage, column: int, row: int) -> bool:
    """Return whether a place is covered while the patient is hidden."""
    boxes = default_blanking(image.rows, image.columns, image.scan_boxes)
    return any(box.left <= column <= box.right and box.top <= row <= box.bottom for box in boxes)


def _padded(number: str, digits: int) -> str:
    return number.rjust(digits, _FIGURE_SPACE)
