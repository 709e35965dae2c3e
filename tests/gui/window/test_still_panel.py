"""Ten things of the panel do not move by a pixel through a whole walk."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.image.geometry import Handle
from fhc_desktop.gui.window.sections import Section
from tests.fakes import FakeSegmenter
from tests.gui.hand import (
    PATIENCE_MS,
    Drag,
    do,
    drag_handle,
    enter,
    exam,
    open_and_fail,
    open_and_wait,
    place_of,
)

pytestmark = pytest.mark.gui
PROBLEM = FhcError("This cannot be. " * 20, "Do something else.")


class Places:
    """Where ten things stood at the beginning, and whether they still do."""

    def __init__(self, window):
        self._window = window
        self._before = self._found()

    def check(self):
        assert self._found() == self._before

    def _found(self):
        window, panel = self._window, self._window.side_panel
        QApplication.sendPostedEvents()
        QApplication.processEvents()
        shown = panel.measurement
        things = {
            "HC": shown.figure,
            "interval": shown.trust,
            "state": shown.state,
            "percentile": shown.place,
            "BPD": shown.lengths.numbers[0],
            "chart": panel.chart,
            "remarks": panel.remarks,
            **{section.name: line for section, line in panel.summaries.items()},
        }
        assert len(things) == 10
        assert all(thing.isVisible() for thing in things.values())
        return {
            name: (thing.mapTo(window, QPoint(0, 0)), thing.height())
            for name, thing in things.items()
        }


@pytest.fixture
def segmenter(phantom):
    return FakeSegmenter(phantom.outline_px)


@pytest.fixture
def broken(tmp_path):
    path = tmp_path / "broken.png"
    path.write_text("no picture")
    return path


@pytest.fixture
def begun(dressed, start, segmenter):
    return start(segmenter=segmenter)


def test_that_nothing_moves_from_an_empty_window_to_the_row_in_the_log(
    qtbot, begun, calibrated, logged
):
    window, panel, view = begun, begun.side_panel, begun.image_view
    places = Places(window)

    open_and_wait(qtbot, window, calibrated)
    places.check()
    drag = Drag(view, place_of(view, Handle.A_END)).by(25, 0)
    places.check()
    drag.drop()
    assert exam(window).is_edited
    places.check()
    for field, text in (
        (panel.patient.identifier, "17"),
        (panel.patient.exam_date, "2026-05-20"),
        (panel.patient.dating, "2026-01-01"),
    ):
        enter(qtbot, field, text)
        places.check()
    for section in (*Section, *Section):
        window.show_section(section)
        places.check()
    do(window, "accept")
    assert len(logged()) == 1
    places.check()
    do(window, "deidentified_view")
    places.check()


def test_that_nothing_moves_from_one_image_to_the_next(
    qtbot, begun, segmenter, calibrated, uncalibrated, broken
):
    window, panel = begun, begun.side_panel
    open_and_wait(qtbot, window, calibrated)
    do(window, "accept")
    places = Places(window)

    with qtbot.waitSignal(window.controller.opened, timeout=PATIENCE_MS):
        window.open(uncalibrated)
        places.check()  # while it is read
    assert panel.open_section is Section.CALIBRATION
    places.check()
    qtbot.waitUntil(lambda: exam(window).outline_px is not None, timeout=PATIENCE_MS)
    places.check()
    segmenter.outline_px = None
    with qtbot.waitSignal(window.controller.proposed, timeout=PATIENCE_MS):
        do(window, "delete")
        window.controller.propose()
        places.check()
    assert panel.measurement.state_text == "No head found"
    places.check()
    with qtbot.waitSignal(window.controller.opened, timeout=PATIENCE_MS):
        window.open(calibrated)
    assert exam(window).is_accepted
    places.check()
    window.message_bar.show_problem(PROBLEM)
    places.check()
    open_and_fail(qtbot, window, broken)
    places.check()


def test_that_all_rows_stand_there_without_scrolling_on_a_small_screen(qtbot, begun, calibrated):
    open_and_wait(qtbot, begun, calibrated)
    panel = begun.side_panel
    heights = {
        panel.measurement: 84 + 20 + 40 + 44 + 3 * 4,
        panel.chart: 150,
        panel.remarks: 44,
    }
    for size in ((1366, 768), (1024, 700)):
        begun.resize(*size)
        QApplication.processEvents()
        for part, height in heights.items():
            assert part.height() == height
            assert part.mapTo(panel, part.rect().bottomLeft()).y() < panel.height()
        assert panel.low.verticalScrollBar().maximum() == 0
        assert all(not line.visibleRegion().isEmpty() for line in panel.summaries.values())
        assert panel.width() == 352


def test_that_a_number_that_grows_under_the_hand_moves_none_beside_it(qtbot, begun, calibrated):
    open_and_wait(qtbot, begun, calibrated)
    places = Places(begun)

    drag_handle(begun.image_view, Handle.A_END, -30, 0)
    places.check()
    begun.scales.set_pixel_size(1.49, 1.49)  # as wide as numbers become
    places.check()
    begun.controller.undo()
    places.check()


def test_that_a_row_without_a_word_is_blank_and_keeps_its_place(begun):
    panel = begun.side_panel

    assert panel.measurement.interval_text == panel.measurement.place_text == ""
    assert panel.remarks.texts == []
    assert panel.open_section is None
    assert panel.chart.isVisible()
    assert not any(line.isEnabled() for line in panel.summaries.values())
    assert [line.full_text for line in panel.summaries.values()] == [
        "Patient and dating",
        "Calibration",
        "Growth standards",
    ]
