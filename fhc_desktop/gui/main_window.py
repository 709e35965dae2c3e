"""MainWindow: puts the parts together and hands the one examination to each of them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination import Examination, ModelIdentity, Proposal
from fhc_desktop.domain.geometry import Point
from fhc_desktop.gui import dialogs
from fhc_desktop.gui.actions import ACTIONS, ActionSpec, Menu, Scope
from fhc_desktop.gui.browsing import Browsing
from fhc_desktop.gui.busy_bar import BusyBar
from fhc_desktop.gui.controller import ExaminationController
from fhc_desktop.gui.deidentify_dialog import DeidentifyDialog
from fhc_desktop.gui.frame_bar import FrameBar
from fhc_desktop.gui.header import Header
from fhc_desktop.gui.icons import icon
from fhc_desktop.gui.image_view import ImageView, Tool
from fhc_desktop.gui.log_windows import LogWindows
from fhc_desktop.gui.message_bar import MessageBar
from fhc_desktop.gui.recent_menu import RecentMenu
from fhc_desktop.gui.side_panel import SidePanel
from fhc_desktop.gui.standard_keeper import StandardKeeper
from fhc_desktop.gui.start_page import StartPage
from fhc_desktop.gui.status_line import StatusLine
from fhc_desktop.reporting.content import ReportContent
from fhc_desktop.resources import resource
from fhc_desktop.storage.measurement_log import LogEntry, MeasurementLog
from fhc_desktop.storage.settings import Settings, save_settings, with_recent
from fhc_desktop.storage.standards import ChartFile
from fhc_desktop.workflow import UnansweredPregnancy, is_catalogue

TITLE = "FHC Desktop – for research use"
DEMONSTRATION = "demo/demo_head.png"
_FIRST_SIZE = (1366, 768)
_HEADER_BUTTONS = {"open": True, "undo": False, "redo": False, "accept": True, "export": True}
_NOT_ACCEPTED = FhcError(
    "Not accepted: an entry under “Patient and dating” is wrong.", "Correct it or empty its field."
)
_NO_HEAD = "The model found no head in this image."
_NOT_MEASURABLE = (
    "The model does not stand by the outline it found, so there is no number. "
    "Draw the outline by hand, or take another image."
)
_HINTS = {
    Tool.RULER: "Draw a line between two marks of known distance. Esc leaves the ruler.",
    Tool.DRAW: "Drag a box round the head, from corner to corner. Esc leaves the drawing.",
}


class MainWindow(QMainWindow):
    """The window; ``identity`` tells which weights are loaded, None while there are none."""

    controller: ExaminationController
    image_view: ImageView
    frame_bar: FrameBar
    browsing: Browsing
    standards: StandardKeeper

    def __init__(
        self,
        controller: ExaminationController,
        log: MeasurementLog | None,
        *,
        settings: Settings,
        settings_file: Path,
        identity: Callable[[], ModelIdentity | None],
        log_problem: FhcError | None = None,
        chart_files: tuple[ChartFile, ...] = (),
    ) -> None:
        super().__init__()
        self.controller = controller
        self._log = log
        self._settings = settings
        self._settings_file = settings_file
        self._identity = identity
        self.log_windows = LogWindows(
            log, self, choice=lambda: controller.standards, objection=log_problem
        )
        self._is_deidentified = False
        self.image_view = ImageView()
        self.start_page = StartPage()
        self.browsing = Browsing(self)
        self._recent = RecentMenu()
        self.frame_bar = FrameBar()
        self.side_panel = SidePanel()
        self.standards = StandardKeeper(
            controller, chart_files, change_settings=self._change_settings, parent=self
        )
        self.header = Header()
        self.busy_bar = BusyBar()
        self.message_bar = MessageBar()
        self.status_line = StatusLine(log_problem)
        self.actions_by_name = {spec.name: self._action(spec) for spec in ACTIONS}
        self._assemble()
        self._connect()
        self._show(None)

    def open(self, path: Path, *, keeps_message: bool = False) -> None:
        """Open an image, or list what lies in a folder, a DICOMDIR or an archive."""
        if not keeps_message:
            self.message_bar.hide()
        if is_catalogue(path):
            self.browsing.open(path)
            return
        self.browsing.leave()
        self.controller.open(path)

    def open_demonstration(self) -> None:
        self.open(resource(DEMONSTRATION))

    def ask_and_open(self) -> None:
        path = self._asked_path("Open an image")
        if path is not None:
            self.open(path)

    def ask_and_browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Open a folder or disc")
        if chosen:
            self.open(Path(chosen))

    def open_next(self, step: int) -> None:
        """Open the image that many places further in the list."""
        path = self.browsing.next_after(self.controller.exam, step)
        if path is not None:
            self.browsing.mark(path)
            self.open(path)

    def ask_and_open_for_same_patient(self) -> None:
        path = self._asked_path("Open an image of the same patient")
        if path is not None:
            self.message_bar.hide()
            self.controller.open_for_same_patient(path)

    def accept(self) -> None:
        """Accept what is on the screen, with what is still being typed."""
        self.message_bar.hide()  # it may say why this was refused before
        patient = self.side_panel.patient
        patient.commit()
        if patient.complaint:
            # Accepting would file the measurement without the entry that stands there.
            self.message_bar.show_problem(_NOT_ACCEPTED, is_nameless=True)
            return
        self.controller.accept()

    def ask_and_export(self) -> None:
        exam = self.controller.exam
        if exam is None:
            return
        name = (
            ReportContent.of(exam, exam.acceptance.at).suggested_name("pdf")
            if (exam.acceptance is not None)
            else "report.pdf"
        )
        chosen, _ = QFileDialog.getSaveFileName(self, "Export PDF", name, "PDF (*.pdf)")
        if chosen:
            self.controller.export_pdf(Path(chosen).with_suffix(".pdf"))

    def export_deidentified(self) -> None:
        exam = self.controller.exam
        if exam is None:
            return
        dialog = DeidentifyDialog(self, exam, is_deidentified=self._is_deidentified)
        dialog.exec()
        if dialog.written is not None:
            self.message_bar.show_saved("The de-identified copy", dialog.written)
        dialog.deleteLater()

    def ask_pixel_size(self) -> None:
        exam = self.controller.exam
        sides = dialogs.ask_pixel_size(self, None if exam is None else exam.manual_calibration)
        if sides is not None:
            self.controller.set_pixel_size(*sides)

    def toggle_panel(self) -> None:
        self.side_panel.setVisible(not self.side_panel.isVisible())

    def toggle_deidentified_view(self) -> None:
        """Hide or show the patient in all parts of the window; nothing of hers is changed."""
        hidden = self._is_deidentified = not self._is_deidentified
        self.actions_by_name["deidentified_view"].setChecked(hidden)
        panel = self.side_panel
        panel.calibration.set_deidentified(hidden)
        for part in (self.header, self.image_view, panel.patient, self.status_line, self.browsing):
            part.set_deidentified(hidden)
        self.log_windows.set_deidentified(hidden)
        self._recent.menuAction().setVisible(not hidden)
        self.message_bar.set_deidentified(hidden)
        self._show(self.controller.exam)

    def show_lens(self) -> None:
        self.side_panel.show()
        self.side_panel.show_lens()

    def show_log(self) -> None:
        self.log_windows.show_log()

    def show_course(self) -> None:
        exam = self.controller.exam
        if exam is not None:
            self.log_windows.show_course(exam)

    @Slot(object)
    def _open_entry(self, entry: LogEntry) -> None:
        self.activateWindow()
        self.message_bar.hide()
        self.browsing.leave()
        self.controller.open_entry(entry)

    def show_keys(self) -> None:
        shortcuts = [
            (spec.text.replace("&", ""), ", ".join(spec.keys)) for spec in ACTIONS if spec.keys
        ]
        dialogs.KeyboardDialog(self, shortcuts).exec()

    def show_about(self) -> None:
        dialogs.AboutDialog(self, self._identity()).exec()

    # Putting together ------------------------------------------------------------------------

    def _action(self, spec: ActionSpec) -> QAction:
        action = QAction(spec.text, self)
        if spec.icon:
            action.setIcon(icon(spec.icon))
        action.setToolTip(spec.tooltip)
        action.setCheckable(spec.is_switch)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        action.triggered.connect(lambda: spec.intent(self))
        if spec.scope is Scope.IMAGE:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self.image_view.addAction(action)
        else:
            self.addAction(action)
        return action

    def _assemble(self) -> None:
        self.setWindowTitle(TITLE)
        self.resize(*_FIRST_SIZE)
        self.setAcceptDrops(True)
        # Files are dropped on the window as a whole, wherever they fall.
        self.image_view.setAcceptDrops(False)
        self.image_view.viewport().setAcceptDrops(False)
        self._fill_menus()
        for name, with_text in _HEADER_BUTTONS.items():
            self.header.add_button(self.actions_by_name[name], with_text=with_text)
        self.stage = QStackedWidget()
        self.stage.addWidget(self.start_page)
        self.stage.addWidget(self.image_view)
        self.stage.addWidget(self.browsing.page)
        left, body, column = QVBoxLayout(), QHBoxLayout(), QVBoxLayout()
        for layout in (left, body, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        left.addWidget(self.message_bar)
        left.addWidget(self.stage, stretch=1)
        left.addWidget(self.frame_bar)
        body.addLayout(left, stretch=1)
        body.addWidget(self.side_panel)
        column.addWidget(self.header)
        column.addWidget(self.busy_bar)
        column.addLayout(body, stretch=1)
        central = QWidget()
        central.setLayout(column)
        self.setCentralWidget(central)
        self.setStatusBar(self.status_line)
        geometry = QSettings().value("geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)
        self.side_panel.setVisible(self._settings.panels_visible)
        self.side_panel.growth.set_open(is_open=self._settings.lens_open)
        self.side_panel.use_standards(self.controller.standards)

    def _fill_menus(self) -> None:
        menus = {menu: self.header.menus.addMenu(menu.value) for menu in Menu}
        for spec in ACTIONS:
            menus[spec.menu].addAction(self.actions_by_name[spec.name])
            if spec.name == "demonstration":
                menus[Menu.FILE].addMenu(self._recent)
                menus[Menu.FILE].addSeparator()
        self._recent.show_files(self._settings.recent_files)

    def _connect(self) -> None:
        controller, view = self.controller, self.image_view
        controller.changed.connect(self._show)
        controller.activity_changed.connect(self._show_activity)
        controller.failed.connect(self._tell)
        controller.opened.connect(self._remember)
        controller.proposed.connect(self._offer_drawing)
        controller.logged.connect(self.log_windows.refresh)
        controller.exported.connect(self._say_exported)
        view.outline_previewed.connect(controller.preview_outline)
        view.outline_committed.connect(controller.set_outline)
        view.outline_canceled.connect(controller.cancel_preview)
        view.ruler_drawn.connect(self._ask_ruler_length)
        view.tool_changed.connect(self._hint)
        self.log_windows.open_again.connect(self._open_entry)
        self.log_windows.open_scan.connect(self.ask_and_open)
        self.frame_bar.frame_wanted.connect(controller.open_frame)
        self._recent.chosen.connect(self.open)
        self.browsing.changed.connect(self._show_present)
        self.browsing.failed.connect(self.message_bar.show_problem)
        self.browsing.listed.connect(self._remember)
        self.browsing.image_wanted.connect(self.open)
        self.start_page.folder_wanted.connect(self.ask_and_browse)
        self.start_page.open_wanted.connect(self.ask_and_open)
        self.start_page.demonstration_wanted.connect(self.open_demonstration)
        self._connect_panel()

    def _connect_panel(self) -> None:
        controller, panel = self.controller, self.side_panel
        panel.patient.patient_entered.connect(controller.set_patient)
        panel.patient.exam_date_entered.connect(controller.set_exam_date)
        panel.patient.dating_entered.connect(controller.set_dating)
        panel.patient.dating_reason_entered.connect(controller.set_dating_reason)
        panel.patient.dating_in_force_wanted.connect(controller.use_dating_in_force)
        panel.patient.fetus_entered.connect(controller.set_fetus)
        panel.patient.kept.connect(controller.keep_entered)
        panel.patient.taken.connect(controller.take_from_file)
        panel.calibration.ruler_wanted.connect(self._start_ruler)
        panel.calibration.pixel_size_wanted.connect(self.ask_pixel_size)
        panel.calibration.depth_marks.confirmed.connect(controller.use_depth_marks)
        panel.calibration.file_calibration_wanted.connect(controller.use_file_calibration)
        panel.calibration.choice.chosen.connect(controller.choose_scale)
        panel.calibration.offer.remembering_wanted.connect(controller.remember_scale)
        panel.calibration.offer.taking_over_wanted.connect(controller.use_remembered_scale)
        controller.standards_changed.connect(panel.use_standards)
        panel.growth.chosen.connect(self.standards.take)
        panel.growth.managing_wanted.connect(self.standards.ask)
        panel.growth.folded.connect(self._remember_fold)

    # Showing ---------------------------------------------------------------------------------

    @Slot(object)
    def _show(self, exam: Examination | None) -> None:
        screen = self.browsing.screen(self.controller.screen)
        is_browsing = self.browsing.is_shown
        self.stage.setCurrentWidget(
            self.browsing.page
            if is_browsing
            else (self.start_page if exam is None else self.image_view)
        )
        self.start_page.show_activity(self._told(screen.activity) if exam is None else "")
        self.image_view.show_examination(exam)
        # Beside a list of patients nobody's numbers stand.
        for part in (self.header, self.frame_bar):
            part.show_examination(screen.exam)
        self.side_panel.show_examination(screen.exam, self.controller.known_pregnancies)
        self.frame_bar.setVisible(not is_browsing and self.frame_bar.has_frames)
        # An offer names the file that its scale was measured on.
        offered_for = None if self._is_deidentified else screen.exam
        self.side_panel.calibration.offer.show_memory(offered_for, self.controller.scale_memory)
        self._show_activity(screen.activity)

    @Slot()
    def _show_present(self) -> None:
        self._show(self.controller.exam)

    @Slot(object)
    def _tell(self, problem: FhcError) -> None:
        if self.controller.exam is None:
            self.browsing.show()  # where it came from
        self.message_bar.show_problem(problem)
        if isinstance(problem, UnansweredPregnancy):
            self.side_panel.lead_to_wanted_entry()

    @Slot(str)
    def _show_activity(self, _: str = "") -> None:
        screen = self.browsing.screen(self.controller.screen)
        activity = self._told(screen.activity)
        self.busy_bar.show_activity(activity)
        idle = "Choose an image from the list" if self.browsing.is_shown else ""
        self.status_line.show_screen(screen.exam, activity or idle)
        self.side_panel.measurement.show_activity(activity)
        if screen.exam is None:
            self.start_page.show_activity(activity)
        for spec in ACTIONS:
            self.actions_by_name[spec.name].setEnabled(spec.enabled_when(screen))

    def _told(self, activity: str) -> str:
        """Return what runs, without the name of the file while the patient is hidden."""
        return "Working …" if activity and self._is_deidentified else activity

    @Slot()
    def _start_ruler(self) -> None:
        self.image_view.set_tool(Tool.RULER)

    @Slot(object, object)
    def _ask_ruler_length(self, start_px: Point, end_px: Point) -> None:
        # The drawing hand's event must end before a dialog takes the next ones.
        QTimer.singleShot(0, self, lambda: self._calibrate_by_ruler(start_px, end_px))

    def _calibrate_by_ruler(self, start_px: Point, end_px: Point) -> None:
        length_mm = dialogs.ask_ruler_length(self)
        if length_mm is not None:
            self.controller.set_ruler(start_px, end_px, length_mm=length_mm)

    @Slot(object)
    def _hint(self, tool: Tool) -> None:
        if tool in _HINTS:
            self.message_bar.show_hint(_HINTS[tool])
        else:
            self.message_bar.hide()

    @Slot(object)
    def _remember(self, path: Path) -> None:
        self._change_settings(lambda settings: with_recent(settings, path))
        self._recent.show_files(self._settings.recent_files)

    @Slot(bool)
    def _remember_fold(self, is_open: bool) -> None:  # noqa: FBT001 - a signal's
        self._change_settings(lambda settings: replace(settings, lens_open=is_open))

    @Slot(object)
    def _offer_drawing(self, proposal: Proposal) -> None:
        exam = self.controller.exam
        if proposal.offered_outline_px is None and exam is not None and exam.outline_px is None:
            said = _NO_HEAD if proposal.outline_px is None else _NOT_MEASURABLE
            self.message_bar.show_step(said, self.actions_by_name["draw"])

    @Slot(object)
    def _say_exported(self, path: Path) -> None:
        self.message_bar.show_saved("The report", path)

    def _change_settings(self, change: Callable[[Settings], Settings]) -> None:
        changed = change(self._settings)
        if changed == self._settings:
            return
        self._settings = changed
        try:
            save_settings(self._settings, self._settings_file)
        except FhcError as problem:
            self.message_bar.show_problem(problem)

    def _asked_path(self, title: str) -> Path | None:
        chosen, _ = QFileDialog.getOpenFileName(self, title)
        return Path(chosen) if chosen else None

    # Qt --------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.open(Path(event.mimeData().urls()[0].toLocalFile()))

    def closeEvent(self, event: QCloseEvent) -> None:
        QSettings().setValue("geometry", self.saveGeometry())
        self.browsing.close()
        self.controller.close()
        event.accept()
