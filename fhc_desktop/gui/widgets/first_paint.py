"""AfterFirstPaint: something slow that waits until a widget has been on the screen once."""

import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from threading import Thread

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

_LOOKS_EVERY_MS = 20
_TURN_S = 0.005


class AfterFirstPaint(QObject):
    """Calls ``deed`` once, after the widget's first painting.

    ``needs`` is a module that ``deed`` imports and that takes long: it is imported beside the
    event loop first, which goes on meanwhile. Before that all of Qt's names are made, a few in each
    turn of the loop: the binding makes a class when it is first named, and two threads that do so
    at once end the program.
    """

    def __init__(self, widget: QWidget, deed: Callable[[], object], *, needs: str = "") -> None:
        super().__init__(widget)
        self._deed = deed
        self._needs = needs
        self._importing: Thread | None = None
        self._naming = _names_made()
        self._name = QTimer(self)
        self._name.timeout.connect(self._make_names)
        self._look = QTimer(self)
        self._look.setInterval(_LOOKS_EVERY_MS)
        self._look.timeout.connect(self._do_if_imported)
        widget.installEventFilter(self)

    @Slot()
    def _begin(self) -> None:
        if not self._needs or self._needs in sys.modules:
            self._deed()
        else:
            self._name.start(0)

    @Slot()
    def _make_names(self) -> None:
        ends = time.monotonic() + _TURN_S
        for _ in self._naming:
            if time.monotonic() > ends:
                return
        self._name.stop()
        self._importing = Thread(target=import_module, args=(self._needs,), daemon=True)
        self._importing.start()
        self._look.start()

    @Slot()
    def _do_if_imported(self) -> None:
        # Asked for, not told by the thread: the widget may be gone by then.
        if self._importing is not None and not self._importing.is_alive():
            self._look.stop()
            self._deed()

    # Qt --------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._begin)
        return super().eventFilter(watched, event)


def _names_made() -> Iterator[None]:
    for module in (QtCore, QtGui, QtWidgets):
        for name in dir(module):
            getattr(module, name, None)
            yield
