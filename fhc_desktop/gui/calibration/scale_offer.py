"""ScaleOffer: a scale measured by hand, offered again in its series once the user says so."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.scale_memory import (
    RememberedScale,
    ScaleMemory,
    can_be_remembered,
)
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

    def show_memory(self, exam: Examination | None, memory: ScaleMemory) -> None:
        offer = None if exam is None else memory.offered(exam)
        can_be = exam is not None and can_be_remembered(exam)
        is_kept = exam is not None and memory.holds_scale_of(exam)
        self.setVisible(can_be or offer is not None)
        self.remember.setVisible(can_be)
        self.remember.setEnabled(not is_kept)
        self.remember.setText("Offered in this series" if is_kept else "Offer in this series")
        for part in (self._words, self.take_over):
            part.setVisible(offer is not None)
        if offer is not None:
            self._words.setText(style.breakable(_offer_words(offer)))

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


def _offer_words(offer: RememberedScale) -> str:
    scale = offer.calibration
    return (
        f"Remembered from {offer.image_name} of this series: {scale.scale_text}, "
        f"{scale.source_text}. It holds at the same depth and zoom only."
    )
