"""A monkey in a reader's window loses nothing that it drew, and stores what it accepted alone."""

import random

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from fhc_desktop.storage.reader_study.reads_file import kept_reads
from tests.gui.hand import PATIENCE_MS, Drag

pytestmark = pytest.mark.gui

NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
KEYS = Qt.Key
AT_THE_OUTLINE = (
    *((key, NONE) for key in (KEYS.Key_Left, KEYS.Key_Up, KEYS.Key_Plus, KEYS.Key_BracketLeft)),
    *((key, CTRL) for key in (KEYS.Key_Z, KEYS.Key_Y)),
    *((key, NONE) for key in (KEYS.Key_Delete, KEYS.Key_I, KEYS.Key_W, KEYS.Key_0)),
)
WAYS = (KEYS.Key_PageUp, KEYS.Key_PageUp, KEYS.Key_PageDown)
WORDS = (KEYS.Key_Return, KEYS.Key_Return, KEYS.Key_Return, KEYS.Key_X)


class Monkey:
    """Presses and drags, and remembers what it accepted and which outline it left where."""

    def __init__(self, seed, qtbot, read_as, folder):
        self.dice, self.qtbot, self.read_as, self.folder = (
            random.Random(seed),
            qtbot,
            read_as,
            folder,
        )
        self.said, self.left = [], {}
        self.window = read_as(folder)

    @property
    def reading(self):
        return self.window.reading

    def act(self):
        act = self.dice.choices(
            (self.draw, self.move, self.go, self.speak, self.come_again), (3, 6, 2, 3, 0.5)
        )[0]
        act()
        if self.dice.random() < 0.8:  # else the next comes while this is on its way
            self.look()

    def look(self):
        """Wait, and see that what is shown is what was left there."""
        self.qtbot.waitUntil(lambda: not self.reading.screen.activity, timeout=PATIENCE_MS)
        place, exam = self.reading.place, self.reading.exam
        if exam is not None and place in self.left:
            assert exam.outline_px == self.left[place]
        self.note()

    def note(self):
        # What is being stored or left has been noted already.
        if self.reading.exam is not None and not self.reading.screen.activity:
            self.left[self.reading.place] = self.reading.exam.outline_px

    def draw(self):
        view, dice = self.window.image_view, self.dice
        QTest.keyClick(view, KEYS.Key_D)
        size = view.size()
        start = QPoint(dice.randrange(size.width()), dice.randrange(size.height()))
        Drag(view, start).by(dice.randrange(-300, 300), dice.randrange(-300, 300)).drop()
        self.note()

    def move(self):
        QTest.keyClick(self.window.image_view, *self.dice.choice(AT_THE_OUTLINE))
        self.note()

    def go(self):
        QTest.keyClick(self.window.image_view, self.dice.choice(WAYS))

    def speak(self):
        key, place, exam = self.dice.choice(WORDS), self.reading.place, self.reading.exam
        name = "unmeasurable" if key is KEYS.Key_X else "accept"
        is_heard = self.window.actions_by_name[name].isEnabled()
        QTest.keyClick(self.window.image_view, key)
        if is_heard:
            outline_px = None if key is KEYS.Key_X else exam.outline_px
            self.said.append((place, outline_px))
            self.left[place] = outline_px

    def come_again(self):
        assert self.window.close()
        self.window = self.read_as(self.folder)


def check(seed, steps, qtbot, read_as, folder):
    monkey, before = Monkey(seed, qtbot, read_as, folder), b""
    path = folder.reads_path("A")
    for _ in range(steps):
        monkey.act()
        after = path.read_bytes() if path.exists() else b""
        assert after.startswith(before)
        before = after
    monkey.look()
    assert monkey.window.close()
    found = kept_reads(path)
    assert [(read.place, read.outline_px) for read in found.reads] == monkey.said
    assert found.torn_lines == ()


@pytest.mark.parametrize("seed", range(2))
def test_that_a_monkey_loses_nothing(qtbot, read_as, folder, seed):
    check(seed, 50, qtbot, read_as, folder)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(100, 130))
def test_that_many_monkeys_lose_nothing(qtbot, read_as, folder, seed):
    check(seed, 300, qtbot, read_as, folder)
