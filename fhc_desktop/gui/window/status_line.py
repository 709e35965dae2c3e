"""The status bar's words: file, scale, model and device, logged or not."""

from dataclasses import dataclass, replace

from PySide6.QtWidgets import QStatusBar

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.outline_state import state_words
from fhc_desktop.domain.examination.proposal import Proposal
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.image.calibration import Calibration
from fhc_desktop.gui.examination.log_standing import LogStanding
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.elided_label import ElidedLabel

_SEPARATOR = "   ·   "


@dataclass(frozen=True, slots=True)
class StatusContent:
    """The line's parts, from the left; where no image is open, what runs or ``idle`` alone.

    ``log`` is what its right end says.
    """

    activity: str = ""
    idle: str = "No image open"
    file_name: str = ""
    fetus: Fetus = Fetus()
    scale: str = ""
    scale_source: str = ""
    model: str = ""
    state: str = ""
    log: LogStanding = LogStanding()

    @classmethod
    def of(cls, exam: Examination, *, activity: str, log: LogStanding) -> "StatusContent":
        scale, source = "no calibration", ""
        if isinstance(exam.calibration, Calibration):
            scale, source = exam.calibration.scale_text, exam.calibration.source_text
        return cls(
            activity=activity,
            file_name=exam.image.source.path.name,
            fetus=exam.fetus,
            scale=scale,
            scale_source=source,
            model=_model_words(exam.proposal),
            state=state_words(exam).lower(),
            log=log,
        )

    @property
    def text(self) -> str:
        if not self.file_name:
            return self.activity or self.idle
        parts = (
            self.file_name,
            self.fetus.text,
            f"{self.scale} {self.scale_source}".strip(),
            self.activity or self.model,
            self.state,
        )
        return _SEPARATOR.join(part for part in parts if part)

    @property
    def deidentified(self) -> "StatusContent":
        """The same without the file's name, which often is the patient's.

        A fetus' position is in words that may tell anything, and a scale's source may name the
        file that it was taken from.
        """
        if not self.file_name:
            return replace(self, log=self.log.deidentified)
        return replace(
            self,
            log=self.log.deidentified,
            file_name="file name hidden",
            fetus=Fetus(self.fetus.label),
            scale_source="",
        )


class StatusLine(QStatusBar):
    """One quiet line at the foot of the window; at its right end, whether anything is logged."""

    def __init__(self) -> None:
        super().__init__()
        self._words = ElidedLabel(style.font(style.SMALL_PX), style.SECONDARY_TEXT)
        self._log = ElidedLabel(style.font(style.SMALL_PX), style.SECONDARY_TEXT)
        self.setSizeGripEnabled(False)
        self.setContentsMargins(style.GAP, 0, style.GAP, 0)
        self.addWidget(self._words, 1)
        self.addPermanentWidget(self._log)
        self._show_log(LogStanding())

    @property
    def text(self) -> str:
        return self._words.full_text

    @property
    def log_text(self) -> str:
        return self._log.full_text

    def show_content(self, content: StatusContent) -> None:
        self._words.show_text(content.text)
        self._show_log(content.log)

    def _show_log(self, log: LogStanding) -> None:
        sign = f"{style.WARNING_SIGN} " if log.is_warning else ""
        self._log.show_text(f"{sign}{log.words}", more=log.remedies)
        style.set_color(self._log, style.WARNING if log.is_warning else style.SECONDARY_TEXT)


def _model_words(proposal: Proposal | None) -> str:
    if proposal is None:
        return "no model’s proposal"
    return f"model {proposal.model.name} {proposal.model.version} on {proposal.device}"
