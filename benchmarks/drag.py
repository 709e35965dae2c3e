"""What a move of the hand at the outline costs, against a bare view of the same picture.

    python benchmarks/drag.py [--runs N] [--moves N] [--computing NAME ...]

The real window, 1920 x 1080, holds a drawn head of 1920 x 1080 pixels with patient, dating, three
standards side by side, growth chart and remarks; mouse events drag its outline by a handle. The
bare view has the size of the window's image view, its picture and its render hints, and one
ellipse that the same mouse events drag. Both take turns in one process, so that a slower spell of
the machine meets both. Times are process CPU time, which other work on the machine hardly changes;
figures are medians of fresh processes.

The hand moves as soon as the move before is painted. The outline follows each move, the numbers
once a screen frame: beside all moves stand those alone that brought their numbers.

Computing is the time inside the functions named by ``--computing``, outermost call only; updating
is the rest of handling the mouse event and the layouts that follow; painting is the rest of what
waits after it.

Then the right button is dragged over the picture: a move of level and width paints the whole scan
anew, once a screen frame.

Run from the root of the project: the drawn head is that of the tests.
"""

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image  # noqa: E402
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, QSettings, Qt  # noqa: E402
from PySide6.QtGui import QColor, QMouseEvent, QPen  # noqa: E402
from PySide6.QtWidgets import (  # noqa: E402
    QApplication,
    QFrame,
    QGraphicsEllipseItem,
    QGraphicsPixmapItem,
    QGraphicsScene,
    QGraphicsView,
    QScrollArea,
    QWidget,
)
from stopwatch import Stopwatch  # noqa: E402

from fhc_desktop.domain.confidence import Confidence, Grade, IntervalRule  # noqa: E402
from fhc_desktop.domain.dating.gestation import Dating  # noqa: E402
from fhc_desktop.domain.image.geometry import Ellipse, Handle  # noqa: E402
from fhc_desktop.domain.patient import Patient  # noqa: E402
from fhc_desktop.gui.application import build_window  # noqa: E402
from fhc_desktop.gui.widgets import style  # noqa: E402
from fhc_desktop.gui.widgets.qt_application import make_application  # noqa: E402
from fhc_desktop.gui.window.main_window import MainWindow  # noqa: E402
from fhc_desktop.imaging.readers import Readers  # noqa: E402
from fhc_desktop.storage.preferences.folders import Folders  # noqa: E402
from tests.fakes import FakeSegmenter  # noqa: E402
from tests.heads import write_pixel_size_table  # noqa: E402
from tests.phantom import draw_phantom  # noqa: E402

COMPUTING = (
    "fhc_desktop.domain",
    "fhc_desktop.reporting.content",
    "fhc_desktop.gui.examination.availability",
    "fhc_desktop.gui.window.window_content",
)
PARTS = ("image", "chart", "panels", "rest of the window")
COUNTED = ("hc_at", "measure_head", "calibration")
COLUMNS, ROWS = 1920, 1080
OUTLINE_PX = Ellipse(960.0, 584.0, 452.0, 346.0, math.radians(4.0))
MM_PER_PIXEL = 0.07
EXAM_DATE, LMP = date(2026, 1, 15), date(2025, 8, 13)
RULE = IntervalRule(0.9, (100.0, 300.0), (1.5, 1.0), 1.0, 0.01, 0.1, heads=161)
DOUBT = Confidence(
    Grade.LOOK_AGAIN, ("part of the skull is not seen",), expected_error=0.01, rule=RULE
)

WARM_UP, OBSERVED, BLOCK = 50, 50, 10
PATIENCE_S, SETTLE_S = 60.0, 0.5
REACH_PX, STEP_PX = 30, 3
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


@dataclass(frozen=True, slots=True)
class Move:
    """What one move took, in milliseconds."""

    computing_ms: float
    updating_ms: float
    painting_ms: float

    @property
    def whole_ms(self) -> float:
        return self.computing_ms + self.updating_ms + self.painting_ms


ROWS_OF_A_MOVE: dict[str, Callable[[Move], float]] = {
    "computing": lambda move: move.computing_ms,
    "updating the widgets": lambda move: move.updating_ms,
    "painting": lambda move: move.painting_ms,
    "**the whole move**": lambda move: move.whole_ms,
}


