"""What an action may call: the commands of the window, without the window itself."""

from typing import Protocol

from fhc_desktop.gui.averaging.averaging import Averaging
from fhc_desktop.gui.browsing.browsing import Browsing
from fhc_desktop.gui.calibration.calibrating import Calibrating
from fhc_desktop.gui.cine.clip import Clip
from fhc_desktop.gui.examination.controller import ExaminationController
from fhc_desktop.gui.examination.log_again import LogAgain
from fhc_desktop.gui.growth.standards_in_use import StandardsInUse
from fhc_desktop.gui.image.frame_bar import FrameBar
from fhc_desktop.gui.image.image_view import ImageView
from fhc_desktop.gui.window.display_in_use import DisplayInUse
from fhc_desktop.gui.window.exports import Exports
from fhc_desktop.gui.window.log_windows import LogWindows
from fhc_desktop.gui.window.opening import Opening
from fhc_desktop.gui.window.reports import Reports
from fhc_desktop.gui.window.sections import Section
from fhc_desktop.gui.window.settings_in_use import SettingsInUse
from fhc_desktop.gui.window.unfinished_work import UnfinishedWork


class Commands(Protocol):
    """The parts that do things by themselves, and what takes several of them."""

    controller: ExaminationController
    image_view: ImageView
    display: DisplayInUse
    frame_bar: FrameBar
    clip: Clip
    averaging: Averaging
    log_windows: LogWindows
    browsing: Browsing
    opening: Opening
    exports: Exports
    reports: Reports
    scales: Calibrating
    standards: StandardsInUse
    settings: SettingsInUse
    logging_again: LogAgain
    unfinished: UnfinishedWork

    def open_next(self, step: int) -> None: ...

    def accept(self) -> None: ...

    def show_course(self) -> None: ...

    def toggle_panel(self) -> None: ...

    def show_section(self, section: Section) -> None: ...

    def toggle_deidentified_view(self) -> None: ...

    def show_keys(self) -> None: ...

    def show_about(self) -> None: ...

    def close(self) -> bool: ...
