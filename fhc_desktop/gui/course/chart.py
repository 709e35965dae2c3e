"""The chart of a pregnancy's course: the standard's curves and every examination on them."""

import html
from collections.abc import Collection

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QToolTip, QVBoxLayout, QWidget

from fhc_desktop.gui.charts.axes import Extent
from fhc_desktop.gui.course.content import CourseContent, CourseDot, CourseView
from fhc_desktop.gui.course.drawing import CourseDrawing
from fhc_desktop.gui.course.legend import CourseLegend
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.first_paint import AfterFirstPaint

_USUAL_SIZE = QSize(900, 380)
_SMALLEST_SIZE = QSize(420, 200)
_ZOOM_STEP = 1.4


class CourseChart(QWidget):
    """HC or z-score against gestational age; what lies under the mouse is told in a tip.

    pyqtgraph takes half a second to import, so the curves are drawn only after the chart has
    been painted for the first time.
    """

    dot_chosen = Signal(str)
    """The entry of an examination that was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content: CourseContent | None = None
        self._view = CourseView.HC
        self._drawing: CourseDrawing | None = None
        self._chosen: tuple[str, ...] = ()
        self._hovered: tuple[str, ...] = ()
        self._unit = style.label(size_px=style.SMALL_PX, color=style.SECONDARY_TEXT)
        self._caption = style.label(size_px=style.SMALL_PX, color=style.SECONDARY_TEXT)
        self._legend = CourseLegend()
        self._notes = style.label(size_px=style.SMALL_PX, color=style.SECONDARY_TEXT)
        self._notes.setWordWrap(True)
        self._lay_out()
        AfterFirstPaint(self, self.draw_now, needs="pyqtgraph")

    def show_course(self, content: CourseContent, view: CourseView) -> None:
        """Show a pregnancy's examinations; what was zoomed stays so while they are the same."""
        if (content, view) == (self._content, self._view):
            return
        self._content, self._view = content, view
        self._unit.setText(view.value)
        self._caption.setText(content.standard.name)
        self._legend.show_content(content)
        notes = content.in_words(view)
        self._notes.setText("\n".join(notes))
        self._notes.setVisible(bool(notes))
        said = ("; ".join(dot.words) for dot in content.dots)
        self.setAccessibleDescription("\n".join((content.standard.name, *said, *notes)))
        if self._drawing is not None:
            self._drawing.show(content, view)

    def draw_now(self) -> None:
        """Draw the curves at once instead of after the first painting: for pictures."""
        if self._drawing is not None:
            return
        # Imported here because it is slow.
        import pyqtgraph  # noqa: PLC0415

        self._drawing = CourseDrawing(pyqtgraph, self)
        # pyqtgraph's own signal drops moves that come fast, and with them the last one.
        self._drawing.widget.viewport().installEventFilter(self)
        self._drawing.widget.scene().sigMouseClicked.connect(self._click)
        self._body.insertWidget(1, self._drawing.widget, stretch=1)
        self._drawing.widget.show()
        # Qt lays new children out in the next turn of the event loop; a picture cannot wait.
        self._body.activate()
        if self._content is not None:
            self._drawing.show(self._content, self._view)
            self._drawing.mark(self._chosen)

    def show_all(self) -> None:
        if self._drawing is not None:
            self._drawing.show_all()

    def zoom_in(self) -> None:
        if self._drawing is not None:
            self._drawing.zoom(_ZOOM_STEP)

    def zoom_out(self) -> None:
        if self._drawing is not None:
            self._drawing.zoom(1 / _ZOOM_STEP)

    def mark(self, entry_ids: Collection[str]) -> None:
        """Put a ring round the examinations that are chosen in the table."""
        self._chosen = tuple(entry_ids)
        if self._drawing is not None:
            self._drawing.mark(self._chosen)

    @property
    def content(self) -> CourseContent | None:
        return self._content

    @property
    def shown(self) -> Extent | None:
        """What part of the plane can be seen; None before anything was drawn."""
        return None if self._drawing is None else self._drawing.shown

    @property
    def hover_text(self) -> str:
        """What is told of the examinations under the mouse, line by line; empty where none is."""
        return "\n".join(self._hovered)

    @property
    def notes_text(self) -> str:
        return self._notes.text()

    def place_px(self, dot: CourseDot) -> QPointF | None:
        """Return where an examination is on this widget; None before it is drawn."""
        if self._drawing is None:
            return None
        inside = self._drawing.place_px(dot)
        return QPointF(self._drawing.widget.viewport().mapTo(self, inside))

    def sizeHint(self) -> QSize:
        return _USUAL_SIZE

    def minimumSizeHint(self) -> QSize:
        return _SMALLEST_SIZE

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(style.MARGIN)
        head.addWidget(self._unit)
        head.addWidget(self._legend)
        head.addStretch(1)
        head.addWidget(self._caption)
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(style.GRID)
        self._body.addLayout(head)
        self._body.addWidget(self._notes)
        self._body.setAlignment(head, Qt.AlignmentFlag.AlignTop)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._hover(event.position(), event.globalPosition().toPoint())
        elif event.type() is QEvent.Type.Leave:
            self._hovered = ()
        return super().eventFilter(watched, event)

    def _hover(self, at: QPointF, on_screen: QPoint) -> None:
        if self._drawing is None:  # pragma: no cover - the filter is on the drawing
            return
        dots = self._drawing.near(at)
        self._hovered = tuple(line for dot in dots for line in dot.words)
        if not dots:
            QToolTip.hideText()
            return
        lines = "<br>".join(map(html.escape, self._hovered))
        QToolTip.showText(
            on_screen, f"<p style='white-space: pre'>{lines}</p>", self._drawing.widget
        )

    @Slot(object)
    def _click(self, event: object) -> None:
        if self._drawing is None:  # pragma: no cover - it is the drawing that tells
            return
        if event.double():  # type: ignore[attr-defined]  # of pyqtgraph, which has no types
            self._drawing.show_all()
            return
        in_scene = event.scenePos()  # type: ignore[attr-defined]
        dots = self._drawing.near(QPointF(self._drawing.widget.mapFromScene(in_scene)))
        if dots:
            self.dot_chosen.emit(dots[0].entry_id)
