"""A report that is opened is shown as it was transmitted, with the way to its image."""

from PySide6.QtCore import Qt

from tests.gui.hand import open_and_wait
from tests.heads import small_phantom, write_png
from tests.structured_reports import (
    GROUP,
    HC,
    container,
    number,
    of_fetus,
    valueless,
    write_report,
    write_study,
)


def opened(window, qtbot, path):
    window.open(path)
    qtbot.waitUntil(lambda: window.study_reports.window is not None)
    shown = window.study_reports.window
    qtbot.waitUntil(lambda: shown.report is not None and shown.report.name == path.name)
    return shown


def cells(shown):
    model = shown.table.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def headings(shown):
    model = shown.table.model()
    across = Qt.Orientation.Horizontal
    return [model.headerData(column, across) for column in range(model.columnCount())]


def test_that_a_report_that_is_opened_tells_each_measurement(window, qtbot, tmp_path):
    path = write_report(
        tmp_path / "SR1.dcm",
        of_fetus("A", container(GROUP, number(HC, "172.0"))),
        of_fetus("B", container(GROUP, number(HC, "165.0"))),
    )

    shown = opened(window, qtbot, path)

    assert headings(shown) == ["Measurement", "Value", "Fetus", "Code", "Section"]
    assert [row[:3] for row in cells(shown)] == [
        ["Head Circumference", "172.0 mm", "A"],
        ["Head Circumference", "165.0 mm", "B"],
    ]
    assert shown.title.text() == "OB-GYN Ultrasound Procedure Report"
    assert shown.line.text().endswith("complete, not verified  ·  2 measurements")
    assert not shown.open_image.isEnabled()


def test_that_what_could_not_be_read_is_said(window, qtbot, tmp_path):
    failed = valueless(HC, ("114006", "DCM", "Measurement failure"))

    shown = opened(window, qtbot, write_report(tmp_path / "SR1.dcm", container(GROUP, failed)))

    assert "has no value that can be read" in shown.unread.text()
    assert not shown.unread.isHidden()


def test_that_the_image_on_the_screen_stays(window, qtbot, tmp_path, calibrated):
    _, report = write_study(tmp_path)
    open_and_wait(qtbot, window, calibrated)
    exam = window.controller.exam

    opened(window, qtbot, report)

    assert window.controller.exam is exam


def test_that_the_way_leads_to_the_reports_image(window, qtbot, tmp_path):
    image, report = write_study(tmp_path)
    shown = opened(window, qtbot, report)

    with qtbot.waitSignal(window.controller.opened):
        shown.open_image.click()

    assert window.controller.exam.image.source.path == image


def test_that_an_image_that_is_not_there_is_said(window, qtbot, tmp_path):
    image, report = write_study(tmp_path)
    image.unlink()
    shown = opened(window, qtbot, report)

    shown.open_image.click()

    qtbot.waitUntil(lambda: "does not lie beside it" in window.message_bar.text)


def test_that_a_damaged_report_is_refused_in_a_sentence(window, qtbot, tmp_path):
    _, report = write_study(tmp_path)
    report.write_bytes(report.read_bytes()[:900])

    window.open(report)

    qtbot.waitUntil(lambda: "it ends before what it has to tell" in window.message_bar.text)
    assert window.study_reports.window is None


def test_that_the_deidentified_view_tells_nothing_of_a_report(window, qtbot, tmp_path):
    shown = opened(window, qtbot, write_study(tmp_path)[1])

    window.toggle_deidentified_view()

    assert cells(shown) == []
    assert (shown.title.text(), shown.line.text()) == ("", "")
    window.toggle_deidentified_view()
    assert len(cells(shown)) == 3


def test_that_a_picture_is_no_report(window, tmp_path):
    assert not window.study_reports.shows(write_png(small_phantom(), tmp_path / "head.png"))
