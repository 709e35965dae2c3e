"""Reports: all that the window does with them, put together in one place."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from fhc_desktop.domain.pregnancy.mean_hc import MeanHc
from fhc_desktop.gui.examination.controller import ExaminationController
from fhc_desktop.gui.filing.filing import Filing
from fhc_desktop.gui.filing.previewing import Previewing
from fhc_desktop.gui.filing.study_filing import StudyFiling
from fhc_desktop.gui.widgets.message_bar import MessageBar
from fhc_desktop.gui.window.settings_in_use import SettingsInUse


class Reports(QObject):
    """Filing what was accepted, and looking at it before."""

    def __init__(
        self,
        controller: ExaminationController,
        message_bar: MessageBar,
        *,
        settings: SettingsInUse,
        mean: Callable[[], MeanHc | None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.filing = Filing(
            controller,
            message_bar,
            settings=lambda: settings.present,
            change_settings=settings.change,
            mean=mean,
            parent=parent,
        )
        self.previewing = Previewing(controller, message_bar, mean=mean, parent=parent)
        self.study = StudyFiling(controller, message_bar, self.filing, mean=mean, parent=parent)
        self.filing.preview_wanted.connect(self.previewing.show)
        self.previewing.filing_wanted.connect(self.filing.ask)

    def preview(self) -> None:
        """Show the report of what is on the screen, accepted or not."""
        self.previewing.show(self.filing.wish)

    def set_deidentified(self, hidden: bool) -> None:  # noqa: FBT001 - a switch
        for part in (self.filing, self.previewing, self.study):
            part.set_deidentified(hidden)

    def close(self) -> bool:
        """End what runs; return whether it ended in time."""
        ended = [part.close() for part in (self.previewing, self.study, self.filing)]
        return all(ended)
