"""InstitutionDialog: whose reports they are: name, address and logo, at the head of each."""

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.choice_box import titled
from fhc_desktop.gui.widgets.elided_label import ElidedLabel
from fhc_desktop.gui.widgets.file_dialog import ask_file
from fhc_desktop.gui.widgets.plain_dialog import PlainDialog, wrapped
from fhc_desktop.storage.preferences.letterhead import UnreadableLogo, load_logo
from fhc_desktop.storage.preferences.settings import Settings

_ADDRESS_LINES = 4
_LOGO_PX = 64
_KINDS = "Picture (*.png *.jpg *.jpeg)"
_EXPLANATION = (
    "It stands at the head of each report from now on, on this machine only. Leave empty what "
    "is not to stand there."
)


@dataclass(frozen=True, slots=True)
class InstitutionWish:
    """What is to stand at the head of reports; ``logo`` is the path of its file."""

    name: str
    address: str
    logo: str

    @classmethod
    def of(cls, settings: Settings) -> "InstitutionWish":
        return cls(
            settings.institution_name, settings.institution_address, settings.institution_logo
        )

    def kept_in(self, settings: Settings) -> Settings:
        """Return settings that name it."""
        return replace(
            settings,
            institution_name=self.name.strip(),
            institution_address=self.address.strip(),
            institution_logo=self.logo,
        )


class InstitutionDialog(PlainDialog):
    """A logo that cannot be used is told of at once, and is not kept."""

    wanted = Signal(object)  # InstitutionWish

    def __init__(self, parent: QWidget | None, wish: InstitutionWish) -> None:
        super().__init__(parent)
        self.name = QLineEdit(wish.name)
        self.address = QPlainTextEdit(wish.address)
        self._logo = wish.logo
        self.logo = ElidedLabel(style.font(), mode=Qt.TextElideMode.ElideMiddle)
        self.picture = QLabel()
        self.choose = QPushButton("Choose …")
        self.remove = QPushButton("Remove")
        self.refusal = wrapped("", color=style.ERROR)
        self._lay_out()
        self._connect()
        self._show_logo(wish.logo)

    @property
    def wish(self) -> InstitutionWish:
        """What is typed and chosen."""
        return InstitutionWish(self.name.text(), self.address.toPlainText(), self._logo)

    def _lay_out(self) -> None:
        self.setWindowTitle("Institution of the reports")
        self.add_title("Whose reports are they?")
        self.add_explanation(_EXPLANATION)
        self.name.setAccessibleName("Name of the institution")
        self.column.addWidget(titled("Name", self.name))
        self.address.setAccessibleName("Address of the institution")
        self.address.setTabChangesFocus(True)
        height = _ADDRESS_LINES * self.address.fontMetrics().lineSpacing() + style.MARGIN
        self.address.setFixedHeight(height)
        self.column.addWidget(titled("Address", self.address))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.picture)
        row.addWidget(self.logo, stretch=1)
        for button in (self.choose, self.remove):
            button.setAutoDefault(False)
            row.addWidget(button)
        self.column.addWidget(titled("Logo, PNG or JPEG", holder))
        # Room for two lines, so that nothing jumps when a sentence comes or goes.
        self.refusal.setMinimumHeight(2 * self.refusal.fontMetrics().lineSpacing())
        self.refusal.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.column.addWidget(self.refusal)
        standard = QDialogButtonBox.StandardButton
        self.buttons = self.add_buttons(standard.Save | standard.Cancel)

    def _connect(self) -> None:
        self.choose.clicked.connect(self._ask_logo)
        self.remove.clicked.connect(lambda: self._show_logo(""))
        self.accepted.connect(lambda: self.wanted.emit(self.wish))

    @Slot()
    def _ask_logo(self) -> None:
        start = Path(self._logo).parent if self._logo else None
        chosen = ask_file(self, "Logo of the institution", start=start, kinds=_KINDS)
        if chosen is not None:
            self._show_logo(str(chosen))

    def _show_logo(self, path: str) -> None:
        """Show a logo with its file; where it cannot be used, the one before is kept, and said."""
        self.refusal.setText("")
        pixmap = self.picture.pixmap() if path else QPixmap()
        if path:
            try:
                pixmap = _pixmap(Path(path))
            except UnreadableLogo as fault:
                self.refusal.setText(f"{style.ERROR_SIGN} {fault}")
                path = self._logo
        self._logo = path
        self.picture.setPixmap(pixmap)
        self.picture.setVisible(not pixmap.isNull())
        self.logo.show_text(path or "None")
        self.remove.setEnabled(bool(path))


def _pixmap(path: Path) -> QPixmap:
    """Return a logo as it looks on white, small enough for the dialog."""
    pixels = load_logo(path).pixels
    if pixels is None:
        return QPixmap()
    rows, columns, channels = pixels.shape
    image = QImage(pixels.tobytes(), columns, rows, channels * columns, QImage.Format.Format_RGB888)
    return QPixmap.fromImage(image).scaled(
        _LOGO_PX,
        _LOGO_PX,
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
