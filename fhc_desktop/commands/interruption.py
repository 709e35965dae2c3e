"""Ctrl+C while rows are written."""

import signal
import threading
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Self, TypeVar

T = TypeVar("T")


class Interruption:
    """Ctrl+C ends a sequence between two values; whoever writes one of them writes it whole.

    The second one ends the writing too. Where the program was started to ignore it, it goes on.
    """

    def __init__(self) -> None:
        self.has_cut = False  # whether values are missing
        self._is_asked = False
        self._is_waiting = False
        self._before: Any = None

    def until(self, values: Iterator[T]) -> Iterator[T]:
        """Yield the values that come before it."""
        try:
            while not self._is_asked:
                self._is_waiting = True
                value = next(values, None)
                self._is_waiting = False
                if value is None:
                    return
                yield value
        except KeyboardInterrupt:
            self._is_waiting = False
        self.has_cut = True

    def __enter__(self) -> Self:
        is_ours = threading.current_thread() is threading.main_thread()
        if is_ours and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            self._before = signal.signal(signal.SIGINT, self._ask)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    def _ask(self, *_: object) -> None:
        is_again, self._is_asked = self._is_asked, True
        if self._is_waiting or is_again:
            raise KeyboardInterrupt
