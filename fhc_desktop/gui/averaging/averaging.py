"""Averaging: which accepted measurements are in the mean, and the line that says it."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QLabel

from fhc_desktop.domain.pregnancy.mean_hc import (
    MeanHc,
    NotAveraged,
    mean_hc,
    row_to_take,
    without_row,
)
from fhc_desktop.gui.averaging.mean_content import MeanContent
from fhc_desktop.gui.examination.controller import ExaminationController
from fhc_desktop.gui.examination.screen import Screen
from fhc_desktop.gui.widgets import style


class Averaging(QObject):
    """Takes rows into the mean, which is reckoned from the log each time.

    Which were taken the desk keeps, beyond the end of the program too. Rows of another fetus or
    day stay taken and are no part of the mean on the screen.
    """

    changed = Signal()
    failed = Signal(object)  # FhcError

    def __init__(self, controller: ExaminationController, parent: QObject) -> None:
        super().__init__(parent)
        self._controller = controller
        self._desk = controller.desk
        self.line = MeanLine()

    @property
    def mean(self) -> MeanHc | None:
        """The mean that the examination on the screen belongs to."""
        exam = self._controller.exam
        if exam is None:
            return None
        return mean_hc(exam, self._controller.known.standing.examinations, self._desk.taken)

    def screen(self, screen: Screen) -> Screen:
        return replace(screen, mean=self.mean if screen.exam is not None else None)

    @Slot()
    def take_or_leave(self) -> None:
        """Take the accepted measurement on the screen into the mean, or out of it again."""
        exam, mean = self._controller.exam, self.mean
        if exam is None:
            return
        try:
            entry_id = row_to_take(exam)
        except NotAveraged as problem:
            self.failed.emit(problem)
            return
        if mean is not None and mean.has(entry_id):
            hers = self._controller.known.standing.examinations
            self._desk.take(without_row(self._desk.taken, entry_id, hers))
        else:
            self._desk.take(self._desk.taken | {entry_id})
        self.changed.emit()


class MeanLine(QLabel):
    """One line under the picture, there only where there is a mean."""

    def __init__(self) -> None:
        super().__init__()
        self.setFont(style.font())
        style.set_color(self, style.TEXT)
        self.setContentsMargins(style.MARGIN, style.GRID, style.MARGIN, style.GRID)
        self.setAccessibleName("Mean of the accepted measurements")
        self.hide()

    def show_content(self, content: MeanContent) -> None:
        self.setText(content.words)
        self.setToolTip(content.words)
        self.setVisible(bool(content.words))
