"""A file is asked for, and the dialog leaves no path behind."""

import pytest
import shiboken6
from PySide6.QtCore import QDir, QSettings, QTimer, QUrl
from PySide6.QtWidgets import QFileDialog, QMessageBox

from fhc_desktop.gui.widgets.file_dialog import ask_file, ask_folder, ask_target
from tests.gui.hand import choose_path, dismiss_file_dialog, in_file_dialog

pytestmark = pytest.mark.gui


@pytest.fixture
def kept():
    """Read what all programs made with Qt find of file dialogs."""
    settings = QSettings(QSettings.Scope.UserScope, "QtProject")
    settings.beginGroup("FileDialog")

    def read(name):
        settings.sync()
        return settings.value(name)

    read.settings = settings
    return read


@pytest.fixture
def patients_file(tmp_path):
    folder = tmp_path / "Mrs_Jones"
    folder.mkdir()
    file = folder / "Jones.png"
    file.write_bytes(b"")
    return file


def test_that_what_was_chosen_is_returned(owner, patients_file):
    choose_path(patients_file)
    assert ask_file(owner, "Open") == patients_file
    choose_path(patients_file.parent)
    assert ask_folder(owner, "Open") == patients_file.parent
    choose_path(patients_file.with_name("new.pdf"))
    suggested = patients_file.with_name("report.pdf")
    target = ask_target(owner, "Save", suggested=suggested, kinds="PDF (*.pdf)")
    assert target == patients_file.with_name("new.pdf")


def test_that_nothing_is_returned_where_nobody_chose(owner):
    dismiss_file_dialog()

    assert ask_file(owner, "Open") is None


@pytest.mark.parametrize("leave", [choose_path, lambda _: dismiss_file_dialog()])
def test_that_neither_folder_nor_file_is_kept(owner, kept, patients_file, leave):
    folder = patients_file.parent
    leave(patients_file)
    ask_file(owner, "Open", start=folder)
    leave(folder)
    ask_folder(owner, "Open", start=folder)
    leave(folder / "Jones.pdf")
    ask_target(owner, "Save", suggested=folder / "report.pdf", kinds="PDF (*.pdf)")

    told = " ".join(str(kept(name)) for name in kept.settings.allKeys())
    assert owner.findChildren(QFileDialog) == []
    assert kept("qtVersion")  # the dialogs have written
    assert "Jones" not in told


def test_that_a_folder_dragged_to_the_side_is_not_kept(owner, kept, patients_file):
    def drag_and_leave(dialog):
        dialog.setSidebarUrls([*dialog.sidebarUrls(), QUrl.fromLocalFile(patients_file.parent)])
        dialog.reject()

    in_file_dialog(drag_and_leave)
    ask_file(owner, "Open")

    assert kept("shortcuts")
    assert "Jones" not in str(kept("shortcuts"))


def test_that_what_other_programs_left_there_stays(owner, kept, patients_file, tmp_path):
    theirs = QUrl.fromLocalFile(str(tmp_path))
    another_programs = QFileDialog(None, "Open", theirs.path())
    another_programs.setSidebarUrls([theirs])
    shiboken6.delete(another_programs)

    choose_path(patients_file)
    ask_file(owner, "Open", start=patients_file.parent)

    assert theirs.toString() in kept("history")
    assert theirs.toString() in kept("shortcuts")


def test_that_the_dialog_begins_where_it_is_told_to(owner, patients_file, tmp_path):
    seen = []

    def look(dialog):
        seen.append(dialog.directory().absolutePath())
        dialog.reject()

    for start in (patients_file.parent, tmp_path / "gone", None):
        in_file_dialog(look)
        ask_file(owner, "Open", start=start)

    home = QDir.homePath()
    assert seen == [str(patients_file.parent), home, home]


@pytest.mark.parametrize(("kind", "ending"), [(0, ".png"), (1, ".svg")])
def test_that_a_name_gets_the_ending_of_its_kind(owner, tmp_path, kind, ending):
    kinds = ["PNG (*.png)", "SVG (*.svg)"]

    def take(dialog):
        dialog.selectNameFilter(kinds[kind])
        dialog.filterSelected.emit(kinds[kind])
        dialog.selectFile(str(tmp_path / "course"))
        dialog.accept()

    in_file_dialog(take)
    suggested = tmp_path / "a.png"

    chosen = ask_target(owner, "Save", suggested=suggested, kinds=";;".join(kinds))

    assert chosen == tmp_path / f"course{ending}"


def test_that_a_name_that_is_taken_is_asked_about_with_its_ending(owner, tmp_path):
    (tmp_path / "report.pdf").write_bytes(b"%PDF")
    questions = []

    def say_no():
        (question,) = [box for box in owner.findChildren(QMessageBox) if box.isVisible()]
        questions.append(question.text())
        question.button(QMessageBox.StandardButton.No).click()

    def take(dialog):
        dialog.selectFile(str(tmp_path / "report"))
        QTimer.singleShot(50, say_no)
        dialog.accept()
        dialog.reject()

    in_file_dialog(take)
    chosen = ask_target(owner, "Save", suggested=tmp_path / "x.pdf", kinds="PDF (*.pdf)")

    assert chosen is None
    assert "report.pdf" in questions[0]
