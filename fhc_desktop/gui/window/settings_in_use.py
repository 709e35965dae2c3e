"""SettingsInUse: the settings as they are now, written to their file at each change."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.gui.widgets.background import Background
from fhc_desktop.storage.preferences.settings import (
    Settings,
    discard_broken,
    save_settings,
    with_recent,
    without_recent,
    without_recent_from_now_on,
)

_SECONDS_FOR_THE_WORKER = 10.0
KEPT_AGAIN = "Recent files are kept from now on, in your settings file, which only you can read."


class SettingsInUse(QObject):
    """What cannot be written holds all the same, as long as the window is open.

    A disk may take its time, and an image that is opened waits for none: which one it was is
    written behind the window's back. What was chosen, or is to be forgotten, is written at once.
    """

    recent_changed = Signal(object)  # the files and places that were opened last
    recent_said = Signal(str)  # that they were cleared or switched, in words that name no file
    failed = Signal(object)  # FhcError

    def __init__(self, settings: Settings, file: Path, *, parent: QObject) -> None:
        super().__init__(parent)
        self._present = settings
        self._file = file
        self._writing = threading.Lock()
        self._saving = Background(self)
        self._saving.failed.connect(self._tell)

    @property
    def present(self) -> Settings:
        return self._present

    @property
    def file(self) -> Path:
        """Where the settings are written."""
        return self._file

    @property
    def newest_folder(self) -> Path | None:
        """Where the newest recent file lies."""
        files = self._present.recent_files
        return Path(files[0]).parent if files else None

    def change(self, change: Callable[[Settings], Settings]) -> None:
        changed = change(self._present)
        if changed == self._present:
            return
        self._present = changed
        self._is_saved()

    def close(self) -> None:
        """Write what is still to be written."""
        is_owed = self._saving.is_busy
        self._saving.close(_SECONDS_FOR_THE_WORKER)
        if is_owed:
            self._is_saved()

    def forget_recent(self) -> None:
        """Clear the recent files, here and on the disk, and say so."""
        count = len(self._present.recent_files)
        self._forget(without_recent, cleared_words(count))

    def switch_recent(self) -> None:
        """Keep no recent files any more, nor those there are; or keep them again."""
        if self._present.recent_files_kept:
            count = len(self._present.recent_files)
            self._forget(without_recent_from_now_on, no_longer_kept_words(count))
            return
        self._present = replace(self._present, recent_files_kept=True)
        if self._is_saved():
            self.recent_said.emit(KEPT_AGAIN)

    @Slot(object)
    def remember_opened(self, path: Path) -> None:
        changed = with_recent(self._present, path)
        if changed != self._present:
            self._present = changed
            self._saving.start(lambda: self._save(changed))
        self.recent_changed.emit(self._present.recent_files)

    @Slot(bool)
    def remember_fold(self, is_open: bool) -> None:  # noqa: FBT001 - a signal's
        self.change(lambda settings: replace(settings, lens_open=is_open))

    def _forget(self, change: Callable[[Settings], Settings], words: str) -> None:
        self._present = change(self._present)
        self.recent_changed.emit(self._present.recent_files)
        # Written also where nothing changed: another window may have added some since.
        if self._is_saved() and self._is_done(lambda: discard_broken(self._file)):
            self.recent_said.emit(words)

    def _is_saved(self) -> bool:
        return self._is_done(lambda: self._save(self._present))

    def _save(self, settings: Settings) -> None:
        with self._writing:
            if settings is self._present:  # else newer ones were written, or will be
                save_settings(settings, self._file)

    @Slot(object)
    def _tell(self, error: Exception) -> None:
        if not isinstance(error, FhcError):
            raise error  # our own fault: the excepthook's matter
        self.failed.emit(error)

    def _is_done(self, deed: Callable[[], None]) -> bool:
        try:
            deed()
        except FhcError as problem:
            self.failed.emit(problem)
            return False
        return True


def cleared_words(count: int) -> str:
    """Return what is said once recent files were cleared; the images themselves are not touched."""
    if count == 0:
        return "There are no recent files left."
    return f"{_counted(count)} cleared. The images stay where they are."


def no_longer_kept_words(count: int) -> str:
    cleared = f" {_counted(count)} cleared; the images stay where they are." if count else ""
    return f"Recent files are no longer kept.{cleared}"


def _counted(count: int) -> str:
    return "1 recent file was" if count == 1 else f"{count} recent files were"
