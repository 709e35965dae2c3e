"""What is seen of a drawn course, and what the mouse does to it."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication

from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST
from fhc_desktop.gui.course.content import course_content
from tests.gui.course_examples import rows_of


def content_of(exams, standard=INTERGROWTH_21ST):
    return course_content(rows_of(exams, standard=standard), standard)


def plot(chart):
    import pyqtgraph

    return chart.findChild(pyqtgraph.PlotWidget)


def wheel(chart, at, steps):
    viewport = plot(chart).viewport()
    inside = QPointF(viewport.mapFrom(chart, at))
    turn = QWheelEvent(
        inside,
        QPointF(viewport.mapToGlobal(inside.toPoint())),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 - Qt's own parameter
    )
    QApplication.sendEvent(viewport, turn)


def hover(qtbot, chart, dot, away=QPoint(2, -2)):  # noqa: B008 - a constant
    viewport = plot(chart).viewport()
    at = viewport.mapFrom(chart, chart.place_px(dot).toPoint())
    qtbot.mouseMove(viewport, at + QPoint(60, 60))
    qtbot.mouseMove(viewport, at + away)


def near_colors(chart, at, color, radius=6):
    """How many pixels round a place have nearly this colour."""
    picture, wanted = chart.grab().toImage(), QColor(color)
    found = 0
    for x in range(int(at.x()) - radius, int(at.x()) + radius + 1):
        for y in range(int(at.y()) - radius, int(at.y()) + radius + 1):
            one = picture.pixelColor(x, y)
            off = (
                one.red() - wanted.red(),
                one.green() - wanted.green(),
                one.blue() - wanted.blue(),
            )
            found += max(map(abs, off)) <= 24
    return found


def joining_lines(chart):
    """The lines that join the examinations of one fetus, in the order of the letters."""
    import pyqtgraph

    items = plot(chart).getPlotItem().items
    lines = [item for item in items if isinstance(item, pyqtgraph.PlotCurveItem)]
    return [line for line in lines if line.zValue() == 2]


def names_of_curves(chart):
    import pyqtgraph

    chart.grab()  # text items find their places when they are painted
    names = {"3rd", "10th", "50th", "90th", "97th"}
    return [
        item.mapRectToScene(item.boundingRect())
        for item in plot(chart).scene().items()
        if isinstance(item, pyqtgraph.TextItem) and item.isVisible() and item.toPlainText() in names
    ]


def move(viewport, at):
    """Move the mouse with the left button held; Qt's own helper lets it go."""
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent

    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(at),
        QPointF(viewport.mapToGlobal(at)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(viewport, event)
