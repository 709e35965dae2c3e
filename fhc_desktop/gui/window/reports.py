"""Reports: all that the window does with them, put together in one place."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from fhc_desktop.domain.pregnancy.mean_hc import MeanHc
from fhc_desktop.gui.examination.controller import ExaminationController
from fhc_desktop.gui.filing.filing import Filing
from fhc_desktop.gui.filing.institution_dialog import InstitutionDialog, InstitutionWish
from fhc_desktop.gui.filing.previewing import Previewing
from fhc_desktop.gui.filing.report_check import ReportCheck
from fhc_desktop.gui.filing.study_filing import StudyFiling
from fhc_desktop.gui.filing.telling import Telling
from fhc_desktop.gui.widgets.message_bar import MessageBar
from fhc_desktop.gui.window.opening import Opening
from fhc_desktop.gui.window.settings_in_use import SettingsInUse
from fhc_desktop.storage.preferences.settings import Settings

_INSTITUTION_HIDDEN = (
    "The institution is not shown here: leave the de-identified view (Ctrl+Shift+H) to change it."
)


class Reports(QObject):
    """Filing what was accepted, looking at it before, and checking what was filed."""

    def __init__(
        self,
        controller: ExaminationController,
        message_bar: MessageBar,
        *,
        settings: SettingsInUse,
        mean: Callable[[], MeanHc | None],
        opening: Opening,
        make_room: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._message_bar, self._settings, self._window = message_bar, settings, parent
        self._is_deidentified = False
        telling = Telling(controller, settings=lambda: settings.present, mean=mean)
        self.filing = Filing(
            controller,
            message_bar,
            settings=lambda: settings.present,
            change_settings=settings.change,
            telling=telling,
            parent=parent,
        )
        self.previewing = Previewing(controller, message_bar, telling=telling, parent=parent)
        self.study = StudyFiling(
            controller, message_bar, self.filing, telling=telling, parent=parent
        )
        self.check = ReportCheck(
            controller,
            message_bar,
            places=lambda: _places(settings.present, opening.folder),
            ask_image=opening.asked_path,
            make_room=make_room,
            parent=parent,
        )
        self._parts = (self.previewing, self.study, self.filing, self.check)
        self.filing.preview_wanted.connect(self.previewing.show)
        self.previewing.filing_wanted.connect(self.filing.ask)

    def preview(self) -> None:
        """Show the report of what is on the screen, accepted or not."""
        self.previewing.show(self.filing.wish)

    def ask_institution(self) -> None:
        """Ask whose reports they are; where names must not be seen, say so instead."""
        if self._is_deidentified:
            self._message_bar.show_hint(_INSTITUTION_HIDDEN)
            return
        dialog = InstitutionDialog(self._window, InstitutionWish.of(self._settings.present))
        dialog.wanted.connect(lambda wish: self._settings.change(wish.kept_in))
        dialog.present()

    def set_deidentified(self, hidden: bool) -> None:  # noqa: FBT001 - a switch
        self._is_deidentified = hidden
        for part in self._parts:
            part.set_deidentified(hidden)

    def close(self) -> bool:
        """End what runs; return whether it ended in time."""
        ended = [part.close() for part in self._parts]
        return all(ended)


def _places(settings: Settings, folder: Path | None) -> tuple[Path, ...]:
    """Return the folders that images were opened from, the one of the last dialog first."""
    asked = () if folder is None else (folder,)
    return (*asked, *(Path(file).parent for file in settings.recent_files))