class Hand:
    """Holds what lies at a place of a view, and moves it back and forth along a line."""

    def __init__(
        self,
        view: QGraphicsView,
        place: QPointF,
        watch: Stopwatch,
        button: Qt.MouseButton = LEFT,
    ) -> None:
        self._viewport, self._start, self._watch = view.viewport(), place, watch
        self._button = button
        self._offset_px, self._step_px = 0, STEP_PX
        self._send(QEvent.Type.MouseButtonPress, button)

    def move(self) -> Move:
        if abs(self._offset_px + self._step_px) > REACH_PX:
            self._step_px = -self._step_px
        self._offset_px += self._step_px
        self._watch.take()
        started = time.process_time()
        self._send(QEvent.Type.MouseMove, Qt.MouseButton.NoButton)
        computing = self._watch.take()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        handled = time.process_time()
        # Twice: what the first round asks for, the second does.
        QApplication.processEvents()
        QApplication.processEvents()
        painted = time.process_time()
        later = self._watch.take()
        return Move(
            1e3 * (computing + later),
            1e3 * (handled - started - computing),
            1e3 * (painted - handled - later),
        )

    def drop(self) -> None:
        self._send(QEvent.Type.MouseButtonRelease, self._button, held=Qt.MouseButton.NoButton)

    def _send(
        self, kind: QEvent.Type, button: Qt.MouseButton, *, held: Qt.MouseButton | None = None
    ) -> None:
        held = self._button if held is None else held
        at = self._start + QPointF(self._offset_px, 0)
        none = Qt.KeyboardModifier.NoModifier
        event = QMouseEvent(kind, at, self._viewport.mapToGlobal(at), button, held, none)
        QApplication.sendEvent(self._viewport, event)


