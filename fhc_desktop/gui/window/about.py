"""What the program is, which model it used, and whose work it rests on."""

import re

from PySide6.QtWidgets import (
    QDialogButtonBox,
    QWidget,
)

from fhc_desktop import __version__
from fhc_desktop.domain.examination.proposal import ModelIdentity
from fhc_desktop.domain.growth.standards import NICHD_2015, STANDARDS
from fhc_desktop.domain.growth.ultrasound_age import (
    HADLOCK_1984,
    HADLOCK_1984_CITATION,
    INTERGROWTH_2016,
    INTERGROWTH_2016_CITATION,
)
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.plain_dialog import (
    PROGRAM,
    PlainDialog,
    wrapped,
)

NOT_A_DEVICE = "For research use only; not a medical device."


def about_lines(model: ModelIdentity | None) -> list[tuple[str, str]]:
    """Return what the program says of itself: pairs of a heading and its text."""
    return [
        (
            "Version",
            _lines(
                f"{PROGRAM} {__version__}",
                "It opens no connection, and so never looks for a newer one: those are announced "
                "where this one came from.",
            ),
        ),
        ("Model", "No model has been used yet." if model is None else _model_words(model)),
        (
            "Growth standards and ultrasound age",
            _lines(
                *(f"{one.name}: {one.citation}" for one in STANDARDS if not one.is_opt_in),
                f"NICHD 2015: {NICHD_2015[0].citation}",
                f"Age by HC, {HADLOCK_1984}: {HADLOCK_1984_CITATION}",
                f"Age by HC, {INTERGROWTH_2016}: {INTERGROWTH_2016_CITATION}",
            ),
        ),
        ("Licence", "MIT licence. The libraries it uses keep their own; Qt's is the LGPL 3."),
    ]


class AboutDialog(PlainDialog):
    """What the program is, which model it used, and whose work it rests on."""

    def __init__(self, parent: QWidget | None, model: ModelIdentity | None) -> None:
        super().__init__(parent)
        self.add_title(PROGRAM)
        self.column.addWidget(wrapped(f"{style.WARNING_SIGN} {NOT_A_DEVICE}", color=style.WARNING))
        for title, text in about_lines(model):
            self.column.addSpacing(style.GRID)
            self.column.addWidget(style.heading(title))
            self.column.addWidget(wrapped(text))
        self.add_buttons(QDialogButtonBox.StandardButton.Close)


def _model_words(model: ModelIdentity) -> str:
    # In four groups: a name of 64 letters would not wrap.
    digest = " ".join(re.findall(".{1,16}", model.sha256))
    return _lines(f"{model.name} {model.version}", f"SHA-256 {digest}")


def _lines(*lines: str) -> str:
    return "\n".join(lines)
