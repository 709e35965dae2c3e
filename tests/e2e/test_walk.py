"""A scan goes its whole way in the real window, from the file to the report."""

import re
from contextlib import closing
from datetime import date, timedelta

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QSettings, Qt

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.image.geometry import Handle
from fhc_desktop.gui.application import build_window
from fhc_desktop.resources import resource
from fhc_desktop.storage.log.measurement_log import MeasurementLog
from fhc_desktop.storage.preferences.folders import Folders
from fhc_desktop.workflow.proposing import LazySegmenter
from tests.gui.hand import do, file_report
from tests.reading import READERS

pytestmark = [pytest.mark.gui, pytest.mark.model]


@pytest.fixture(params=["demonstration", "real"])
def scan(request):
    if request.param == "demonstration":
        return resource("demo/demo_head.dcm")
    return request.getfixturevalue("shared") / "hc18/training_set/100_HC.png"


@pytest.fixture
def window(qtbot, tmp_path):
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(tmp_path))
    made = build_window(Folders(tmp_path / "data", tmp_path / "config"), LazySegmenter(), READERS)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    qtbot.waitExposed(made)
    return made


def logged(folder):
    with closing(MeasurementLog.open(folder / "data")) as log:
        return log.entries()


def has_proposal(exam):
    return exam is not None and exam.proposal is not None


def drag(qtbot, view, start, end):
    viewport = view.viewport()
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    for share in (0.3, 0.7, 1.0):
        qtbot.mouseMove(viewport, start + (end - start) * share)
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=end)


def test_that_a_scan_goes_from_the_file_to_the_report(qtbot, window, scan, tmp_path):
    controller = window.controller
    with qtbot.waitSignal(controller.changed, timeout=60_000, check_params_cb=has_proposal):
        window.open(scan)
    proposed = controller.exam
    assert proposed.outline_px is not None
    assert not window.actions_by_name["export"].isEnabled()
    assert logged(tmp_path) == []

    end = proposed.outline_px.handle_position(Handle.A_END)
    start = window.image_view.mapFromScene(*end)
    drag(qtbot, window.image_view, start, start + (start - start) + type(start)(14, 6))
    edited = controller.exam
    assert edited.is_edited
    assert edited.measurement.hc_mm != proposed.measurement.hc_mm

    window.actions_by_name["undo"].trigger()
    assert controller.exam.outline_px == proposed.outline_px
    window.actions_by_name["redo"].trigger()
    assert controller.exam.outline_px == edited.outline_px

    exam_date = controller.exam.exam_date or date(2026, 6, 1)
    controller.set_exam_date(exam_date)
    controller.set_dating(Dating.from_lmp(exam_date - timedelta(days=150)))
    do(window, "accept")
    assert controller.exam.is_accepted
    (entry,) = logged(tmp_path)
    assert entry.image.sha256 == controller.exam.image.source.sha256
    assert entry.facts.outline_px == edited.outline_px
    assert entry.proposal.said.outline_px == proposed.outline_px

    target = tmp_path / "report.pdf"
    assert file_report(qtbot, window, target).problem is None
    words = PdfReader(target).pages[0].extract_text()
    shown = window.side_panel.measurement.hc_text
    number = re.search(r"\d+\.\d", shown).group()
    assert number in words
    assert number == f"{entry.said.hc_mm:.1f}"

    controller.set_outline(edited.outline_px.grown(3))
    assert not controller.exam.is_accepted
    assert not window.actions_by_name["export"].isEnabled()
    do(window, "accept")
    newest = logged(tmp_path)[0]
    assert newest.supersedes == entry.entry_id
