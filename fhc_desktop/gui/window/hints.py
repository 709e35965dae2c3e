"""Hints: how a tool is used, and the one next step where the model offers no outline."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.proposal import Proposal
from fhc_desktop.domain.image.calibration import Uncalibrated
from fhc_desktop.gui.examination.controller import ExaminationController
from fhc_desktop.gui.image.tool import Tool
from fhc_desktop.gui.widgets.message_bar import MessageBar

_OF_TOOLS = {
    Tool.RULER: (
        "Draw a line between two marks of known distance, or press R again to lay it across. "
        "Esc leaves the ruler."
    ),
    Tool.DRAW: "Drag a box round the head, from corner to corner. Esc leaves the drawing.",
}
_LENGTH = (
    "Type the ruler’s length and press Enter. Arrows move the marked end, Tab marks the other one; "
    "Esc leaves the ruler."
)
_NO_HEAD = "The model found no head in this image."
_NOT_MEASURABLE = (
    "The model does not stand by the outline it found, so there is no number. "
    "Draw the outline by hand, or take another image."
)
_WHICH_HEAD = (
    "None is measured until you choose: Next head (N) outlines one after the other, from the left."
)
_NO_SCALE = "This image has no scale, so lengths are in pixels. Draw a ruler over a known distance."


class Hints(QObject):
    """Tells them in the message bar; the actions are the steps that it offers."""

    def __init__(
        self,
        controller: ExaminationController,
        message_bar: MessageBar,
        *,
        draw: QAction,
        next_head: QAction,
        ruler: QAction,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._message_bar = message_bar
        self._draw = draw
        self._next_head = next_head
        self._ruler = ruler
        controller.opened.connect(self._offer_ruler)
        controller.proposed.connect(self._offer_drawing)

    @Slot(object)
    def show_tool(self, tool: Tool) -> None:
        if tool in _OF_TOOLS:
            self._message_bar.show_hint(_OF_TOOLS[tool])
        else:
            self._message_bar.drop_hint()

    @Slot()
    def show_ruler(self) -> None:
        """Say what is done with a ruler that lies on the picture."""
        self._message_bar.show_hint(_LENGTH)

    @Slot()
    def _offer_ruler(self) -> None:
        for step in (self._draw, self._next_head):
            self._message_bar.withdraw(step)  # what it said was said of the image before
        exam = self._controller.exam
        if exam is not None and needs_ruler(exam):
            self._message_bar.show_step(_NO_SCALE, self._ruler, stays=False)

    @Slot(object)
    def _offer_drawing(self, proposal: Proposal) -> None:
        exam = self._controller.exam
        if exam is None or exam.outline_px is not None:
            return
        if proposal.heads:
            words = f"{proposal.heads_words} in this image. {_WHICH_HEAD}"
            self._message_bar.show_step(words, self._next_head)
        elif proposal.offered_outline_px is None:
            said = _NO_HEAD if proposal.outline_px is None else _NOT_MEASURABLE
            self._message_bar.show_step(said, self._draw)


def needs_ruler(exam: Examination) -> bool:
    """Return whether nothing tells a scale and nothing waits for the user's word on one."""
    is_offered = exam.offered_depth_marks is not None or exam.file_calibration.alternatives
    return isinstance(exam.calibration, Uncalibrated) and not is_offered
