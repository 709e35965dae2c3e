"""What a hand does at the window: open, drag, type, answer."""

import time
from contextlib import contextmanager
from dataclasses import replace

from PySide6.QtCore import QEvent, QEventLoop, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QMouseEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
)

from fhc_desktop.gui.filing.filing_dialog import FilingDialog
from fhc_desktop.gui.window.main_window import MainWindow

PATIENCE_MS = 20_000
TALL = 1.5  # a pixel's height over its width
_LEFT = Qt.MouseButton.LeftButton


def has_proposal(exam):
    return exam is not None and exam.proposal is not None


@contextmanager
def proposal_awaited(qtbot, window):
    with qtbot.waitSignal(
        window.controller.changed, timeout=PATIENCE_MS, check_params_cb=has_proposal
    ):
        yield
    settle(window)


def settle(window):
    """Let the log answer whatever the window has asked it."""
    hear_out(window.controller.acceptances.questions)


def hear_out(questions):
    ends = time.monotonic() + PATIENCE_MS / 1000
    while not questions.is_idle:
        assert time.monotonic() < ends, "the log does not answer"
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)


def open_and_wait(qtbot, window, path):
    with proposal_awaited(qtbot, window):
        window.open(path)


def accept(window):
    """Accept as the key does, and wait until the disk has the row, or a question is asked."""
    window.accept()
    settle(window)


def open_and_fail(qtbot, window, path):
    with qtbot.waitSignal(window.controller.failed, timeout=PATIENCE_MS):
        window.open(path)


def exam(window):
    return window.controller.exam


def outline(window):
    return exam(window).outline_px


def manual(window):
    return exam(window).manual_calibration


def visible_words(widget):
    """Return what can be read in a window, a dialog or a part of one.

    Where a long word may be broken is not read, and must not hide a name from who looks for it.
    """
    labels = [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]
    return "\n".join(labels).replace("\u200b", "")


def button(widget, text):
    """Return the button with these words."""
    return next(found for found in widget.findChildren(QPushButton) if found.text() == text)


def open_dialogs(window):
    return [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]


def do(window, name):
    action = window.actions_by_name[name]
    assert action.isEnabled(), name
    action.trigger()
    settle(window)


def file_report(qtbot, window, target):
    """File the report of what is on the screen under a name; return what came of it."""
    filing = window.reports.filing
    wish = replace(filing.wish, folder=target.parent, stem=target.stem)
    with qtbot.waitSignal(filing.filed, timeout=PATIENCE_MS) as filed:
        filing.file(wish)
    return filed.args[0]


def filing_dialog(window):
    """Open the dialog that files the report, and return it."""
    do(window, "export")
    (dialog,) = [one for one in open_dialogs(window) if isinstance(one, FilingDialog)]
    return dialog


def file_by_hand(qtbot, window, target):
    """File the report as a hand does: key, folder, name and button; return what came of it."""
    dialog = filing_dialog(window)
    choose_path(target.parent)
    dialog.where.button.click()
    dialog.name.setText(target.stem)
    with qtbot.waitSignal(window.reports.filing.filed, timeout=PATIENCE_MS) as filed:
        dialog.save.click()
    with qtbot.waitActive(window):  # no window manager gives the keys back
        window.activateWindow()
    return filed.args[0]


def reopen_newest(qtbot, window):
    """Open the newest entry of the log again, from the log's window."""
    do(window, "log")
    log_window = window.log_windows.log_window
    hear_out(log_window.questions)
    log_window.findChild(QTableView).selectRow(0)
    qtbot.mouseClick(button(log_window, "Open again"), _LEFT)


def place_of(view, handle):
    """Return where a handle stands in the viewport."""
    return view.mapFromScene(view.ellipse_item.handle_position(handle))


def in_view(view, x, y):
    """Return where a point of a picture with square pixels stands in the viewport."""
    return view.mapFromScene(QPointF(x, y))


class Drag:
    """A drag in the image view in slow motion, so that a test can look in between."""

    def __init__(self, view, start, modifiers=Qt.KeyboardModifier.NoModifier, button=_LEFT):
        self.view, self.at, self.modifiers, self.button = view, start, modifiers, button
        self._send(QEvent.Type.MouseButtonPress, button, button)

    def to(self, place):
        for share in (0.4, 0.8, 1.0):
            self.at += (place - self.at) * share
            self._send(QEvent.Type.MouseMove, Qt.MouseButton.NoButton, self.button)
        return self

    def by(self, dx, dy):
        return self.to(self.at + QPoint(dx, dy))

    def drop(self):
        self._send(QEvent.Type.MouseButtonRelease, self.button, Qt.MouseButton.NoButton)

    def _send(self, kind, button, buttons):
        _send_mouse(self.view, kind, self.at, button, buttons, self.modifiers)


