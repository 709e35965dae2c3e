"""The status bar's words: file, scale, model and device, logged or not."""

from dataclasses import dataclass, replace

from PySide6.QtWidgets import QStatusBar

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.outline_state import state_words
from fhc_desktop.domain.examination.proposal import Proposal
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.image.calibration import Calibration
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.elided_label import ElidedLabel

_SEPARATOR = "   ·   "


@dataclass(frozen=True, slots=True)
class StatusContent:
    """The line's parts, from the left; where no image is open, what runs or ``idle`` alone.

    ``not_logged`` is how many images are accepted and in no row of the log.
    """

    activity: str = ""
    idle: str = "No image open"
    file_name: str = ""
    fetus: Fetus = Fetus()
    scale: str = ""
    scale_source: str = ""
    model: str = ""
    state: str = ""
    not_logged: int = 0

    @classmethod
    def of(cls, exam: Examination, *, activity: str, not_logged: int = 0) -> "StatusContent":
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
            not_logged=not_logged,
        )

    @property
    def not_logged_words(self) -> str:
        return f"{self.not_logged} accepted, NOT LOGGED" if self.not_logged else ""

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
            return self
        return replace(
            self,
            file_name="file name hidden",
            fetus=Fetus(self.fetus.label),
            scale_source="",
        )


class StatusLine(QStatusBar):
    """One quiet line at the foot of the window; at its right end, whether anything is logged."""

    def __init__(self, log_problem: FhcError | None) -> None:
        super().__init__()
        self._words = ElidedLabel(style.font(style.SMALL_PX), style.SECONDARY_TEXT)
        self._log = ElidedLabel(style.font(style.SMALL_PX), style.SECONDARY_TEXT)
        self.setSizeGripEnabled(False)
        self.setContentsMargins(style.GAP, 0, style.GAP, 0)
        self.addWidget(self._words, 1)
        self.addPermanentWidget(self._log)
        self._log_problem = log_problem
        self._show_log("")

    @property
    def text(self) -> str:
        return self._words.full_text

    @property
    def log_text(self) -> str:
        return self._log.full_text

    def show_content(self, content: StatusContent) -> None:
        self._words.show_text(content.text)
        self._show_log(content.not_logged_words)

    def show_log_ready(self) -> None:
        """There is a log now; what waits for it is told as long as it waits."""
        self._log_problem = None

    def _show_log(self, not_logged: str) -> None:
        problem = self._log_problem
        wrong = [] if problem is None else [f"NOT LOGGING: {problem.problem}"]
        wrong = [not_logged, *wrong] if not_logged else wrong
        said = f"{style.WARNING_SIGN} {'   ·   '.join(wrong)}" if wrong else "Log ready"
        self._log.show_text(said, more="" if problem is None else problem.remedy)
        style.set_color(self._log, style.WARNING if wrong else style.SECONDARY_TEXT)


def _model_words(proposal: Proposal | None) -> str:
    if proposal is None:
        return "no model’s proposal"
    return f"model {proposal.model.name} {proposal.model.version} on {proposal.device}"
