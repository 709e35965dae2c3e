"""SettingsInUse: the settings as they are now, written to their file at each change."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.storage.preferences.settings import Settings, save_settings, with_recent


class SettingsInUse(QObject):
    """What cannot be written holds all the same, as long as the window is open."""

    recent_changed = Signal(object)  # the files and places that were opened last
    failed = Signal(object)  # FhcError

    def __init__(self, settings: Settings, file: Path, *, parent: QObject) -> None:
        super().__init__(parent)
        self._present = settings
        self._file = file

    @property
    def present(self) -> Settings:
        return self._present

    def change(self, change: Callable[[Settings], Settings]) -> None:
        changed = change(self._present)
        if changed == self._present:
            return
        self._present = changed
        try:
            save_settings(changed, self._file)
        except FhcError as problem:
            self.failed.emit(problem)

    @Slot(object)
    def remember_opened(self, path: Path) -> None:
        self.change(lambda settings: with_recent(settings, path))
        self.recent_changed.emit(self._present.recent_files)

    @Slot(bool)
    def remember_fold(self, is_open: bool) -> None:  # noqa: FBT001 - a signal's
        self.change(lambda settings: replace(settings, lens_open=is_open))
