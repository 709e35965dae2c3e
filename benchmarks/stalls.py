"""How long the window hears nothing: the longest stall of its event loop in each phase.

    python benchmarks/stalls.py [--runs N] [--model BUNDLE] [--where]

The real window with the shipped network, in fresh processes. A timer asks for its turn every
2 ms; a stall is the time beyond that which it waited. The phases: the window is there and nothing
is open; the first file is read, the model is loaded and looks; another file is read and looked at;
the outline is dragged by a handle; it is accepted; and, while another process holds the log so that
nobody can read it, the next picture is opened and accepted, which then waits. Figures are medians
of the runs, and the longest of all.

``--where`` prints what the window's thread was doing in each stall of more than 50 ms, as far as a
second thread could see it: a stall in which Python stood still altogether shows where it went on.

Run from the root of the project: the drawn heads are those of the tests.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, QPointF, QSettings, Qt, QTimer  # noqa: E402
from PySide6.QtGui import QMouseEvent  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from fhc_desktop.domain.image.geometry import Handle  # noqa: E402
from fhc_desktop.gui.application import build_window  # noqa: E402
from fhc_desktop.gui.widgets.qt_application import make_application  # noqa: E402
from fhc_desktop.gui.window.main_window import MainWindow  # noqa: E402
from fhc_desktop.imaging.readers import Readers  # noqa: E402
from fhc_desktop.resources import resource  # noqa: E402
from fhc_desktop.storage.preferences.folders import Folders  # noqa: E402
from fhc_desktop.workflow.looker_process import LookerProcess  # noqa: E402
from tests.children import Children  # noqa: E402
from tests.heads import small_phantom, write_dicom  # noqa: E402
from tests.storage.log_examples import raw_connection  # noqa: E402

EVERY_MS, WORTH_TELLING_MS = 2, 50
PATIENCE_S, IDLE_S = 120.0, 1.0
MOVES = 60


class Watch:
    """Notes how late the event loop gives a timer its turn."""

    def __init__(self, *, tells_where: bool) -> None:
        self._last = time.perf_counter()
        self._longest_ms = 0.0
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._turn)
        self._timer.start(EVERY_MS)
        if tells_where:
            threading.Thread(target=self._look, daemon=True).start()

    def take(self) -> float:
        """Return the longest stall in ms since it was taken last."""
        longest, self._longest_ms = self._longest_ms, 0.0
        return longest

    def _turn(self) -> None:
        now = time.perf_counter()
        self._longest_ms = max(self._longest_ms, 1e3 * (now - self._last) - EVERY_MS)
        self._last = now

    def _look(self) -> None:
        main = threading.main_thread().ident
        while True:
            time.sleep(0.01)
            late_ms = 1e3 * (time.perf_counter() - self._last)
            if late_ms > WORTH_TELLING_MS and main is not None:
                frames = traceback.extract_stack(sys._current_frames()[main])  # noqa: SLF001
                print(f"{late_ms:.0f} ms:", *traceback.format_list(frames[-6:]), file=sys.stderr)
                time.sleep(0.2)


def spin_until(is_done: Callable[[], bool]) -> None:
    """Let the event loop run, as it does in the program, until something is so."""
    loop, look = QEventLoop(), QTimer()
    ends = time.perf_counter() + PATIENCE_S
    look.timeout.connect(lambda: is_done() and loop.quit())
    look.start(EVERY_MS)
    QTimer.singleShot(round(1e3 * PATIENCE_S), loop, loop.quit)
    loop.exec()
    if time.perf_counter() > ends:
        raise TimeoutError


def spin(seconds: float) -> None:
    ends = time.perf_counter() + seconds
    spin_until(lambda: time.perf_counter() > ends)


def open_and_look(window: MainWindow, path: Path) -> None:
    window.open(path)

    def has_word() -> bool:
        exam = window.controller.exam
        is_it = exam is not None and exam.image.source.path == path.resolve()
        return is_it and exam is not None and exam.proposal is not None

    spin_until(has_word)
    spin(0.3)  # it is painted, too


def drag(window: MainWindow) -> None:
    view = window.image_view
    place = QPointF(view.mapFromScene(view.ellipse_item.handle_position(Handle.A_START)))
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton

    def send(kind: QEvent.Type, button: Qt.MouseButton, held: Qt.MouseButton, dx: int) -> None:
        at = place + QPointF(dx, 0)
        viewport = view.viewport()
        bare = Qt.KeyboardModifier.NoModifier
        event = QMouseEvent(kind, at, viewport.mapToGlobal(at), button, held, bare)
        QApplication.sendEvent(viewport, event)

    send(QEvent.Type.MouseButtonPress, left, left, 0)
    for move in range(MOVES):
        send(QEvent.Type.MouseMove, none, left, abs(move % 20 - 10))
        spin(0.008)
    send(QEvent.Type.MouseButtonRelease, left, none, 0)
    spin(0.3)


def accept(window: MainWindow) -> None:
    window.accept()
    spin_until(lambda: window.controller.acceptances.questions.is_idle)
    spin(0.3)


def hold(folder: Path, pipe: Connection) -> None:
    """Keep everybody else from the log of a data folder."""
    connection = raw_connection(folder)
    connection.execute("BEGIN EXCLUSIVE")
    pipe.send("")
    pipe.poll(timeout=None)
    connection.close()


def accept_while_it_is_held(window: MainWindow, path: Path) -> None:
    open_and_look(window, path)
    accept(window)
    exam = window.controller.exam
    if exam is None or exam.acceptance is None or not exam.acceptance.waits:
        raise RuntimeError("the log was not held")


def longest_stall(
    watch: Watch, phase: str, work: Callable[[], None], *, tells_where: bool
) -> float:
    """Return the longest stall while something is done, in ms."""
    watch.take()
    if tells_where:
        print(f"-- {phase}", file=sys.stderr)
    work()
    return watch.take()


def measure(folder: Path, model: Path | None, *, tells_where: bool) -> dict[str, float]:
    """Return the longest stall of each phase in ms, in this process."""
    QSettings.setPath(
        QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(folder / "settings")
    )
    make_application()
    other = write_dicom(small_phantom(seed=2), folder / "other.dcm")
    third = write_dicom(small_phantom(seed=3), folder / "third.dcm")
    stalls = {}
    with Readers() as readers, LookerProcess(model) as looker:
        window = build_window(Folders(folder / "data", folder / "config"), looker, readers)
        window.show()
        spin(0.5)
        watch = Watch(tells_where=tells_where)
        for phase, work in {
            "nothing open": lambda: spin(IDLE_S),
            "first file and model": lambda: open_and_look(window, resource("demo/demo_head.png")),
            "another file": lambda: open_and_look(window, other),
            "drag": lambda: drag(window),
            "accept": lambda: accept(window),
        }.items():
            stalls[phase] = longest_stall(watch, phase, work, tells_where=tells_where)
        with Children().running(hold, folder / "data") as (_, pipe):
            spin_until(pipe.poll)
            stalls["log held by another"] = longest_stall(
                watch,
                "log held by another",
                lambda: accept_while_it_is_held(window, third),
                tells_where=tells_where,
            )
        window.close()
    return stalls


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--where", action="store_true")
    parser.add_argument("--once", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.once:
        with tempfile.TemporaryDirectory() as folder:
            stalls = measure(Path(folder), options.model, tells_where=options.where)
        print(json.dumps(stalls))
        return 0
    runs: list[dict[str, float]] = []
    for _ in range(options.runs):
        command = [sys.executable, __file__, "--once", *sys.argv[1:]]
        # The command is this file, nobody's input.
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
        runs.append(json.loads(done.stdout.splitlines()[-1]))
    print("longest stall, ms      median   of all")
    for phase in runs[0]:
        found = [run[phase] for run in runs]
        print(f"{phase:<22}{statistics.median(found):7.0f}{max(found):9.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
