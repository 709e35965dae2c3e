"""A monkey at mouse and keys breaks and loses nothing, and logs what it accepted and no more."""

import random
from contextlib import closing

import pydicom
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fhc_desktop.domain.examination.draft import Progress
from fhc_desktop.domain.fetus import FETUS_LABELS, Fetus
from fhc_desktop.storage.log.measurement_log import MeasurementLog
from tests.gui.hand import PATIENCE_MS, Drag, settle
from tests.heads import small_phantom, write_dicom, write_pixel_size_table, write_png
from tests.storage.log_examples import raw_connection

pytestmark = pytest.mark.gui

NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
KEYS = Qt.Key
OUTLINE_KEYS = (
    *(KEYS.Key_Left, KEYS.Key_Right, KEYS.Key_Up, KEYS.Key_Down),
    *(KEYS.Key_Plus, KEYS.Key_Minus, KEYS.Key_BracketLeft, KEYS.Key_BracketRight),
)
# No key that waits for an answer in a dialog, as the ruler does: nobody would give it.
STEPS = (
    *((key, NONE) for key in OUTLINE_KEYS),
    *((key, CTRL) for key in (KEYS.Key_Z, KEYS.Key_Z, KEYS.Key_Y, KEYS.Key_R)),
    *((key, NONE) for key in (KEYS.Key_Delete, KEYS.Key_D, KEYS.Key_Escape)),
    *((key, NONE) for key in (KEYS.Key_I, KEYS.Key_W, KEYS.Key_G, KEYS.Key_S, KEYS.Key_O)),
)
WAYS = (
    *((key, NONE) for key in (KEYS.Key_PageDown, KEYS.Key_PageDown, KEYS.Key_PageUp)),
    *((key, NONE) for key in (KEYS.Key_Comma, KEYS.Key_Period, KEYS.Key_Period, KEYS.Key_F8)),
    *((key, NONE) for key in (KEYS.Key_F4, KEYS.Key_F6, KEYS.Key_F7)),
    *((key, NONE) for key in (KEYS.Key_F9, KEYS.Key_F9, KEYS.Key_0)),
    *((key, NONE) for key in (KEYS.Key_Space, KEYS.Key_Home, KEYS.Key_End)),
    *((key, CTRL) for key in (KEYS.Key_U, KEYS.Key_M)),
    (KEYS.Key_M, CTRL | Qt.KeyboardModifier.ShiftModifier),
    (KEYS.Key_H, CTRL | Qt.KeyboardModifier.ShiftModifier),
)
TEXTS = ("17", "18", "Erika", "Zoe", "2026-05-20", "2026-01-01", "20w3d", "soon", "")


@pytest.fixture
def scans(tmp_path):
    """A folder with three images, of which one has no scale, a loop, and a file that is none."""
    place = tmp_path / "scans"
    place.mkdir()
    for seed in (1, 2, 3):
        write_png(small_phantom(seed=seed), place / f"{seed}.png")
    write_pixel_size_table(place, {"1.png": 0.56, "2.png": 0.4})
    loop = write_dicom(small_phantom(seed=4), place / "4.dcm")
    dataset = pydicom.dcmread(loop)
    frames = [small_phantom(seed=seed).gray.tobytes() for seed in (4, 5, 6)]
    dataset.NumberOfFrames, dataset.PixelData = len(frames), b"".join(frames)
    dataset.save_as(loop)
    (place / "5.png").write_bytes(b"no picture")
    return place


