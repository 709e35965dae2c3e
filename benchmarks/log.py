"""How long the log of many entries takes, and how long the window hears nothing meanwhile.

    python benchmarks/log.py [--entries N] [--folder FOLDER] [--where]

The real window over a log of 100,000 entries, with a drawn head and a model that knows its outline.
For each of what is done: seconds until it is on the screen or on the disk, and the longest stall of
the event loop, by a timer that asks for its turn every 2 ms. The log is begun as an older version
left it, so its opening for the first time includes the way to today's schema. ``--folder`` keeps
the log for the next run.

Run from the root of the project: the drawn heads and the entries are those of the tests.
"""

import argparse
import contextlib
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings, Qt  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QLineEdit, QTableView  # noqa: E402
from stalls import Watch, spin, spin_until  # noqa: E402

from fhc_desktop.domain.confidence import Grade  # noqa: E402
from fhc_desktop.domain.patient import Patient  # noqa: E402
from fhc_desktop.domain.pregnancy.recorded import SaidThen  # noqa: E402
from fhc_desktop.gui.application import build_window  # noqa: E402
from fhc_desktop.gui.log.window import LogWindow  # noqa: E402
from fhc_desktop.gui.widgets.qt_application import make_application  # noqa: E402
from fhc_desktop.gui.window.main_window import MainWindow  # noqa: E402
from fhc_desktop.imaging.readers import Readers  # noqa: E402
from fhc_desktop.storage.log.entry_rows import row_of  # noqa: E402
from fhc_desktop.storage.log.measurement_log import LogEntry, MeasurementLog  # noqa: E402
from fhc_desktop.storage.log.migrations import MIGRATIONS  # noqa: E402
from fhc_desktop.storage.preferences.folders import Folders  # noqa: E402
from tests.fakes import FakeSegmenter  # noqa: E402
from tests.heads import small_phantom, write_dicom  # noqa: E402
from tests.storage.log_examples import NOW, graded, raw_connection  # noqa: E402

ENTRIES = 100_000
# The last one whose rows can be put in by a plain statement.
OLD_VERSION = 5
GIVEN = ("Łucja", "Zoë", "Anna", "Ἀθηνᾶ", "Mária")
FAMILY = ("Wiśniewska", "Müller", "Παππᾶ", "Nagy", "Berg")
OPERATORS = ("A. Operator", "B. Sø", "Zoë")


def entries(count: int) -> Iterator[LogEntry]:
    """Return entries of some years; each fiftieth corrects the one before it."""
    chance = random.Random(1)  # noqa: S311 - drawn heads, no secrets
    examples = [
        LogEntry.of(graded(grade), operator=operator, now=NOW)
        for grade in Grade
        for operator in OPERATORS
    ]
    for at in range(count):
        example = chance.choice(examples)
        number = f"P-{chance.randrange(count // 2 + 1):06d}"
        name = f"{chance.choice(FAMILY)} {chance.choice(GIVEN)} {at % 1000}"
        z = chance.gauss(0, 1)
        yield replace(
            example,
            entry_id=f"{at:032x}",
            supersedes=f"{at - 1:032x}" if at % 50 == 49 else None,  # noqa: PLR2004
            created_at=datetime(2020, 1, 1, 8, tzinfo=UTC) + timedelta(minutes=24 * at),
            image=replace(
                example.image,
                path=Path(f"/scans/{at:06d}.dcm"),
                sha256=f"{at:064x}",
                pixels_sha256=f"{at + count:064x}",
            ),
            facts=replace(
                example.facts,
                patient=Patient(number, name),
                exam_date=date(2020, 1, 1) + timedelta(days=chance.randrange(1500)),
            ),
            said=SaidThen(700.0, 175 + 20 * z, z, min(99.0, max(1.0, 50 + 30 * z))),
        )


def fill(data: Path, count: int) -> None:
    """Begin a log as an older version did, with that many entries."""
    MeasurementLog.open(data, migrations=MIGRATIONS[:OLD_VERSION]).close()
    with contextlib.closing(raw_connection(data)) as connection:
        had = [column[1] for column in connection.execute("PRAGMA table_info(entry)")][1:]
        places = ", ".join("?" for _ in had)
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            f"INSERT INTO entry ({', '.join(had)}) VALUES ({places})",  # noqa: S608 - our names
            ([row[name] for name in had] for row in map(row_of, entries(count))),
        )
        connection.execute("COMMIT")


class Clock:
    """Tells of each thing that is done: how long it took, and the longest stall."""

    def __init__(self, window: MainWindow, watch: Watch) -> None:
        self._questions = window.controller.acceptances.questions
        self._watch = watch

    def tell(self, what: str, deed: Callable[[], object]) -> None:
        """Do something and wait until everything that was asked of the log is answered."""
        self._watch.take()
        began = time.perf_counter()
        deed()
        spin_until(lambda: self._questions.is_idle)
        seconds = time.perf_counter() - began
        spin(0.3)  # it is painted, too
        print(f"{what:<34}{seconds:8.2f}{self._watch.take():8.0f}", flush=True)


def accept(window: MainWindow, path: Path) -> None:
    window.open(path)

    def is_proposed() -> bool:
        exam = window.controller.exam
        return exam is not None and exam.image.source.path == path and exam.proposal is not None

    spin_until(is_proposed)
    spin(0.3)


def work(window: MainWindow, watch: Watch, heads: list[Path]) -> None:
    """Do with the log's window what a day does."""
    clock = Clock(window, watch)
    clock.tell("open the log (and see the window)", lambda: None)
    accept(window, heads[0])
    clock.tell("accept", window.accept)
    clock.tell("open the log's window", window.log_windows.show_log)
    (log_window,) = window.findChildren(LogWindow)
    search, table = log_window.findChild(QLineEdit), log_window.findChild(QTableView)
    header = table.horizontalHeader()
    clock.tell("search for one letter", lambda: (search.setText("m"), spin(0.13)))
    clock.tell("search for a name", lambda: (search.setText("müller"), spin(0.13)))
    clock.tell("back to all", lambda: (search.clear(), spin(0.13)))
    for section, title in enumerate(("time", "day of the examination", "identifier", "name")):
        clock.tell(f"sort by {title}", lambda at=section: header.sectionClicked.emit(at))
    end = Qt.KeyboardModifier.ControlModifier
    clock.tell("go to the end", lambda: QTest.keyClick(table, Qt.Key.Key_End, end))
    bar = table.verticalScrollBar()

    def scroll() -> None:
        for step in range(100):
            bar.setValue(bar.maximum() * step // 100)
            spin(0.02)

    clock.tell("scroll through all of it (2 s)", scroll)
    accept(window, heads[1])
    clock.tell("accept with the log's window open", window.accept)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--entries", type=int, default=ENTRIES)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--where", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary, Readers() as readers:
        place = options.folder or Path(temporary)
        folders = Folders(place / "data", place / "config")
        if not folders.data.exists():
            fill(folders.data, options.entries)
        QSettings.setPath(
            QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(place / "settings")
        )
        # Others than those of the run before, whose log may be kept.
        phantoms = [small_phantom(seed=int(time.time()) + at) for at in range(2)]
        heads = [
            write_dicom(phantom, Path(temporary) / f"{at}.dcm").resolve()
            for at, phantom in enumerate(phantoms)
        ]
        make_application()
        print(f"{options.entries:,} entries                     seconds   stall, ms")
        watch = Watch(tells_where=options.where)
        window = build_window(folders, FakeSegmenter(phantoms[0].outline_px), readers)
        window.show()
        spin(0.5)
        work(window, watch, heads)
        window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
