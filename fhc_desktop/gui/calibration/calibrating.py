"""Calibrating: the scales that the user gives, between image, panel, questions and controller."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.scale_memory import ScaleMemory, taken_over
from fhc_desktop.domain.image.calibration import (
    Calibration,
    CalibrationCandidate,
    Uncalibrated,
    calibration_from_ruler,
    typed_calibration,
)
from fhc_desktop.domain.image.geometry import Point
from fhc_desktop.gui.calibration import number_dialogs
from fhc_desktop.gui.calibration.calibration_panel import CalibrationPanel
from fhc_desktop.gui.calibration.number_dialogs import Refusal
from fhc_desktop.gui.calibration.ruler_length import RulerLength
from fhc_desktop.gui.examination.controller import ExaminationController
from fhc_desktop.gui.image.image_view import ImageView

FoundScale = Calibration | Uncalibrated | None


class ImplausiblePixelSize(FhcError):  # noqa: N818 - named for what the user meets
    """A pixel size that no ultrasound image can have."""


class Calibrating(QObject):
    """Hands scales to the controller, and keeps those to be offered again in the same series."""

    failed = Signal(object)  # FhcError
    memory_changed = Signal()

    def __init__(
        self,
        controller: ExaminationController,
        panel: CalibrationPanel,
        view: ImageView,
        *,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._window = parent
        self._memory = ScaleMemory()
        self.ruler = RulerLength(view, self._use_ruler, parent=self)
        panel.ruler_wanted.connect(self.ruler.take)
        panel.pixel_size_wanted.connect(self.ask_pixel_size)
        panel.depth_marks.confirmed.connect(self.use_depth_marks)
        panel.file_calibration_wanted.connect(self.use_file_calibration)
        panel.choice.chosen.connect(self._choose)
        panel.offer.remembering_wanted.connect(self._remember)
        panel.offer.taking_over_wanted.connect(self._use_remembered)

    @property
    def memory(self) -> ScaleMemory:
        """The scales that the user wants offered again in the same series."""
        return self._memory

    @Slot()
    def ask_pixel_size(self) -> None:
        exam = self._controller.exam
        sides = number_dialogs.ask_pixel_size(
            self._window,
            None if exam is None else exam.manual_calibration,
            pixel_aspect=1.0 if exam is None else exam.image.pixel_aspect,
        )
        if sides is not None:
            self.set_pixel_size(*sides)

    def set_pixel_size(self, mm_per_column: float, mm_per_row: float) -> None:
        self._calibrate(lambda _: typed_calibration(mm_per_column, mm_per_row))

    @Slot()
    def use_depth_marks(self) -> None:
        """Take the user's word that the marks in the picture tell its scale."""
        self._calibrate(_scale_of_marks)

    @Slot()
    def use_file_calibration(self) -> None:
        """Take back the typed, drawn or chosen scale: what the file alone says holds again."""
        self._controller.record(lambda exam: exam.with_file_calibration_alone())

    def _use_ruler(self, start_px: Point, end_px: Point, length_mm: float) -> Refusal | None:
        exam = self._controller.exam
        if exam is None:
            return None
        found = calibration_from_ruler(
            start_px, end_px, length_mm=length_mm, pixel_aspect=exam.image.pixel_aspect
        )
        if isinstance(found, Uncalibrated):
            return Refusal(f"{found.reason} {found.remedy}")
        self._record(found)
        return None

    @Slot(object)
    def _choose(self, alternative: CalibrationCandidate) -> None:
        """Take one of the scales of a file that contradicts itself for the right one."""
        chosen = alternative.chosen_by(self._controller.operator)
        self._controller.record(lambda exam: exam.with_chosen_scale(chosen))

    @Slot()
    def _remember(self) -> None:
        """Offer the scale in force again for other pictures of the series."""
        exam = self._controller.exam
        if exam is not None:
            self._memory = self._memory.with_scale_of(exam)
            self.memory_changed.emit()

    @Slot()
    def _use_remembered(self) -> None:
        self._calibrate(self._remembered)

    def _remembered(self, exam: Examination) -> FoundScale:
        offer = self._memory.offered(exam)
        return None if offer is None else taken_over(offer, by=self._controller.operator)

    def _calibrate(self, find: Callable[[Examination], FoundScale]) -> None:
        exam = self._controller.exam
        found = None if exam is None else find(exam)
        if isinstance(found, Uncalibrated):
            self.failed.emit(ImplausiblePixelSize(found.reason, found.remedy))
        elif found is not None:
            self._record(found)

    def _record(self, found: Calibration) -> None:
        confirmed = replace(found, confirmed_by=self._controller.operator)
        self._controller.record(lambda exam: exam.with_manual_calibration(confirmed))


def _scale_of_marks(exam: Examination) -> FoundScale:
    marks = exam.offered_depth_marks
    return None if marks is None else marks.calibration(pixel_aspect=exam.image.pixel_aspect)
