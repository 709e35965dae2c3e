"""The chart of a pregnancy's course as a file: PNG or SVG."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QSize, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fhc_desktop.atomic_file import write_to_any_disk
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.gui.course.chart import CourseChart
from fhc_desktop.gui.course.content import CourseContent, CourseView
from fhc_desktop.gui.widgets import style

SIZE = QSize(1200, 800)
PNG_SCALE = 2
_SUFFIXES = (".png", ".svg")
_FOOT = "FHC Desktop – for research use"


class PictureNotWritten(FhcError):  # noqa: N818 - named for what happened
    """A picture could not be put under its name."""


def write_picture(
    target: Path, content: CourseContent, view: CourseView, *, title: str, hint: str
) -> Path:
    """Write the whole chart, whatever of it is on the screen, and return the file's name.

    The suffix decides between PNG and SVG; another becomes PNG. ``title`` stands over the chart
    and ``hint`` under the title.

    Raises:
        PictureNotWritten: what is wrong and what to do; a file that was there still is.
    """
    named = target if target.suffix.lower() in _SUFFIXES else target.with_name(f"{target.name}.png")
    sheet = _Sheet(content, view, title=title, hint=hint)
    try:
        is_svg = named.suffix.lower() == ".svg"
        write_to_any_disk(named, sheet.svg() if is_svg else sheet.png())
    except OSError as cause:
        raise PictureNotWritten(
            f"The picture could not be written to {named} ({cause.strerror}).",
            "Choose another folder, or make room on the disk.",
        ) from cause
    finally:
        sheet.deleteLater()
    return named


class _Sheet(QWidget):
    """The chart with its title and its foot, never shown on the screen."""

    def __init__(self, content: CourseContent, view: CourseView, *, title: str, hint: str) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        self._title = title
        chart = CourseChart()
        chart.show_course(content, view)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(4 * [2 * style.MARGIN]))
        column.setSpacing(style.GAP)
        column.addWidget(style.label(title, size_px=style.HEADING_PX))
        for words in filter(None, (hint, _citation(content))):
            line = style.label(words, size_px=style.SMALL_PX, color=style.SECONDARY_TEXT)
            line.setWordWrap(True)
            column.addWidget(line)
        column.addWidget(chart, stretch=1)
        column.addWidget(style.label(_FOOT, size_px=style.SMALL_PX, color=style.SECONDARY_TEXT))
        self.resize(SIZE)
        self.show()
        chart.draw_now()
        # The first painting gives everything its place; what is kept is the second.
        self.grab()

    def png(self) -> bytes:
        image = QImage(SIZE * PNG_SCALE, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(PNG_SCALE)
        self.render(image)
        held = QByteArray()
        buffer = QBuffer(held)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(image)
        return bytes(held.data())

    def svg(self) -> bytes:
        held = QByteArray()
        buffer = QBuffer(held)
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setSize(SIZE)
        generator.setViewBox(self.rect())
        generator.setTitle(self._title)
        generator.setDescription(_FOOT)
        painter = QPainter(generator)
        self.render(painter, QPoint())
        painter.end()
        return bytes(held.data())


def _citation(content: CourseContent) -> str:
    standard = content.standard
    return f"{standard.name}: {standard.citation}. {standard.population}."
