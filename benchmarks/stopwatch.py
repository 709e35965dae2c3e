"""Stopwatch: the time inside chosen functions, wherever they are called from."""

import gc
import sys
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from types import CodeType, FrameType, FunctionType
from typing import Any

OURS = "fhc_desktop."


class Stopwatch:
    """Times functions by dotted names: of a function, a class, a module or a package.

    Only the outermost counts: what one of them calls is in its time already.
    """

    def __init__(self, names: Collection[str]) -> None:
        self._names = tuple(names)
        self._is_in = False
        self._seconds = 0.0

    def take(self) -> float:
        """Return the seconds since it was taken last."""
        seconds, self._seconds = self._seconds, 0.0
        return seconds

    def calls_in(self, work: Callable[[], object]) -> tuple[Counter[str], set[CodeType]]:
        """Return how often each of our functions is called, and which of the named are outermost.

        Slow: every call of any function is looked at.
        """
        calls: Counter[str] = Counter()
        outermost: set[CodeType] = set()

        def look(frame: FrameType, event: str, _: object) -> None:
            name = _name(frame)
            if event != "call" or not name.startswith(OURS):
                return
            calls[name] += 1
            if self._is_named(name) and not self._is_named(_caller(frame)):
                outermost.add(frame.f_code)

        sys.setprofile(look)
        try:
            work()
        finally:
            sys.setprofile(None)
        return calls, outermost

    @contextmanager
    def timing(self, codes: Collection[CodeType]) -> Iterator[list[str]]:
        """Time the functions with this code; yield the names of those that cannot be.

        Their code is swapped, so that every reference to them, in tables and properties too, leads
        past the watch, and functions that are called from each other only keep their speed.
        """
        functions = [found for code in codes for found in _functions(code)]
        swapped = [(found, found.__code__) for found in functions if not found.__code__.co_freevars]
        for found, _ in swapped:
            found.__code__ = _door_to(self._timed(found))
        try:
            yield sorted({found.__qualname__ for found in functions if found.__closure__})
        finally:
            for found, code in swapped:
                found.__code__ = code

    def _is_named(self, name: str) -> bool:
        return any(name == one or name.startswith(f"{one}.") for one in self._names)

    def _timed(self, found: FunctionType) -> Callable[..., Any]:
        inner = FunctionType(found.__code__, found.__globals__, found.__name__, found.__defaults__)
        inner.__kwdefaults__ = found.__kwdefaults__

        def timed(*args: Any, **keywords: Any) -> Any:
            if self._is_in:
                return inner(*args, **keywords)
            self._is_in = True
            started = time.process_time()
            try:
                return inner(*args, **keywords)
            finally:
                self._seconds += time.process_time() - started
                self._is_in = False

        return timed


def _door_to(target: Callable[..., Any]) -> CodeType:
    """Return code that calls ``target``, in a function of any signature without a closure."""

    def door(*args: Any, **keywords: Any) -> Any:
        called: Any = "target"
        return called(*args, **keywords)

    constants = tuple(target if one == "target" else one for one in door.__code__.co_consts)
    return door.__code__.replace(co_consts=constants)


def _functions(code: CodeType) -> list[FunctionType]:
    return [found for found in gc.get_referrers(code) if isinstance(found, FunctionType)]


def _name(frame: FrameType) -> str:
    return f"{frame.f_globals.get('__name__', '')}.{frame.f_code.co_qualname}"


def _caller(frame: FrameType) -> str:
    """Return the nearest of our functions that this one was called from, past other libraries'."""
    above = frame.f_back
    while above is not None and not _name(above).startswith(OURS):
        above = above.f_back
    return "" if above is None else _name(above)
