"""ScaleOffer: a scale measured by hand, offered again in its series once the user says so."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fhc_desktop.gui.calibration.calibration_content import OfferContent
from fhc_desktop.gui.widgets import style


class ScaleOffer(QWidget):
    """Hidden where there is nothing to remember and nothing remembered."""

    remembering_wanted = Signal()
    taking_over_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words = style.label(size_px=style.SMALL_PX, color=style.SECONDARY_TEXT)
        self._words.setWordWrap(True)
        self.remember = QPushButton("Offer in this series")
        self.take_over = QPushButton("Use it here")
        self._build()

    @property
    def text(self) -> str:
        """What is remembered of the series, empty where nothing is."""
        return "" if self._words.isHidden() else self._words.text()

    def show_content(self, content: OfferContent) -> None:
        self.setVisible(content.can_be_remembered or bool(content.words))
        self.remember.setVisible(content.can_be_remembered)
        self.remember.setEnabled(not content.is_remembered)
        is_kept = content.is_remembered
        self.remember.setText("Offered in this series" if is_kept else "Offer in this series")
        for part in (self._words, self.take_over):
            part.setVisible(bool(content.words))
        self._words.setText(style.breakable(content.words))

    def _build(self) -> None:
        self.remember.setToolTip(
            "Offer this scale for the other pictures of the series; it is never taken unasked"
        )
        self.take_over.setToolTip("Take this scale for the picture on the screen")
        self.remember.clicked.connect(self.remembering_wanted)
        self.take_over.clicked.connect(self.taking_over_wanted)
        row = QHBoxLayout()
        row.addWidget(self.remember)
        row.addWidget(self.take_over)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, style.GRID, 0, 0)
        column.setSpacing(style.GRID)
        column.addWidget(self._words)
        column.addLayout(row)
