"""Header: menus, the patient's banner and the usual steps, in one row."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QFont, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenuBar, QToolButton, QWidget

from fhc_desktop.domain.examination import Examination
from fhc_desktop.gui import style

_ICON_PX = 20


class Header(QWidget):
    """The patient stands here as long as her image is open, whatever is scrolled or folded."""

    def __init__(self) -> None:
        super().__init__()
        self.menus = QMenuBar()
        self.menus.setSizePolicy(
            self.menus.sizePolicy().Policy.Maximum, self.menus.sizePolicy().Policy.Preferred
        )
        self._banner = _Elided()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(style.GRID, style.GRID, style.GAP, style.GRID)
        self._row.setSpacing(style.GRID)
        self._row.addWidget(self.menus)
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

    def show_examination(self, exam: Examination | None) -> None:
        if exam is None:
            self._banner.show_text("", style.SECONDARY_TEXT)
            return
        parts = [exam.patient.banner]
        if exam.exam_date is not None:
            parts.append(exam.exam_date.isoformat())
        is_named = bool(exam.patient.identifier or exam.patient.name)
        self._banner.show_text(
            "  ·  ".join(parts), style.TEXT if is_named else style.SECONDARY_TEXT
        )


class _Elided(QLabel):
    """A line that gives way where there is no room, and is whole in its tooltip."""

    def __init__(self) -> None:
        super().__init__()
        self.full_text = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(style.font(style.HEADING_PX, QFont.Weight.DemiBold))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMinimumWidth(0)
        self.setSizePolicy(self.sizePolicy().Policy.Ignored, self.sizePolicy().Policy.Preferred)
        self.setAccessibleName("Patient")

    def show_text(self, text: str, color: str) -> None:
        self.full_text = text
        self.setToolTip(text)
        style.set_color(self, color)
        self._elide()

    def _elide(self) -> None:
        self.setText(
            self.fontMetrics().elidedText(
                self.full_text, Qt.TextElideMode.ElideRight, max(self.width() - 16, 0)
            )
        )

    # Qt --------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()