class PaintClock(QObject):
    """Tells how long each part of the window is painted: from its paint event to the next one."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        panel = window.side_panel
        self._places = dict(zip(PARTS, (window.image_view, panel.chart, panel), strict=False))
        self._part, self._since = "", 0.0
        self.spent_s: Counter[str] = Counter()
        self.events: Counter[str] = Counter()
        for widget in (window, *window.findChildren(QWidget)):
            widget.installEventFilter(self)

    def stop(self) -> None:
        """End the part that was painted last."""
        now = time.process_time()
        self.spent_s[self._part] += now - self._since
        self._since, self._part = now, ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's
        if event.type() is QEvent.Type.Paint and isinstance(watched, QWidget):
            self.stop()
            self._part = self._part_of(watched)
            self.events[self._part] += 1
        return False

    def _part_of(self, widget: QWidget) -> str:
        found = (
            name for name, at in self._places.items() if at is widget or at.isAncestorOf(widget)
        )
        return next(found, PARTS[-1])


def opened_window(folder: Path) -> MainWindow:
    """Return the window on a head that was proposed, with everything in sight that can be."""
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(folder))
    gray = draw_phantom(OUTLINE_PX, rows=ROWS, columns=COLUMNS, seed=1)
    Image.fromarray(gray).save(folder / "head.png")
    write_pixel_size_table(folder, {"head.png": MM_PER_PIXEL})
    proposer = FakeSegmenter(OUTLINE_PX, confidence=DOUBT)
    window = build_window(Folders(folder / "data", folder / "config"), proposer, Readers())
    window.resize(COLUMNS, ROWS)
    window.show()
    window.open(folder / "head.png")
    controller = window.controller
    wait_until(lambda: controller.exam is not None and controller.exam.proposal is not None)
    controller.set_patient(Patient("H-2041", "Example, Anna"))
    controller.set_exam_date(EXAM_DATE)
    controller.set_dating(Dating.from_lmp(LMP))
    window.side_panel.chart.draw_now()
    settle()
    return window


def bring_chart_into_sight(window: MainWindow) -> None:
    chart = window.side_panel.chart
    for area in window.side_panel.findChildren(QScrollArea):
        if area.isAncestorOf(chart):
            area.ensureWidgetVisible(chart)
    QApplication.processEvents()


def bare_view(like: QGraphicsView) -> QGraphicsView:
    """Return a view of the same size, picture and hints, and one ellipse that can be dragged."""
    original = next(item for item in like.items() if isinstance(item, QGraphicsPixmapItem))
    picture = QGraphicsPixmapItem(original.pixmap())
    picture.setTransformationMode(original.transformationMode())
    left, top, right, bottom = OUTLINE_PX.extent
    ellipse = QGraphicsEllipseItem(left, top, right - left, bottom - top)
    ellipse.setPen(QPen(QColor(style.EDITED), 2))
    ellipse.setFlag(QGraphicsEllipseItem.GraphicsItemFlag.ItemIsMovable)
    scene = QGraphicsScene()
    view = QGraphicsView(scene)
    scene.setParent(view)
    scene.addItem(picture)
    scene.addItem(ellipse)
    scene.setSceneRect(like.sceneRect())
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setRenderHints(like.renderHints())
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setTransform(like.transform())
    view.resize(like.viewport().size())
    view.show()
    view.centerOn(picture)
    settle()
    return view


def wait_until(condition: Callable[[], bool], *, patience_s: float = PATIENCE_S) -> None:
    """Let the event loop turn until the condition holds, or patience is at its end."""
    end = time.monotonic() + patience_s
    while not condition() and time.monotonic() < end:
        QApplication.processEvents()


def settle() -> None:
    wait_until(lambda: False, patience_s=SETTLE_S)


def measured(folder: Path, *, names: list[str], moves: int) -> dict[str, Any]:
    """Return the figures of one process."""
    make_application()
    watch = Stopwatch(names)
    window = opened_window(folder)
    view = window.image_view
    bare = bare_view(view)
    rim = QPointF(view.mapFromScene(view.ellipse_item.handle_position(Handle.A_END)))
    hand = Hand(view, rim, watch)
    bare_hand = Hand(bare, QPointF(bare.viewport().rect().center()), watch)
    for _ in range(WARM_UP):
        hand.move()
        bare_hand.move()
    bring_chart_into_sight(window)
    calls, outermost = watch.calls_in(lambda: [hand.move() for _ in range(OBSERVED)])
    shown = window.side_panel.measurement
    ours: list[Move] = []
    with_numbers: list[Move] = []
    theirs: list[float] = []
    with watch.timing(outermost) as not_timed:
        for _ in range(moves // BLOCK):
            for _ in range(BLOCK):
                before = shown.hc_text
                ours.append(hand.move())
                if shown.hc_text != before:
                    with_numbers.append(ours[-1])
            theirs += [bare_hand.move().whole_ms for _ in range(BLOCK)]
    yardstick_ms = statistics.median(theirs)
    parts = painted_parts(window, hand)
    hand.drop()
    windows, windows_asked = moves_of_the_window(window, watch, shown=moves // BLOCK)
    window.close()
    bare.close()
    return {
        "moves": rows_of(ours, yardstick_ms)
        | {"a move in the bare view": spread(theirs, yardstick_ms)},
        "moves with numbers": rows_of(with_numbers, yardstick_ms),
        "share with numbers": len(with_numbers) / len(ours),
        "moves of the window": rows_of(windows, yardstick_ms),
        "windows shown": len(windows) / windows_asked,
        "parts": {name: [*of, of[0] / yardstick_ms] for name, of in parts.items()},
        "calls": {"any of ours": calls.total() / OBSERVED} | counted(calls),
        "not timed": not_timed,
    }


def moves_of_the_window(
    window: MainWindow, watch: Stopwatch, *, shown: int
) -> tuple[list[Move], int]:
    """Return so many moves of the right button that showed the picture otherwise, of how many."""
    settle()
    view, seen = window.image_view, []
    view.display_previewed.connect(seen.append)
    hand = Hand(view, QPointF(view.viewport().rect().center()), watch, RIGHT)
    found: list[Move] = []
    asked, until = 0, time.monotonic() + PATIENCE_S
    while len(found) < shown:
        if time.monotonic() > until:
            raise SystemExit("The right button changed no window: these figures say nothing.")
        before, asked = len(seen), asked + 1
        move = hand.move()
        if len(seen) > before:
            found.append(move)
    hand.drop()
    return found, asked


def painted_parts(window: MainWindow, hand: Hand) -> dict[str, list[float]]:
    """Return the milliseconds and the paint events of a move for each part of the window."""
    clock = PaintClock(window)
    rows: list[dict[str, float]] = []
    for _ in range(OBSERVED):
        clock.spent_s.clear()
        painting_ms = hand.move().painting_ms
        clock.stop()
        spent_ms = {name: 1e3 * clock.spent_s[name] for name in PARTS}
        rows.append(spent_ms | {"before the first": painting_ms - sum(spent_ms.values())})
    if clock.events["image"] < OBSERVED:
        raise SystemExit("The picture was not painted at every move: these figures say nothing.")
    return {
        name: [statistics.median(row[name] for row in rows), clock.events[name] / OBSERVED]
        for name in rows[0]
    }


def rows_of(moves: list[Move], yardstick_ms: float) -> dict[str, list[float]]:
    return {
        name: spread([part(move) for move in moves], yardstick_ms)
        for name, part in ROWS_OF_A_MOVE.items()
    }


def spread(values_ms: list[float], yardstick_ms: float) -> list[float]:
    """Return median, mean, 95th percentile, and the median as a multiple of the yardstick."""
    median, mean = statistics.median(values_ms), statistics.mean(values_ms)
    return [median, mean, statistics.quantiles(values_ms, n=20)[-1], median / yardstick_ms]


def counted(calls: Counter[str]) -> dict[str, float]:
    """Return how often the counted functions of the domain are called in a move."""
    found = dict.fromkeys(COUNTED, 0.0)
    for name, count in calls.items():
        *_, last = name.split(".")
        if last in found and name.startswith("fhc_desktop.domain."):
            found[last] += count / OBSERVED
    return found


def medians(figures: list[Any]) -> Any:
    """Return figures of one shape whose every number is the median of those given."""
    first = figures[0]
    if isinstance(first, dict):
        return {name: medians([one[name] for one in figures]) for name in first}
    if isinstance(first, list):
        return [medians(list(column)) for column in zip(*figures, strict=True)]
    return statistics.median(figures) if isinstance(first, float | int) else first


def print_moves(title: str, rows: dict[str, list[float]]) -> None:
    print(f"| {title} | times a move in the bare view | median, ms | mean | 95th percentile |")
    print("|---|---|---|---|---|")
    for name, (median, mean, late, ratio) in rows.items():
        print(f"| {name} | {ratio:.2f} | {median:.1f} | {mean:.1f} | {late:.1f} |")
    print()


def print_tables(figures: dict[str, Any]) -> None:
    print_moves("a move", figures["moves"])
    share = figures["share with numbers"]
    print_moves(
        f"a move that brings its numbers, {share:.0%} of them", figures["moves with numbers"]
    )
    share = figures["windows shown"]
    print_moves(f"a move of level and width, {share:.0%} of them", figures["moves of the window"])
    print("| painting of | times a move in the bare view | median, ms | paint events |")
    print("|---|---|---|---|")
    for name, (median, events, ratio) in figures["parts"].items():
        print(f"| {name} | {ratio:.2f} | {median:.1f} | {events:.0f} |")
    print("\n| calls in a move | |")
    print("|---|---|")
    for name, count in figures["calls"].items():
        print(f"| {name} | {count:.0f} |")
    if figures["not timed"]:
        print("\nNot timed:", ", ".join(figures["not timed"]))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3, help="fresh processes; medians are printed")
    parser.add_argument("--moves", type=int, default=300)
    parser.add_argument("--computing", nargs="+", default=COMPUTING, metavar="NAME")
    parser.add_argument("--as-json", action="store_true", help="one run, here, for the program")
    options = parser.parse_args()
    if options.as_json:
        with tempfile.TemporaryDirectory() as folder:
            figures = measured(Path(folder), names=options.computing, moves=options.moves)
        print(json.dumps(figures))
        return 0
    command = [sys.executable, __file__, "--as-json", "--moves", str(options.moves)]
    command += ["--computing", *options.computing]
    # The command is this file.
    runs = [
        json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)  # noqa: S603
        for _ in range(options.runs)
    ]
    print_tables(medians(runs))
    return 0


if __name__ == "__main__":
    sys.exit(main())
