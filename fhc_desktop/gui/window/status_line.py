"""The status bar's words: file, scale, model and device, logged or not."""

from PySide6.QtWidgets import QStatusBar

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.examination import Examination, Proposal
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.image.calibration import Calibration, Uncalibrated
from fhc_desktop.gui.image.outline_state import state_words
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.elided_label import ElidedLabel

_SEPARATOR = "   ·   "


class StatusLine(QStatusBar):
    """One quiet line at the foot of the window; at its right end, whether anything is logged."""

    def __init__(self, log_problem: FhcError | None) -> None:
        super().__init__()
        self._words = ElidedLabel(style.font(style.SMALL_PX), style.SECONDARY_TEXT)
        self._log = ElidedLabel(style.font(style.SMALL_PX), style.SECONDARY_TEXT)
        self._is_deidentified = False
        self.setSizeGripEnabled(False)
        self.setContentsMargins(style.GAP, 0, style.GAP, 0)
        self.addWidget(self._words, 1)
        self.addPermanentWidget(self._log)
        if log_problem is None:
            self._log.show_text("Log ready")
        else:
            said = f"{style.WARNING_SIGN} NOT LOGGING: {log_problem.problem}"
            self._log.show_text(said, more=log_problem.remedy)
            style.set_color(self._log, style.WARNING)

    @property
    def text(self) -> str:
        return self._words.full_text

    @property
    def log_text(self) -> str:
        return self._log.full_text

    def set_deidentified(self, hidden: bool) -> None:  # noqa: FBT001 - a switch
        """Keep the file's name, which often is the patient's, out of the line shown next."""
        self._is_deidentified = hidden

    def show_screen(self, exam: Examination | None, activity: str) -> None:
        if exam is None:
            self._words.show_text(activity or "No image open")
            return
        scale = exam.calibration
        parts = [
            "file name hidden" if self._is_deidentified else exam.image.source.path.name,
            *self._fetus_words(exam),
            "no calibration" if isinstance(scale, Uncalibrated) else self._scale_words(scale),
            activity or _model_words(exam.proposal),
            state_words(exam).lower(),
        ]
        self._words.show_text(_SEPARATOR.join(parts))

    def _fetus_words(self, exam: Examination) -> tuple[str, ...]:
        # Its position is in words that may tell anything.
        shown = Fetus(exam.fetus.label) if self._is_deidentified else exam.fetus
        return (shown.text,) if shown.text else ()

    def _scale_words(self, scale: Calibration) -> str:
        # A source may name the file that a scale was taken from.
        return (
            scale.scale_text if self._is_deidentified else f"{scale.scale_text} {scale.source_text}"
        )


def _model_words(proposal: Proposal | None) -> str:
    if proposal is None:
        return "no model’s proposal"
    return f"model {proposal.model.name} {proposal.model.version} on {proposal.device}"
