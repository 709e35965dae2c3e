"""HeaderNumber: the head circumference in the top row, while the panel is folded away."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.domain.examination.outline_state import OutlineState
from fhc_desktop.gui.examination.measurement_content import MeasurementContent
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.number_label import NumberLabel


@dataclass(frozen=True, slots=True)
class HeaderContent:
    """The figure with its state, empty where there is none, and what makes it doubtful."""

    text: str = ""
    doubts: tuple[str, ...] = ()
    is_stale: bool = False

    @classmethod
    def of(cls, content: MeasurementContent, *, is_stale: bool) -> "HeaderContent":
        if content.state is OutlineState.NONE:
            return cls(is_stale=is_stale)
        trust, doubts = content.trust, content.warnings
        if trust.grade not in {None, Grade.GOOD}:
            doubts = (f"The model says: {trust.grade}. {trust.reasons}".strip(), *doubts)
        sign = f"{style.WARNING_SIGN} " if doubts else ""
        text = f"{sign}HC {content.figure} {content.unit} · {_state(content.state_words)}"
        return cls(text, doubts, is_stale)


class HeaderNumber(NumberLabel):
    """Stands there only while ``panel``, which says all of it, is not to be seen."""

    def __init__(self, panel: QWidget) -> None:
        super().__init__(style.font(style.HEADING_PX))
        self._panel = panel
        self._content = HeaderContent()
        panel.installEventFilter(self)
        self._show_or_hide()

    def show_content(self, content: HeaderContent) -> None:
        if content == self._content:
            return
        self._content = content
        self.show_number(content.text)
        self.setToolTip("\n".join(content.doubts))
        self.setAccessibleDescription(" ".join(content.doubts))
        color = style.WARNING if content.doubts else style.TEXT
        style.set_color(self, style.DISABLED_TEXT if content.is_stale else color)
        self._show_or_hide()

    def _show_or_hide(self) -> None:
        self.setVisible(bool(self._content.text) and self._panel.isHidden())

    # Qt --------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.ShowToParent, QEvent.Type.HideToParent}:
            self._show_or_hide()
        return super().eventFilter(watched, event)


def _state(words: str) -> str:
    """Return the state in a word: whose it is; that it is not logged is never left out."""
    short = words.partition(" by ")[0].removesuffix(", logged")
    return short[:1].lower() + short[1:]
