"""TopRow: menus, the patient's banner and the usual steps, in one row."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenuBar, QToolButton, QWidget

from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.window.patient_banner import BannerContent, PatientBanner

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

    def show_banner(self, content: BannerContent) -> None:
        self._banner.show_content(content)
