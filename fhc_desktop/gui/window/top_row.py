"""TopRow: menus, the patient's banner and the usual steps, in one row."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenuBar, QToolButton, QWidget

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.window.patient_banner import PatientBanner

DEIDENTIFIED = f"{style.WARNING_SIGN} De-identified view: patient hidden"
_ICON_PX = 20


class TopRow(QWidget):
    """The patient stands here as long as her image is open, whatever is scrolled or folded."""

    def __init__(self) -> None:
        super().__init__()
        self.menus = QMenuBar()
        self.menus.setSizePolicy(
            self.menus.sizePolicy().Policy.Maximum, self.menus.sizePolicy().Policy.Preferred
        )
        self._banner = PatientBanner()
        self._is_deidentified = False
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(style.GRID, style.GRID, style.GAP, style.GRID)
        self._row.setSpacing(style.GRID)
        self._row.addWidget(self.menus, alignment=Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self._banner, stretch=1)

    @property
    def banner_text(self) -> str:
        return self._banner.full_text

    def add_button(self, action: QAction, *, with_text: bool) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(action)
        button.setIconSize(QSize(_ICON_PX, _ICON_PX))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolButtonStyle(
            Qt.ToolButtonStyle.ToolButtonTextBesideIcon
            if with_text
            else Qt.ToolButtonStyle.ToolButtonIconOnly
        )
        self._row.addWidget(button)
        return button

    def set_deidentified(self, hidden: bool) -> None:  # noqa: FBT001 - a switch
        """Say that the patient is hidden in her place, from the next examination shown on."""
        self._is_deidentified = hidden

    def show_examination(self, exam: Examination | None) -> None:
        if self._is_deidentified:
            style.set_color(self._banner, style.WARNING)
            self._banner.show_parts(DEIDENTIFIED)
            return
        if exam is None:
            self._banner.show_parts("")
            return
        patient = exam.patient
        is_named = bool(patient.identifier or patient.name)
        style.set_color(self._banner, style.TEXT if is_named else style.SECONDARY_TEXT)
        self._banner.show_parts(
            patient.name if is_named else patient.banner,
            patient.identifier,
            exam.fetus.text,
            "" if exam.exam_date is None else exam.exam_date.isoformat(),
        )
