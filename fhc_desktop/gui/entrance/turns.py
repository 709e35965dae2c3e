"""Turns: modules imported while the window goes on, beside it or one in each of its turns."""

from collections.abc import Callable, Iterable
from importlib import import_module
from threading import Thread

from PySide6.QtCore import QObject, QTimer, Signal, Slot

_LOOKS_EVERY_MS = 5


class InTurns(QObject):
    """Does something on a thread, then imports one module in each turn of the event loop.

    What names Qt's classes is imported on the window's thread: the binding makes a class when it is
    first named, and two threads that do so at once end the program. All else can be ``beside``.
    """

    done = Signal()
    failed = Signal(object)  # the exception of either

    def __init__(
        self, beside: Callable[[], object] | None, modules: Iterable[str], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._modules = iter(tuple(modules))
        self._beside = beside
        self._fault: Exception | None = None
        # Not a daemon: a library that is being loaded must not be cut short by the program's end.
        self._thread = Thread(target=self._work, name="beside")
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)

    @Slot()
    def begin(self) -> None:
        self._thread.start()
        self._timer.start(_LOOKS_EVERY_MS)

    def end(self) -> None:
        """Begin no further turn, and wait for what is being done beside."""
        self._timer.stop()
        if self._thread.is_alive():
            self._thread.join()

    def _work(self) -> None:
        try:
            if self._beside is not None:
                self._beside()
        except Exception as fault:  # noqa: BLE001 - it belongs to the window's thread
            self._fault = fault

    @Slot()
    def _look(self) -> None:
        if self._thread.is_alive():
            return
        self._timer.setInterval(0)
        name = next(self._modules, None)
        if name is not None and self._fault is None:
            self._import(name)
        if name is None or self._fault is not None:
            self._timer.stop()
            self.done.emit() if self._fault is None else self.failed.emit(self._fault)

    def _import(self, name: str) -> None:
        try:
            import_module(name)
        except Exception as fault:  # noqa: BLE001 - whoever waits must not wait for ever
            self._fault = fault
