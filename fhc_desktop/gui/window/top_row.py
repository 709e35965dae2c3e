"""TopRow: menus, the patient's banner and the usual steps, in one row."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenuBar, QToolButton, QWidget

from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.window.patient_banner import BannerContent, PatientBanner

_ICON_PX = 20
# A narrower row keeps no room for the patient beside menus and words.
_ROOMY_PX = 1200


class TopRow(QWidget):
    """The patient stands here as long as her image is open, whatever is scrolled or folded."""

    def __init__(self) -> None:
        super().__init__()
        self.menus = QMenuBar()
        self.menus.setSizePolicy(
            self.menus.sizePolicy().Policy.Maximum, self.menus.sizePolicy().Policy.Preferred
        )
        self._banner = PatientBanner()
        self._with_text: list[QToolButton] = []
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
        if with_text:
            self._with_text.append(button)
        self._row.addWidget(button)
        self._fit()
        return button

    def add_number(self, number: QWidget) -> None:
        """Have the head circumference stand behind the patient, when it is to be seen."""
        self._row.addWidget(number, alignment=Qt.AlignmentFlag.AlignVCenter)
        self._row.addSpacing(style.GAP)

    def show_banner(self, content: BannerContent) -> None:
        self._banner.show_content(content)

    def _fit(self) -> None:
        """Let the buttons' words give way to patient and number where not all have room."""
        is_tight = self.width() < _ROOMY_PX
        look = Qt.ToolButtonStyle
        for button in self._with_text:
            button.setToolButtonStyle(
                look.ToolButtonIconOnly if is_tight else look.ToolButtonTextBesideIcon
            )

    # Qt --------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
