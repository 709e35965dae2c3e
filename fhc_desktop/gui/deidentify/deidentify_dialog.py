"""DeidentifyDialog: every picture is looked at before a copy without the patient is saved."""

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QPushButton, QWidget

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.image.blanking import default_blanking
from fhc_desktop.gui.deidentify.blanking_view import BlankingView
from fhc_desktop.gui.deidentify.device_content import DeviceContent, question
from fhc_desktop.gui.image.frame_bar import FrameBar
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.background import Background
from fhc_desktop.gui.widgets.file_dialog import ask_folder
from fhc_desktop.gui.widgets.plain_dialog import PlainDialog, check_box, wrapped
from fhc_desktop.imaging.deidentification import Deidentification
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.workflow.examining import examine
from fhc_desktop.workflow.exporting import WrittenCopy, export_deidentified

_SIZE = (900, 700)
_SECONDS_TO_END = 2.0
_PROMISE = "I have looked at every picture to be exported: no name or number is left"
_EXPLANATION = (
    "Patient, places and identifiers are removed and dates moved. What is black here is black in "
    "the copy, in every frame. Drag over any text that is left; click a box and press Delete to "
    "take it away."
)

_WITHHELD = (
    "That went wrong. Why may name a file or a patient: leave the de-identified view "
    "(Ctrl+Shift+H) and try again to read it."
)


