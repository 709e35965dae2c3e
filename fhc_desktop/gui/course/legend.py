"""CourseLegend: what the marks of the chart mean, each in its colour and with its shape."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from fhc_desktop.domain.examination.outline_origin import OutlineOrigin
from fhc_desktop.gui.course.content import CourseContent
from fhc_desktop.gui.course.fetus_mark import fetus_mark
from fhc_desktop.gui.widgets import style


class CourseLegend(QWidget):
    """Only the marks that are on the chart."""

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(style.MARGIN)

    def show_content(self, content: CourseContent) -> None:
        while (item := self._row.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for words, color in _entries(content):
            self._row.addWidget(style.label(words, size_px=style.SMALL_PX, color=color))


def _entries(content: CourseContent) -> list[tuple[str, str]]:
    found = [_of_fetus(content, label) for label in content.fetus_labels]
    others = {dot.origin for dot in content.dots if not dot.origin.is_models_own}
    if others:
        words = " or ".join(origin.value.lower() for origin in OutlineOrigin if origin in others)
        found.append((f"{style.EDITED_SIGN} {words}", style.EDITED))
    if any(dot.weeks_then is not None for dot in content.dots):
        found.append(("○ by the dating of then", style.SECONDARY_TEXT))
    intervals = {dot.coverage_text for dot in content.dots if dot.coverage_text}
    if intervals:
        found.append((f"I  {' or '.join(sorted(intervals))} interval", style.SECONDARY_TEXT))
    return found


def _of_fetus(content: CourseContent, label: str) -> tuple[str, str]:
    is_known = all(dot.is_joined for dot in content.dots if dot.fetus_label == label)
    mark = fetus_mark(label, is_known=is_known)
    name = "fetus not named" if not is_known else f"Fetus {label}" if label else "examination"
    return f"{mark.sign} {name}", mark.color
