"""Where files and folders are asked for: Qt's own dialog, which leaves no path behind.

The system's dialogs keep what was chosen in lists of their own, which no program can keep from
them (Windows: OpenSavePidlMRU, GTK: recently-used.xbel, macOS: NSNavLastRootDirectory). Qt's keeps
history, last folder and sidebar in ``QtProject``, for all programs made with Qt and readable by
all users, and writes them when it is destroyed (QFileDialogPrivate::saveSettings).
"""

import re
from pathlib import Path

import shiboken6
from PySide6.QtCore import QCoreApplication, QDir, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

_SIZE = (800, 560)
_FIRST_PATTERN = re.compile(r"\*\.(\w+)")


def ask_file(
    parent: QWidget, title: str, *, start: Path | None = None, kinds: str = ""
) -> Path | None:
    """Return a file that exists, None where nobody chose; ``start`` None or gone is home."""
    dialog = _dialog(parent, title, start)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    if kinds:
        dialog.setNameFilter(kinds)
    return _chosen(dialog)


def ask_folder(parent: QWidget, title: str, *, start: Path | None = None) -> Path | None:
    dialog = _dialog(parent, title, start)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return _chosen(dialog)


def ask_target(parent: QWidget, title: str, *, suggested: Path, kinds: str) -> Path | None:
    """Return a name to write to; one that is taken was confirmed.

    A name without an ending gets that of the chosen kind here, before it is asked whether it is
    taken: added later, it could fall upon another file.
    """
    dialog = _dialog(parent, title, suggested.parent)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setNameFilter(kinds)
    dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(_suffix_of(kind)))
    dialog.setDefaultSuffix(_suffix_of(kinds))
    dialog.selectFile(suggested.name)
    return _chosen(dialog)


def _dialog(parent: QWidget, title: str, start: Path | None) -> QFileDialog:
    # Read when the dialog is made: as an option of the dialog it would come too late.
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    folder = QDir.homePath() if start is None or not QDir(str(start)).exists() else str(start)
    dialog = QFileDialog(parent, title, folder)
    dialog.resize(*_SIZE)
    return dialog


def _chosen(dialog: QFileDialog) -> Path | None:
    """Show a dialog, and destroy it when it has nothing left to tell of what was chosen."""
    sidebar = dialog.sidebarUrls()
    try:
        return Path(dialog.selectedFiles()[0]) if dialog.exec() else None
    finally:
        # The folder in which it stands is the one that it adds to the history it found.
        dialog.setDirectory(QDir.homePath())
        dialog.setSidebarUrls(sidebar)
        # At once: later, it would write the folder in which another dialog then stands.
        shiboken6.delete(dialog)


def _suffix_of(kind: str) -> str:
    """Return the first ending that a filter such as ``SVG (*.svg)`` names."""
    found = _FIRST_PATTERN.search(kind)
    return "" if found is None else found[1]
