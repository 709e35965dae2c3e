"""PatientBanner: who is examined, in one line; where there is no room the name gives way first."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.elided_label import ElidedLabel

DEIDENTIFIED = f"{style.WARNING_SIGN} De-identified view: patient hidden"
_BETWEEN = "  ·  "
# Less of a name than this tells nothing.
_SHORTEST_NAME_PX = 12 * style.GRID


@dataclass(frozen=True, slots=True)
class BannerContent:
    """Who is examined: a name, which may be empty, and what follows it, the most telling first.

    It ``is_stale`` while the image of somebody else is read.
    """

    name: str = ""
    others: tuple[str, ...] = ()
    is_named: bool = True
    is_hidden: bool = False
    is_stale: bool = False

    @classmethod
    def of(cls, exam: Examination) -> "BannerContent":
        patient = exam.patient
        is_named = bool(patient.identifier or patient.name)
        day = "" if exam.exam_date is None else exam.exam_date.isoformat()
        name = patient.name if is_named else patient.banner
        return cls(name, (patient.identifier, exam.fetus.text, day), is_named=is_named)


HIDDEN_PATIENT = BannerContent(DEIDENTIFIED, is_hidden=True)


class PatientBanner(ElidedLabel):
    """Name, identifier, fetus and day. Names can be alike, so the identifier stays longest."""

    def __init__(self) -> None:
        super().__init__(style.font(style.HEADING_PX, QFont.Weight.DemiBold))
        self._name = ""
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAccessibleName("Patient")

    def show_content(self, content: BannerContent) -> None:
        color = style.TEXT if content.is_named else style.SECONDARY_TEXT
        color = style.DISABLED_TEXT if content.is_stale else color
        style.set_color(self, style.WARNING if content.is_hidden else color)
        self._name = content.name
        self.show_text(_BETWEEN.join(part for part in (content.name, *content.others) if part))

    def _elide(self) -> None:
        metrics, width_px = self.fontMetrics(), max(self.width(), 0)
        rest = self.full_text.removeprefix(self._name)
        room_px = width_px - metrics.horizontalAdvance(rest)
        if self._name and rest and room_px < metrics.horizontalAdvance(self._name):
            shown = metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, room_px)
            if room_px >= _SHORTEST_NAME_PX:
                self.setText(f"{shown}{rest}")
                return
            rest = rest.removeprefix(_BETWEEN)
            self.setText(metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width_px))
            return
        super()._elide()
