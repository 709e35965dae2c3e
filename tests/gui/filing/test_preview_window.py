"""The preview shows each page by keys and by mouse, prints it, and says what was not reviewed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter

from fhc_desktop.gui.filing.pdf_pages import page_sizes
from fhc_desktop.gui.filing.preview_window import PreviewedReport, PreviewWindow
from fhc_desktop.gui.filing.printing import NotPrinted, sheet_printer
from fhc_desktop.reporting.pdf.paper import Paper
from fhc_desktop.workflow.exporting import report_pages
from tests.gui.hand import PATIENCE_MS, visible_words
from tests.reporting.examinations import NOW, accepted, proposed

pytestmark = pytest.mark.gui
KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def nobody(*_):
    return None


@pytest.fixture
def shown(qtbot):
    def show(exam=None, *, ask_printer=nobody):
        pdf = report_pages(exam or accepted(), now=NOW)
        is_accepted = exam is None or exam.is_accepted
        report = PreviewedReport(pdf, page_sizes(pdf), Paper.A4, is_accepted)
        window = PreviewWindow(None, report, ask_printer=ask_printer)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        wait_for_page(qtbot, window)
        return window

    return show


def wait_for_page(qtbot, window):
    qtbot.waitUntil(lambda: not window.page.pixmap().isNull(), timeout=PATIENCE_MS)


def test_that_all_pages_are_reached_by_keys_and_by_mouse(qtbot, shown):
    window = shown()
    count = window.view.page_count
    assert count > 1
    assert f"Page 1 of {count}" in window.place.text()

    qtbot.keyClick(window, KEY.Key_PageDown)
    assert window.view.page == 1
    wait_for_page(qtbot, window)
    qtbot.mouseClick(window.before, Qt.MouseButton.LeftButton)
    assert window.view.page == 0
    assert not window.before.isEnabled()
    qtbot.keyClick(window, KEY.Key_End)
    assert window.view.page == count - 1
    assert not window.after.isEnabled()
    qtbot.keyClick(window, KEY.Key_Home)
    assert window.view.page == 0


def test_that_the_page_fits_and_is_zoomed_and_as_sharp_as_the_screen(qtbot, shown):
    window = shown()
    fitting = window.zoom
    assert window.page.height() <= window.sheet.viewport().height()

    qtbot.keyClick(window, KEY.Key_1)
    assert window.zoom == 1.0
    width_in = page_sizes(report_pages(accepted(), now=NOW))[0][0] / 72
    assert window.page.width() == pytest.approx(width_in * window.logicalDpiX(), abs=1)
    sharp = window.page.width() * window.devicePixelRatioF()
    qtbot.waitUntil(lambda: abs(window.page.pixmap().width() - sharp) < 2, timeout=PATIENCE_MS)
    qtbot.mouseClick(window.larger, Qt.MouseButton.LeftButton)
    assert window.zoom == pytest.approx(1.25)
    qtbot.mouseClick(window.fit, Qt.MouseButton.LeftButton)
    assert window.zoom == pytest.approx(fitting)


def test_that_a_window_of_another_size_shows_the_whole_page(qtbot, shown):
    window = shown()

    window.resize(400, 400)

    qtbot.waitUntil(lambda: window.page.height() <= window.sheet.viewport().height())


def test_that_what_nobody_reviewed_says_so_and_is_neither_printed_nor_filed(qtbot, shown):
    window = shown(proposed())
    wanted = []
    window.filing_wanted.connect(lambda: wanted.append(True))

    qtbot.keyClick(window, KEY.Key_P, CTRL)
    qtbot.keyClick(window, KEY.Key_E, CTRL)

    assert "Not reviewed" in visible_words(window)
    assert not window.print.isEnabled()
    assert not window.file.isEnabled()
    assert wanted == []


def test_that_the_pages_are_printed_and_it_is_said(qtbot, shown, tmp_path):
    target = tmp_path / "printed.pdf"

    def printer(*_):
        made = sheet_printer(Paper.A4)
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(target))
        made.setResolution(72)
        return made

    window = shown(ask_printer=printer)
    qtbot.keyClick(window, KEY.Key_P, CTRL)

    qtbot.waitUntil(lambda: "with the printer" in window.words.text(), timeout=PATIENCE_MS)
    assert len(page_sizes(target.read_bytes())) == window.view.page_count
    assert window.print.isEnabled()


def test_that_no_printer_is_told_with_what_to_do(qtbot, shown):
    def none(*_):
        raise NotPrinted("This machine has no printer.", "Add one.")

    window = shown(ask_printer=none)
    qtbot.mouseClick(window.print, Qt.MouseButton.LeftButton)

    assert "This machine has no printer. Add one." in window.words.text()
    assert window.print.isEnabled()


def test_that_who_changes_her_mind_at_the_printer_is_told_nothing(qtbot, shown):
    window = shown()

    qtbot.mouseClick(window.print, Qt.MouseButton.LeftButton)

    assert window.words.text() == ""


def test_that_esc_puts_it_away(qtbot, shown):
    window = shown()

    qtbot.keyClick(window, KEY.Key_Escape)

    assert not window.isVisible()
