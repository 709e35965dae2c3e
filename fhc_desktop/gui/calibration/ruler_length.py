"""RulerLength: a ruler waits on the picture, still to be moved, until its length is known."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QRect, Slot

from fhc_desktop.domain.image.geometry import Point
from fhc_desktop.gui.calibration.number_dialogs import Refusal, ruler_length
from fhc_desktop.gui.calibration.ruler_field import RulerField
from fhc_desktop.gui.image.image_view import ImageView
from fhc_desktop.gui.image.tool import Tool
from fhc_desktop.gui.widgets import style

# What is left free for a message over the lower edge.
_LOWER_EDGE_PX = 16 * style.GRID
Use = Callable[[Point, Point, float], Refusal | None]


class RulerLength(QObject):
    """Asks beside the ruler for its length in mm and hands both to ``use``, which may refuse."""

    def __init__(self, view: ImageView, use: Use, *, parent: QObject) -> None:
        super().__init__(parent)
        self._view, self._use = view, use
        self._ruler = view.ruler_item
        self.field = RulerField()
        self.field.setParent(view)
        self.field.entered.connect(self._take)
        self.field.left.connect(self._ruler.hide)
        self.field.nudged.connect(self._ruler.nudge)
        self.field.other_end_wanted.connect(self._ruler.mark_other_end)
        view.ruler_drawn.connect(self._ask)
        self._ruler.visibleChanged.connect(self._leave)
        for follows in (self._ruler.moved, view.zoomed, view.moved):
            follows.connect(self._follow)

    @property
    def is_awaited(self) -> bool:
        """Whether a ruler lies on the picture whose length is not known yet."""
        return not self.field.isHidden()

    @Slot()
    def take(self) -> None:
        """Take the ruler into the hand; asked again, lay it across the picture for the keys."""
        if self._view.tool is not Tool.RULER:
            self._view.set_tool(Tool.RULER)
            return
        self._view.set_tool(Tool.PAN)
        self._ruler.lay_across(self._view.seen_picture)
        self._view.ruler_drawn.emit()

    @Slot()
    def _ask(self) -> None:
        self.field.begin()
        self._follow()
        # Whatever is pressed in the image, the length is typed next.
        self._view.setFocusProxy(self.field.line)
        self.field.line.setFocus()

    @Slot(str)
    def _take(self, text: str) -> None:
        length_mm = ruler_length(text)
        refused = length_mm if isinstance(length_mm, Refusal) else self._used(length_mm)
        if refused is None:
            self._ruler.hide()
        else:
            self.field.refuse(refused.sentence)
            self._follow()

    def _used(self, length_mm: float) -> Refusal | None:
        start_px, end_px = map(self._view.point_in_image, self._ruler.ends)
        return self._use(start_px, end_px, length_mm)

    @Slot()
    def _leave(self) -> None:
        if self._ruler.isVisible() or not self.is_awaited:
            return
        has_keys = self.field.line.hasFocus()
        self._view.setFocusProxy(None)  # type: ignore[arg-type]  # Qt takes none
        self.field.hide()
        if has_keys:
            self._view.setFocus()

    @Slot()
    def _follow(self) -> None:
        if not self.is_awaited:
            return
        start, end = (self._view.mapFromScene(place) for place in self._ruler.ends)
        room = self._view.rect().adjusted(
            style.GAP, style.GAP, -style.GAP, -style.GAP - _LOWER_EDGE_PX
        )
        self.field.stand_beside(QRect(start, end).normalized(), room)
