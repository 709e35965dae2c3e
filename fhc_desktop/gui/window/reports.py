"""Reports: all that the window does with them, put together in one place."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from fhc_desktop.domain.pregnancy.mean_hc import MeanHc
from fhc_desktop.gui.examination.controller import ExaminationController
from fhc_desktop.gui.filing.report_check import ReportCheck
from fhc_desktop.gui.filing.telling import Telling
from fhc_desktop.gui.widgets.message_bar import MessageBar
from fhc_desktop.gui.window.opening import Opening
from fhc_desktop.gui.window.settings_in_use import SettingsInUse
from fhc_desktop.storage.preferences.settings import Settings

if TYPE_CHECKING:
    from fhc_desktop.gui.filing.filing import Filing
    from fhc_desktop.gui.filing.filing_content import FilingWish
    from fhc_desktop.gui.filing.previewing import Previewing
    from fhc_desktop.gui.filing.study_filing import StudyFiling

_INSTITUTION_HIDDEN = (
    "The institution is not shown here: leave the de-identified view (Ctrl+Shift+H) to change it."
)


class Part(Protocol):
    """What the window does with reports in one way."""

    def set_deidentified(self, hidden: bool) -> None: ...  # noqa: FBT001 - a switch

    def close(self) -> bool: ...


class Reports(QObject):
    """Filing what was accepted, looking at it before, and checking what was filed.

    Each part is made when it is first asked for: the first picture does not wait for it.
    """

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
        self._controller, self._message_bar = controller, message_bar
        self._settings, self._window = settings, parent
        self._is_deidentified = False
        self._telling = Telling(controller, settings=lambda: settings.present, mean=mean)
        self.check = ReportCheck(
            controller,
            message_bar,
            places=lambda: _places(settings.present, opening.folder),
            ask_image=opening.asked_path,
            make_room=make_room,
            parent=parent,
        )
        self._parts: list[Part] = [self.check]

    @cached_property
    def filing(self) -> "Filing":
        from fhc_desktop.gui.filing.filing import Filing  # noqa: PLC0415 - see the class

        filing = Filing(
            self._controller,
            self._message_bar,
            settings=lambda: self._settings.present,
            change_settings=self._settings.change,
            telling=self._telling,
            parent=self._window,
        )
        filing.preview_wanted.connect(self._show)
        self._keep(filing)
        return filing

    @cached_property
    def previewing(self) -> "Previewing":
        from fhc_desktop.gui.filing.previewing import Previewing  # noqa: PLC0415 - see the class

        previewing = Previewing(
            self._controller, self._message_bar, telling=self._telling, parent=self._window
        )
        previewing.filing_wanted.connect(self._ask)
        self._keep(previewing)
        return previewing

    @cached_property
    def study(self) -> "StudyFiling":
        from fhc_desktop.gui.filing.study_filing import StudyFiling  # noqa: PLC0415 - see the class

        study = StudyFiling(
            self._controller,
            self._message_bar,
            self.filing,
            telling=self._telling,
            parent=self._window,
        )
        self._keep(study)
        return study

    def preview(self) -> None:
        """Show the report of what is on the screen, accepted or not."""
        self.previewing.show(self.filing.wish)

    def ask_institution(self) -> None:
        """Ask whose reports they are; where names must not be seen, say so instead."""
        from fhc_desktop.gui.filing.institution_dialog import (  # noqa: PLC0415 - see the class
            InstitutionDialog,
            InstitutionWish,
        )

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

    @Slot(object, object)
    def _show(self, wish: "FilingWish", over: QWidget) -> None:
        self.previewing.show(wish, over)

    @Slot()
    def _ask(self) -> None:
        self.filing.ask()

    def _keep(self, part: Part) -> None:
        part.set_deidentified(self._is_deidentified)
        self._parts.append(part)

    def close(self) -> bool:
        """End what runs; return whether it ended in time."""
        # The newest first: a study is filed by what files a single report.
        ended = [part.close() for part in reversed(self._parts)]
        return all(ended)


def _places(settings: Settings, folder: Path | None) -> tuple[Path, ...]:
    """Return the folders that images were opened from, the one of the last dialog first."""
    asked = () if folder is None else (folder,)
    return (*asked, *(Path(file).parent for file in settings.recent_files))
