"""MainWindow: puts the parts together and hands the one examination to each of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QPoint, QSettings, Qt, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.proposal import ModelIdentity
from fhc_desktop.domain.image.ultrasound_image import UltrasoundImage
from fhc_desktop.gui.averaging.averaging import Averaging
from fhc_desktop.gui.browsing.browsing import Browsing
from fhc_desktop.gui.calibration.calibrating import Calibrating
from fhc_desktop.gui.cine.clip import Clip
from fhc_desktop.gui.entrance.entrance import FIRST_SIZE, TITLE, keep_rooms
from fhc_desktop.gui.examination.controller import ExaminationController
from fhc_desktop.gui.examination.log_again import LogAgain
from fhc_desktop.gui.examination.repeat_content import repeated_words
from fhc_desktop.gui.examination.screen import Screen
from fhc_desktop.gui.growth.standards_in_use import StandardsInUse
from fhc_desktop.gui.image.image_view import ImageView
from fhc_desktop.gui.widgets.busy_bar import BusyBar
from fhc_desktop.gui.widgets.frame_pace import FramePace
from fhc_desktop.gui.widgets.lower_edge import LowerEdge
from fhc_desktop.gui.widgets.message_bar import MessageBar
from fhc_desktop.gui.widgets.tight import side_by_side, stacked
from fhc_desktop.gui.widgets.veil import Veil
from fhc_desktop.gui.window.about import AboutDialog
from fhc_desktop.gui.window.actions import SHORTCUTS
from fhc_desktop.gui.window.display_in_use import DisplayInUse
from fhc_desktop.gui.window.exports import Exports
from fhc_desktop.gui.window.header_number import HeaderNumber
from fhc_desktop.gui.window.hints import Hints
from fhc_desktop.gui.window.keyboard_dialog import KeyboardDialog
from fhc_desktop.gui.window.log_windows import LogWindows
from fhc_desktop.gui.window.menus import actions_of, fill_menus
from fhc_desktop.gui.window.opening import Opening
from fhc_desktop.gui.window.panel_wiring import connect_panel, connect_picture
from fhc_desktop.gui.window.recent_menu import RecentMenu
from fhc_desktop.gui.window.reports import Reports
from fhc_desktop.gui.window.sections import Section
from fhc_desktop.gui.window.settings_in_use import SettingsInUse
from fhc_desktop.gui.window.side_panel import SidePanel
from fhc_desktop.gui.window.start_page import StartPage
from fhc_desktop.gui.window.status_line import StatusLine
from fhc_desktop.gui.window.study_reports import StudyReports
from fhc_desktop.gui.window.top_row import TopRow
from fhc_desktop.gui.window.unfinished_work import UnfinishedWork
from fhc_desktop.gui.window.window_content import (
    Page,
    WindowContent,
    deidentified,
    window_content_after,
)
from fhc_desktop.storage.log.measurement_log import LogEntry
from fhc_desktop.storage.preferences.settings import Settings
from fhc_desktop.storage.preferences.standards import ChartFile
from fhc_desktop.workflow.accepting import UnansweredIdentity, UnansweredPregnancy
from fhc_desktop.workflow.browsing import is_catalogue
from fhc_desktop.workflow.reopening import is_report

_HEADER_BUTTONS = {"open": True, "undo": False, "redo": False, "accept": True, "export": True}
_NOT_ACCEPTED = FhcError(
    "Not accepted: an entry under “Patient and dating” is wrong.", "Correct it or empty its field."
)
_RULER_WAITS = FhcError(
    "Not accepted: the ruler on the image has no length yet.",
    "Type it beside the ruler, or put the ruler away with Esc.",
)


class MainWindow(QMainWindow):
    """The window; ``identity`` tells which weights are loaded, None while there are none."""

    def __init__(
        self,
        controller: ExaminationController,
        *,
        settings: Settings,
        settings_file: Path,
        identity: Callable[[], ModelIdentity | None],
        chart_files: tuple[ChartFile, ...] = (),
    ) -> None:
        # Longer than a function should be: it is the list of the window's parts, in one place.
        super().__init__()
        self.controller = controller
        self.settings = SettingsInUse(settings, settings_file, parent=self)
        self.identity = identity
        self.log_windows = LogWindows(
            controller.acceptances.questions,
            self,
            choice=lambda: controller.standards,
            readers=controller.readers,
            settings=lambda: self.settings.present,
            change_settings=self.settings.change,
        )
        self.logging_again = LogAgain(controller, self)
        self.opening = Opening(
            controller,
            start=self.settings.newest_folder,
            open_path=self.open,
            make_room=self._make_room,
            parent=self,
        )
        self._is_deidentified = self._came_from_list = False
        self._enabled: frozenset[str] | None = None
        self._shown: tuple[Screen, WindowContent] | None = None
        self._pace = FramePace(self._show, self)
        self.image_view, self.start_page = ImageView(), StartPage()
        self.browsing = Browsing(controller.readers, self)
        self._recent = RecentMenu()
        self.display = DisplayInUse(controller, self.image_view, parent=self)
        self.clip, self.averaging = Clip(controller, self), Averaging(controller, self)
        self.frame_bar, self.frames = self.clip.bar.frame_bar, self.clip.frames
        self.side_panel = SidePanel()
        self._veil = Veil(self.side_panel, heir=self.image_view)
        self.scales = Calibrating(
            controller, self.side_panel.calibration, self.image_view, parent=self
        )
        self.standards = StandardsInUse(
            controller, chart_files, change_settings=self.settings.change, parent=self
        )
        self.top_row = TopRow()
        self.header_number = HeaderNumber(self.side_panel)
        self.busy_bar, self.message_bar, self.status_line = BusyBar(), MessageBar(), StatusLine()
        self.actions_by_name = actions_of(self, self, self.image_view)
        self.clip.bar.take_actions(self.actions_by_name)
        self.exports = Exports(
            controller,
            self.message_bar,
            is_deidentified=lambda: self._is_deidentified,
            parent=self,
        )
        self.reports = Reports(
            controller,
            self.message_bar,
            settings=self.settings,
            mean=lambda: self.averaging.mean,
            opening=self.opening,
            make_room=self._make_room,
            parent=self,
        )
        readers, bar, check = controller.readers, self.message_bar, self.reports.check
        self.study_reports = StudyReports(readers, bar, check, open_image=self.open, owner=self)
        self.unfinished = UnfinishedWork(
            controller,
            self.start_page.unfinished,
            self.message_bar,
            make_room=self._make_room,
            parent=self,
        )
        self.unfinished.watch(self.logging_again)
        steps = {name: self.actions_by_name[name] for name in ("draw", "next_head", "ruler")}
        self.hints = Hints(controller, self.message_bar, **steps, parent=self)
        self._assemble()
        self._connect()
        self._show()

    def open(
        self,
        path: Path,
        *,
        keeps_message: bool = False,
        glimpse: UltrasoundImage | None = None,
    ) -> None:
        """Open an image or a report, or list what lies in a folder, a DICOMDIR or an archive.

        ``glimpse`` is the image's picture where that is being shown already.
        """
        if is_report(path):
            self.reports.check.check(path)
            return
        if is_catalogue(path):
            if not keeps_message:
                self.message_bar.hide()
            self.browsing.open(path)
            return
        if not self.study_reports.shows(path):
            self._make_room(keeps_message=keeps_message)
            self.controller.open(path, glimpse)

    def open_next(self, step: int) -> None:
        """Open the image that many places further in the list."""
        path = self.browsing.next_after(self.controller.exam, step)
        if path is not None:
            self.browsing.mark(path)
            self.open(path)

    def accept(self) -> None:
        """Accept what is on the screen, with what is still being typed."""
        self.message_bar.hide()  # it may say why this was refused before
        patient = self.side_panel.patient
        patient.commit()
        if patient.complaint:
            # Accepting would file the measurement without the entry that stands there.
            self.message_bar.show_problem(_NOT_ACCEPTED, is_nameless=True)
            self.side_panel.lead_to_wanted_entry()
            return
        if self.scales.ruler.is_awaited:
            self.message_bar.show_problem(_RULER_WAITS, is_nameless=True)
            return
        self.controller.accept()

    def toggle_panel(self) -> None:
        self.side_panel.setVisible(not self.side_panel.isVisible())

    def toggle_deidentified_view(self) -> None:
        """Hide or show the patient in all parts of the window; nothing of hers is changed."""
        hidden = self._is_deidentified = not self._is_deidentified
        self.actions_by_name["deidentified_view"].setChecked(hidden)
        self._recent.menuAction().setVisible(not hidden)
        # What is shown from elsewhere: a list, windows of their own, a message.
        elsewhere = (self.browsing, self.log_windows, self.message_bar)
        for part in (*elsewhere, self.reports, self.study_reports):
            part.set_deidentified(hidden)
        self._show()

    def show_section(self, section: Section) -> None:
        self.side_panel.show()
        self.side_panel.take_keys(section)

    def show_course(self) -> None:
        exam = self.controller.exam
        if exam is not None:
            self.log_windows.show_course(exam)

    @Slot(object)
    def _open_entry(self, entry: LogEntry) -> None:
        self.activateWindow()
        self._make_room()
        self.controller.open_entry(entry)

    def _make_room(self, *, keeps_message: bool = False) -> None:
        """Take away the last message, and the list; to it the way leads back if nothing opens."""
        if not keeps_message:
            self.message_bar.hide()
        self._came_from_list = self.browsing.is_shown
        self.browsing.leave()

    def show_keys(self) -> None:
        KeyboardDialog(self, SHORTCUTS).exec()

    def show_about(self) -> None:
        AboutDialog(self, self.identity()).exec()

    def _assemble(self) -> None:
        self.setWindowTitle(TITLE)
        self.resize(*FIRST_SIZE)
        self.setAcceptDrops(True)
        # Files are dropped on the window as a whole, wherever they fall.
        self.image_view.setAcceptDrops(False)
        self.image_view.viewport().setAcceptDrops(False)
        fill_menus(
            self.top_row.menus,
            self.actions_by_name,
            recent=self._recent,
            presets=self.display.presets,
        )
        self._recent.show_files(self.settings.present.recent_files)
        is_kept = self.settings.present.recent_files_kept
        self.actions_by_name["keep_recent"].setChecked(is_kept)
        self.top_row.add_number(self.header_number)
        for name, with_text in _HEADER_BUTTONS.items():
            self.top_row.add_button(self.actions_by_name[name], with_text=with_text)
        self.stage = QStackedWidget()
        self._pages: dict[Page, QWidget] = {
            Page.START: self.start_page,
            Page.IMAGE: self.image_view,
            Page.LIST: self.browsing.page,
        }
        for page in self._pages.values():
            self.stage.addWidget(page)
        image = LowerEdge(self.stage, self.message_bar)
        left = stacked((image, self.clip.bar, self.averaging.line), stretched=image)
        body = side_by_side(left, self.side_panel)
        self.setCentralWidget(stacked((self.top_row, self.busy_bar, body), stretched=body))
        self.setStatusBar(self.status_line)
        self.status_line.insertPermanentWidget(1, self.display.readout)
        geometry = QSettings().value("geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)
        self.side_panel.keep_standards_open(are_kept=self.settings.present.lens_open)

    def _connect(self) -> None:
        controller = self.controller
        controller.changed.connect(self._show)
        # The outline follows the hand by itself; numbers nobody could see are not made.
        controller.previewed.connect(self._pace.ask)
        controller.failed.connect(self._tell)
        controller.opened.connect(self.settings.remember_opened)
        controller.logged.connect(self.log_windows.refresh)
        controller.repeated.connect(self._tell_repeated)
        controller.not_opened.connect(self._lead_back)
        controller.leaving.connect(self.side_panel.patient.hand_over)
        controller.acceptances.caught_up.connect(self.log_windows.refresh)
        self.unfinished.failed.connect(self._tell)
        connect_picture(self.image_view, controller, self.hints)
        self.log_windows.open_again.connect(self._open_entry)
        self.log_windows.open_scan.connect(self.opening.ask)
        for part in (self.clip, self.averaging):
            part.changed.connect(self._show)
            part.failed.connect(self._tell)
        self._recent.chosen.connect(self.open)
        self.browsing.changed.connect(self._show)
        self.browsing.failed.connect(self.message_bar.show_problem)
        self.browsing.listed.connect(self.settings.remember_opened)
        self.browsing.image_wanted.connect(self.open)
        invitation = self.start_page.invitation
        invitation.folder_wanted.connect(self.opening.ask_place)
        invitation.open_wanted.connect(self.opening.ask)
        invitation.demonstration_wanted.connect(self.opening.open_demonstration)
        self.scales.failed.connect(controller.failed)
        self.scales.memory_changed.connect(self._show)
        self.settings.failed.connect(self.message_bar.show_problem)
        self.settings.recent_changed.connect(self._recent.show_files)
        self.settings.recent_said.connect(self.message_bar.show_hint)
        connect_panel(self.side_panel, self)
        controller.standards_changed.connect(self.log_windows.refresh)

    @Slot()
    def _show(self) -> None:
        self._pace.forget()
        present = replace(self.controller.screen, memory=self.scales.memory)
        screen = self.browsing.screen(self.averaging.screen(self.clip.screen(present)))
        content = window_content_after(self._shown, screen)
        self._shown = screen, content
        self._show_content(deidentified(content) if self._is_deidentified else content)

    def _show_content(self, content: WindowContent) -> None:
        self.stage.setCurrentWidget(self._pages[content.page])
        self.start_page.show_content(content.start, content.starting)
        if content.page is not Page.LIST:  # behind the list the picture waits as it was
            self.image_view.show_content(content.picture)
            self.display.show_content(content.picture)
        self.top_row.show_banner(content.banner)
        self.header_number.show_content(content.header)
        self.clip.show_content(content.clip, content.source)
        self.averaging.line.show_content(content.mean)
        self.side_panel.show_content(content.side)
        self._veil.cover(is_stale=content.is_stale)
        self.busy_bar.show_activity(content.activity)
        self.status_line.show_content(content.status)
        if content.enabled != self._enabled:
            self._enabled = content.enabled
            for name, action in self.actions_by_name.items():
                action.setEnabled(name in content.enabled)

    @Slot(object)
    def _tell(self, problem: FhcError) -> None:
        self.message_bar.show_problem(problem)
        if isinstance(problem, UnansweredPregnancy | UnansweredIdentity):
            self.side_panel.lead_to_wanted_entry()

    @Slot(object)
    def _lead_back(self, path: Path) -> None:
        """Show where the hand came from when an image could not be opened."""
        self.browsing.note_unopened(path)
        if self._came_from_list or self.controller.exam is None:
            self.browsing.show()

    @Slot(object)
    def _tell_repeated(self, at: datetime) -> None:
        words = repeated_words(at, is_deidentified=self._is_deidentified)
        self.message_bar.show_hint(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:  # nobody who had the keys wanted it
            super().keyPressEvent(event)
        elif self.message_bar.text:
            self.message_bar.dismiss()
        else:
            self.side_panel.fold_under_keys()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.open(Path(event.mimeData().urls()[0].toLocalFile()))

    def closeEvent(self, event: QCloseEvent) -> None:
        QSettings().setValue("geometry", self.window().saveGeometry())
        side_px = 0 if self.side_panel.isHidden() else self.side_panel.width()
        keep_rooms(self.stage.mapTo(self, QPoint()).y(), side_px)
        self.browsing.close()
        self.logging_again.close()
        self.clip.close()
        self.settings.close()
        self.reports.close()
        self.study_reports.close()
        self.controller.close()
        event.accept()
