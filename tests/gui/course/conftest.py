"""Charts of a course, drawn as on the screen."""

import pytest

from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST
from fhc_desktop.gui.course.chart import CourseChart
from fhc_desktop.gui.course.content import CourseView
from fhc_desktop.gui.course.window import CourseWindow
from fhc_desktop.storage.log.measurement_log import MeasurementLog
from tests.gui.course.drawn_course import content_of, plot
from tests.gui.course_examples import PATIENT
from tests.gui.hand import hear_out


@pytest.fixture
def drawn(qtbot):
    """Draw the chart of examinations in the size of the window."""
    kept = []  # a chart that nobody holds may be collected in the middle of being painted

    def draw(exams, view=CourseView.HC, size=(900, 480), standard=INTERGROWTH_21ST):
        chart = CourseChart()
        kept.append(chart)
        qtbot.addWidget(chart)
        chart.resize(*size)
        chart.show_course(content_of(exams, standard), view)
        with qtbot.waitExposed(chart):
            chart.show()
        chart.draw_now()
        qtbot.waitUntil(lambda: plot(chart).getViewBox().width() > size[0] / 2)
        return chart

    return draw


@pytest.fixture
def log(tmp_path):
    made = MeasurementLog.open(tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def opened_course(qtbot, log, asking):
    """Open the window of a course over the log."""

    def show(identifier=PATIENT.identifier, entry_id=None, in_use=None, **more) -> CourseWindow:
        questions = asking(more.pop("log", log))
        window = CourseWindow(questions, **more)
        qtbot.addWidget(window)
        window.show_patient(identifier, entry_id, in_use=in_use)
        hear_out(questions)
        with qtbot.waitActive(window):  # keys reach the active window only
            window.show()
            window.activateWindow()
        return window

    return show