class Monkey:
    """Does one thing after another at a window, and looks after each whether all is well."""

    def __init__(self, qtbot, start, folders, scans, seed):
        self._qtbot, self._start = qtbot, start
        self._random = random.Random(seed)
        self._files = sorted(scans.iterdir())
        self._scans = scans
        self._seen = set()
        self._window = self.started()
        self._data = folders.data
        self._log = raw_connection(folders.data)
        self._rows = 0
        self._written_later = []
        self._doings = (
            (40, self.change_by_key),
            (12, self.drag),
            (10, self.type),
            (8, self.name_fetus),
            (2, self.give_scale),
            (6, self.accept),
            (3, self.go_by_key),
            (2, self.open_section),
            (1.5, self.open_file),
            (0.5, self.open_for_same_patient),
            (0.3, self.open_folder),
            (0.7, self.open_row),
            (1, self.read_again),
            (0.2, self.crash),
        )

    def play(self, events):
        weights, doings = zip(*self._doings, strict=True)
        for doing in self._random.choices(doings, weights, k=events):
            before = self.drafts()
            self._seen = {self._window.controller.draft_key, *self._written_later}
            doing()
            QApplication.processEvents()
            if self._random.random() < 0.1:  # otherwise it goes on while something is being opened
                self.wait()
                self.find_something_to_do()
            self.look(doing, before)
        self.wait()
        self.crash()
        self._log.close()

    def started(self):
        window = self._start()
        window.controller.changed.connect(lambda: self._seen.add(window.controller.draft_key))
        return window

    def drafts(self):
        return {draft.key: draft for draft in self._window.controller.desk.unfinished}

    # What it does ------------------------------------------------------------------------------

    def press(self, key, modifiers=NONE):
        window = self._window
        place = window.browsing.tree if window.browsing.is_shown else window.image_view
        place.setFocus()
        QTest.keyClick(place, key, modifiers)

    def change_by_key(self):
        self.press(*self._random.choice(STEPS))

    def go_by_key(self):
        self.press(*self._random.choice(WAYS))

    def drag(self):
        view = self._window.image_view
        if view.isVisible():
            ends = [self.place_in(view) for _ in range(2)]
            button = self._random.choice((Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton))
            Drag(view, ends[0], button=button).to(ends[1]).drop()

    def place_in(self, view):
        size = view.viewport().size()
        return QPoint(self._random.randrange(size.width()), self._random.randrange(size.height()))

    def type(self):
        panel = self._window.side_panel.patient
        fields = (panel.identifier, panel.name, panel.exam_date, panel.dating, panel.fetus.position)
        line = self._random.choice(fields).line
        if line.isVisible() and line.isEnabled():
            line.setFocus()
            line.selectAll()
            QTest.keyClicks(line, self._random.choice(TEXTS))
            if self._random.random() < 0.6:
                QTest.keyClick(line, KEYS.Key_Return)

    def name_fetus(self):
        self._window.controller.set_fetus(Fetus(self._random.choice(("", *FETUS_LABELS[:2]))))

    def give_scale(self):
        self._window.scales.set_pixel_size(*[self._random.choice((0.3, 0.5))] * 2)

    def accept(self):
        """Accept, and now and then do the next thing before the row is written."""
        self._written_later.append(self._window.controller.draft_key)
        self.press(KEYS.Key_Return)
        if self._random.random() < 0.5:
            settle(self._window)

    def open_section(self):
        line = self._random.choice(list(self._window.side_panel.summaries.values()))
        QTest.mouseClick(line, Qt.MouseButton.LeftButton)

    def open_file(self):
        self._window.open(self._random.choice(self._files))

    def open_for_same_patient(self):
        self._window.controller.open_for_same_patient(self._random.choice(self._files))

    def open_folder(self):
        self._window.open(self._scans)

    def open_row(self):
        with closing(MeasurementLog.open(self._data)) as log:
            found = log.entries()
        if found:
            self._window.controller.open_entry(self._random.choice(found))

    def read_again(self):
        choice = self._window.side_panel.repeat.choice
        if choice.isVisible():
            choice.click()

    def continue_unfinished(self):
        unfinished = self._window.start_page.unfinished
        if unfinished.isVisible():
            unfinished.rows.setCurrentRow(self._random.randrange(unfinished.rows.count()))
            unfinished.go_on.click()

    def find_something_to_do(self):
        """Open something where no image is open."""
        if self._window.controller.exam is None or self._window.browsing.is_shown:
            ways = (self.open_file, self.open_file, self.continue_unfinished)
            self._random.choice(ways)()
            self.wait()

    def wait(self):
        window = self._window
        self._qtbot.waitUntil(
            lambda: not (window.controller.screen.activity or window.browsing.activity),
            timeout=PATIENCE_MS,
        )

    def crash(self):
        """End the program without a word, a second after the last change, and begin it again."""
        self.wait()
        settle(self._window)
        before = self.drafts()
        desk = self._window.controller.desk
        assert desk.flush()
        # The window lives on in this process: what it still does reaches no disk, and no clip of it
        # takes the decoder from the next one.
        desk.close()
        self._window.clip.close()
        self._window = self.started()
        after = self.drafts()
        assert after.keys() == before.keys()
        assert [after[key].present for key in after] == [before[key].present for key in after]
        assert [after[key].display for key in after] == [before[key].display for key in after]
        assert [after[key].progress for key in after] == [before[key].progress for key in after]

    # What must be true ---------------------------------------------------------------------------

    def look(self, doing, before):
        window = self._window
        if doing != self.crash:
            self.assert_no_other_draft_changed(before)
        is_written = window.controller.acceptances.questions.is_idle
        rows = self._log.execute("SELECT entry_id FROM entry").fetchall()
        assert self._rows <= len(rows) <= self._rows + len(self._written_later), doing
        if is_written:  # what was accepted before counts no longer
            self._rows = len(rows)
            self._written_later.clear()
        exam = window.controller.exam
        if exam is not None and exam.acceptance is not None:
            assert (exam.acceptance.entry_id,) in rows
        # While another image is read the numbers of the one before stand there, dimmed.
        if exam is not None and window.stage.currentWidget() is window.image_view:
            self.assert_numbers_are_those_of(exam)

    def assert_no_other_draft_changed(self, before):
        after = self.drafts()
        others = before.keys() - self._seen
        for key in others - after.keys():
            self.assert_logged_by_now(before[key])
        assert all(after[key] is before[key] for key in others & after.keys())
        assert all(draft.progress is not Progress.NOT_LOGGED for draft in after.values())

    def assert_logged_by_now(self, draft):
        """An older row was changed to what its successor says: there is nothing left to do."""
        exam, said = self._window.controller.exam, draft.present
        assert exam.acceptance.entry_id is not None
        vouched = exam.acceptance.facts
        assert (vouched.outline_px, vouched.patient) == (said.outline_px, said.patient)
        assert (vouched.exam_date, vouched.dating) == (said.exam_date, said.dating)
        assert (vouched.fetus, vouched.standard_key) == (said.fetus, said.standard_key)

    def assert_numbers_are_those_of(self, exam):
        shown = self._window.side_panel.measurement.hc_text
        if self._window.clip.playback.picture is not None:
            assert shown == "–"
        elif exam.measurement is not None:
            assert shown == f"{exam.measurement.hc_mm:.1f} mm"
        elif exam.outline_px is not None:
            assert shown == f"{exam.outline_px.perimeter:.1f} px"
        else:
            assert shown == "–"


def test_that_two_thousand_events_break_and_lose_nothing(qtbot, start, folders, scans):
    Monkey(qtbot, start, folders, scans, seed=0).play(2_000)


@pytest.mark.slow
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("seed", range(1, 11))
def test_that_twenty_thousand_events_break_and_lose_nothing(qtbot, start, folders, scans, seed):
    Monkey(qtbot, start, folders, scans, seed).play(20_000)
