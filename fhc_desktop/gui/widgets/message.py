"""Message: one thing that the window says, and how long it stays."""

from dataclasses import dataclass

from PySide6.QtGui import QAction

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.gui.widgets import style

WITHHELD = (
    "Something needs your attention. What it is may name a file or a patient: "
    "leave the de-identified view (Ctrl+Shift+H) to read it."
)
# Slow readers need 150 words a minute, some 15 letters a second; and the eye must find the place.
_MS_TO_FIND, _MS_PER_LETTER = 3_000, 66


@dataclass(frozen=True, slots=True)
class Message:
    """What is said; in the de-identified view ``nameless`` stands for ``words``.

    It ``stays`` where something must be decided; what merely tells goes by itself. ``kind`` is
    what a screen reader says for the sign. ``step`` is offered as a button.
    """

    kind: str
    sign: str
    color: str
    words: str
    nameless: str
    stays: bool = False
    step: QAction | None = None

    @classmethod
    def problem(
        cls, error: FhcError, *, is_nameless: bool = False, step: QAction | None = None
    ) -> "Message":
        """Return what a problem says; ``is_nameless`` where that is the same for every file."""
        words = f"{error.problem} {error.remedy}"
        nameless = words if is_nameless else WITHHELD
        sign, color = style.ERROR_SIGN, style.ERROR
        return cls("Problem", sign, color, words, nameless, stays=True, step=step)

    @classmethod
    def success(
        cls, words: str, *, nameless: str, step: QAction | None = None, stays: bool = False
    ) -> "Message":
        sign, color = style.ACCEPTED_SIGN, style.ACCEPTED
        return cls("Done", sign, color, words, nameless, stays=stays, step=step)

    @classmethod
    def hint(cls, words: str) -> "Message":
        return cls("Hint", "●", style.ACCENT, words, words)

    @classmethod
    def running(cls, words: str, step: QAction) -> "Message":
        """Return what goes on until it is done, or until ``step`` ends it; it names nobody."""
        return cls("Running", "●", style.ACCENT, words, words, stays=True, step=step)

    @classmethod
    def next_step(cls, words: str, step: QAction, *, stays: bool, nameless: str = "") -> "Message":
        """Return what is missing, with the one next step."""
        sign, color = style.WARNING_SIGN, style.WARNING
        return cls("Next step", sign, color, words, nameless or words, stays=stays, step=step)


def reading_ms(words: str) -> int:
    """Return for how long a sentence must stand to be found and read, in milliseconds."""
    return _MS_TO_FIND + _MS_PER_LETTER * len(words)