class DeidentifyDialog(PlainDialog):
    """Shows one file as its copy would be; ``written`` is the copy once it is saved.

    ``is_deidentified``: it is opened in the de-identified view and names no file. ``start`` is the
    folder in which it begins to ask where to.
    """

    def __init__(
        self,
        parent: QWidget | None,
        exam: Examination,
        readers: Readers,
        *,
        is_deidentified: bool = False,
        start: Path | None = None,
    ) -> None:
        super().__init__(parent)
        self._start = start
        self.written: WrittenCopy | None = None
        self._is_deidentified = is_deidentified
        self._exam = exam
        self._readers = readers
        self._shown = exam.image.source
        self._seen = {exam.image.source.frame}
        self._is_playing = False
        self._frames, self._saving = Background(self), Background(self)
        self.view = BlankingView()
        self.frame_bar = FrameBar()
        self.play = QPushButton("Show all frames in turn")
        self.remove = QPushButton("Remove box")
        self.restore = QPushButton("Boxes as proposed")
        self.devices = DeviceContent.of(exam.study, is_deidentified=is_deidentified)
        self.kept_names = {name: check_box(question(name)) for name in self.devices.asked}
        self.promise = check_box(_PROMISE)
        self.words = style.label(size_px=style.SMALL_PX, color=style.SECONDARY_TEXT)
        self._lay_out()
        self._connect()
        self.view.show_image(exam.image)
        self._propose_boxes()
        self._show_state()

    def choose_folder_and_save(self) -> None:
        folder = ask_folder(self, "Folder for the de-identified copy", start=self._start)
        if folder is not None:
            self.save(folder)

    def save(self, folder: Path) -> None:
        """Write the copy in the background; the dialog closes when it is there."""
        source, boxes = self._exam.image.source, self.view.boxes
        vouched = [name for name, box in self.kept_names.items() if box.isChecked()]
        export = Deidentification(self._readers.copies)
        self._say("Saving …")
        self._saving.start(
            lambda: export_deidentified(
                source.path,
                folder,
                export,
                blanked=boxes,
                looked_at=source.sha256,
                vouched=vouched,
            )
        )
        self._show_state()

    # Putting together ------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.setWindowTitle("Export de-identified")
        self.resize(*_SIZE)
        self.add_title("Look at every picture before it leaves")
        self.add_explanation(_EXPLANATION)
        self.view.setMinimumHeight(240)
        self.column.addWidget(self.view, stretch=1)
        self.column.addWidget(self.frame_bar)
        tools = QHBoxLayout()
        for button in (self.remove, self.restore, self.play):
            button.setAutoDefault(False)
            tools.addWidget(button)
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        tools.addWidget(self.words, stretch=1)
        self.column.addLayout(tools)
        if self.devices.said:
            self.column.addWidget(wrapped(self.devices.said, color=style.SECONDARY_TEXT))
        for box in self.kept_names.values():
            self.column.addWidget(box)
        self.column.addWidget(self.promise)
        standard = QDialogButtonBox.StandardButton
        self.buttons = self.add_buttons(standard.Save | standard.Cancel)
        self.save_button = self.buttons.button(standard.Save)
        self.save_button.setText("Save copy …")
        self.buttons.accepted.disconnect(self.accept)
        # The picture takes what room there is.
        self.column.setStretch(self.column.count() - 2, 0)
        self.remove.setEnabled(False)

    def _connect(self) -> None:
        self.buttons.accepted.connect(self.choose_folder_and_save)
        self.view.changed.connect(self._boxes_changed)
        self.view.chosen.connect(self.remove.setEnabled)
        self.remove.clicked.connect(self.view.remove_chosen)
        self.restore.clicked.connect(self._propose_boxes)
        self.play.clicked.connect(self._start_or_stop)
        self.promise.toggled.connect(self._show_state)
        self.frame_bar.frame_wanted.connect(self._load)
        self._frames.succeeded.connect(self._frame_arrived)
        self._frames.failed.connect(self._failed)
        self._saving.succeeded.connect(self._saved)
        self._saving.failed.connect(self._failed)

    # Showing ---------------------------------------------------------------------------------

    @Slot()
    def _propose_boxes(self) -> None:
        image = self._exam.image
        self.view.show_boxes(default_blanking(image.rows, image.columns, image.scan_boxes))

    @Slot()
    def _boxes_changed(self) -> None:
        # Each frame looks different now: what was promised was promised of something else.
        self._seen = {self._shown.frame}
        self.promise.setChecked(False)
        self._show_state()

    @Slot()
    def _start_or_stop(self) -> None:
        self._is_playing = not self._is_playing
        if self._is_playing:
            self._load(1)
        self._show_state()

    @Slot(int)
    def _load(self, frame: int) -> None:
        path, readers = self._exam.image.source.path, self._readers
        self._frames.start(lambda: examine(path, readers, frame=frame))

    @Slot(object)
    def _frame_arrived(self, exam: Examination) -> None:
        self._shown = exam.image.source
        if self._shown.sha256 == self._exam.image.source.sha256:
            self._seen.add(self._shown.frame)
        self.view.show_image(exam.image)
        self.frame_bar.show_source(exam.image.source)
        if self._is_playing and self._shown.frame < self._shown.frame_count:
            self._load(self._shown.frame + 1)
        else:
            self._is_playing = False
        self._show_state()

    @Slot()
    def _show_state(self) -> None:
        count = self._shown.frame_count
        unseen = count - len(self._seen)
        is_saving = self._saving.is_busy
        self.play.setVisible(count > 1)
        self.play.setText("Stop" if self._is_playing else "Show all frames in turn")
        self.promise.setEnabled(unseen == 0 and not is_saving)
        self.save_button.setEnabled(self.promise.isChecked() and not is_saving)
        if not is_saving and count > 1:
            self._say("all frames seen" if unseen == 0 else f"{unseen} of {count} frames not seen")
        if not self._frames.is_busy and self._shown is self._exam.image.source:
            self.frame_bar.show_source(self._exam.image.source)

    @Slot(object)
    def _saved(self, copy: WrittenCopy) -> None:
        self.written = copy
        self.accept()

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self._is_playing = False
        self._show_state()
        if not isinstance(error, FhcError):
            raise error
        said = _WITHHELD if self._is_deidentified else f"{error.problem} {error.remedy}"
        self._say(f"{style.ERROR_SIGN} {said}", color=style.ERROR)

    def _say(self, words: str, *, color: str = style.SECONDARY_TEXT) -> None:
        style.set_color(self.words, color)
        self.words.setText(words)

    # Qt --------------------------------------------------------------------------------------

    def done(self, result: int) -> None:
        self._frames.close(_SECONDS_TO_END)
        self._saving.close(_SECONDS_TO_END)
        super().done(result)