def point_at(view, place):
    """Move the mouse to a place of the view, with no button pressed."""
    none, no_keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    _send_mouse(view, QEvent.Type.MouseMove, place, none, none, no_keys)


def _send_mouse(view, kind, place, button, buttons, modifiers):
    viewport, at = view.viewport(), QPointF(place)
    event = QMouseEvent(kind, at, viewport.mapToGlobal(at), button, buttons, modifiers)
    QApplication.sendEvent(viewport, event)


def drag_handle(view, handle, dx, dy, modifiers=Qt.KeyboardModifier.NoModifier):
    """Drag a handle by pixels of the screen; return how far that is in the picture."""
    Drag(view, place_of(view, handle), modifiers).by(dx, dy).drop()
    return dx / view.zoom, dy / view.zoom


def delete_outline_and_draw(window, corner, opposite):
    do(window, "delete")
    draw_outline(window, corner, opposite)


def draw_outline(window, corner, opposite):
    do(window, "draw")
    view = window.image_view
    Drag(view, in_view(view, *corner)).to(in_view(view, *opposite)).drop()


def assert_one_step_back_to(window, before):
    after = outline(window)
    assert after != before
    do(window, "undo")
    assert outline(window) == before
    assert not window.controller.screen.can_undo
    do(window, "redo")
    assert outline(window) == after


def lay_ruler(window, start, end):
    """Draw a ruler from point to point; it waits for its length."""
    do(window, "ruler")
    view = window.image_view
    Drag(view, in_view(view, *start)).to(in_view(view, *end)).drop()


def draw_ruler(qtbot, window, start, end, *texts):
    """Draw a ruler from point to point and type lengths beside it; return what it refused."""
    lay_ruler(window, start, end)
    field, refusals = window.scales.ruler.field, []
    for text in texts:
        qtbot.keyClicks(field.line, text)
        qtbot.keyClick(field.line, Qt.Key.Key_Return)
        refusals += [field.refusal] if field.refusal else []
    return refusals


def enter(qtbot, field, text):
    """Type a text over what stands in a field of the panel, and end it with Enter."""
    field.line.setFocus()
    field.line.selectAll()
    if text.isascii():
        qtbot.keyClick(field.line, Qt.Key.Key_Delete)
        qtbot.keyClicks(field.line, text)
    else:
        field.line.insert(text)  # QTest has keys for ASCII only, and aborts for others
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    if isinstance(field.window(), MainWindow):
        settle(field.window())


def choose_method(panel, words):
    index = panel.method.short_texts.index(words)
    panel.method.setCurrentIndex(index)
    panel.method.activated.emit(index)


def drop_files(window, paths):
    """Drop files on the window as a file manager does; return whether they were welcome."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    middle = window.rect().center()
    entering = QDragEnterEvent(middle, action, mime, buttons, none)
    entering.ignore()
    QApplication.sendEvent(window, entering)
    if not entering.isAccepted():
        return False
    QApplication.sendEvent(window, QDropEvent(QPointF(middle), action, mime, buttons, none))
    return True


def choose_path(path):
    """Go to the folder of a path in the file dialog that is about to block, and take it there.

    A folder is entered first, as a double click does: that is what Qt would keep.
    """

    def take(dialog):
        dialog.setDirectory(str(path if path.is_dir() else path.parent))
        dialog.findChild(QLineEdit, "fileNameEdit").setText(str(path))
        dialog.accept()

    in_file_dialog(take)


def dismiss_file_dialog():
    in_file_dialog(lambda dialog: dialog.reject())


def in_file_dialog(act):
    """Do something in the file dialog that is about to block."""

    def wait():
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QFileDialog):
            act(dialog)
        else:
            QTimer.singleShot(10, wait)

    QTimer.singleShot(0, wait)


def answer_dialog(qtbot, *texts):
    """Fill the dialog that is about to block with one text after the other until it closes.

    Returns the list that the sentences of refusal are collected in.
    """
    refusals = []

    def act():
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(10, act)
            return
        for text in texts:
            field = dialog.findChild(QLineEdit)
            field.selectAll()
            qtbot.keyClicks(field, text)
            qtbot.keyClick(field, Qt.Key.Key_Return)
            if not dialog.isVisible():
                return
            refusals.append(dialog.refusal.text())
        dialog.reject()

    QTimer.singleShot(0, act)
    return refusals
