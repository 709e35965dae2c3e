"""A picture of the real window with an image in it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer

from fhc_desktop.domain.dating.gestation import Dating, GestationalAge
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.gui.application import build_window
from fhc_desktop.gui.widgets.qt_application import make_application
from fhc_desktop.gui.window.main_window import MainWindow
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.storage.preferences.folders import Folders
from fhc_desktop.workflow.proposing import Proposer

_PATIENCE_MS = 60_000
_AGE = GestationalAge(140)


def save_picture(
    image: Path, target: Path, *, folders: Folders, proposer: Proposer, readers: Readers
) -> None:
    """Open an image in the window, wait for the model, and save what the window shows as PNG."""
    with shown(image, folders=folders, proposer=proposer, readers=readers) as window:
        window.grab().save(str(target))


@contextmanager
def shown(
    image: Path, *, folders: Folders, proposer: Proposer, readers: Readers, is_seen: bool = True
) -> Iterator[MainWindow]:
    """Yield the window with an image, its proposal and its chart, as soon as all of it is painted.

    One that is not ``is_seen`` is painted all the same, and no screen shows it.
    """
    app = make_application()
    window = build_window(folders, proposer, readers)
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, on=not is_seen)
    window.resize(1366, 768)
    window.show()
    window.open(image)
    _wait_for_proposal(window)
    window.controller.set_dating(Dating.from_age(_AGE))
    window.side_panel.chart.draw_now()
    # The outline settles and the chart is painted within a few turns of the event loop.
    settled = time.monotonic() + 0.5
    while time.monotonic() < settled:
        app.processEvents()
    try:
        yield window
    finally:
        window.close()


def _wait_for_proposal(window: MainWindow) -> None:
    loop = QEventLoop()

    def look(exam: Examination | None) -> None:
        if exam is not None and exam.proposal is not None:
            loop.quit()

    window.controller.changed.connect(look)
    QTimer.singleShot(_PATIENCE_MS, loop, loop.quit)
    loop.exec()
