"""The program of a worker: a process that measures the files that it is told, one by one.

Orders come on its standard input, rows leave on what was its standard output. It ends when its
orders do, and so with the process that gives them.
"""

import io
import os
import pickle
import sys
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from fhc_desktop.core_dumps import forbid_core_dumps
from fhc_desktop.domain.growth.assessment import GrowthStandard
from fhc_desktop.domain.growth.standards import STANDARDS
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.reporting.batch.batch import BatchRow
from fhc_desktop.workflow.batch import MeasureOptions, measure_file
from fhc_desktop.workflow.file_reports import FileReports
from fhc_desktop.workflow.proposing import LazySegmenter


@dataclass(frozen=True, slots=True)
class Assignment:
    """What the files of one call have in common; a worker computes with ``threads``.

    ``reports`` is where their reports go; None where there are to be none.
    """

    options: MeasureOptions
    model: Path | None = None
    threads: int = 1
    reports: FileReports | None = None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A fault of the program itself, in a worker; ``trace`` is its traceback."""

    trace: str


class Post:
    """Values that go from process to process; of the standards known to both, only the keys do.

    A standard holds functions, which stay where they are, and is one object wherever it is met.
    """

    def __init__(self, standards: Iterable[GrowthStandard] = STANDARDS) -> None:
        self._standards = {standard.key: standard for standard in standards}

    @classmethod
    def of(cls, options: MeasureOptions) -> "Post":
        """Return what carries the rows that are measured with these options."""
        return cls((*options.standards, options.standard))

    def send(self, value: object, to: BinaryIO) -> None:
        to.write(self.packed(value))
        to.flush()

    def packed(self, value: object) -> bytes:
        """Return a value as ``receive`` reads it."""
        written = io.BytesIO()
        _Pickler(written, self._standards).dump(value)
        return written.getvalue()

    def receive(self, source: BinaryIO) -> Any:
        """Return the next value.

        Raises:
            EOFError: there is none.
            pickle.UnpicklingError: it broke off.
        """
        return _Unpickler(source, self._standards).load()


class _Pickler(pickle.Pickler):
    def __init__(self, to: BinaryIO, standards: dict[str, GrowthStandard]) -> None:
        super().__init__(to, pickle.HIGHEST_PROTOCOL)
        self._standards = standards

    def persistent_id(self, value: object) -> str | None:
        if isinstance(value, GrowthStandard) and self._standards.get(value.key) is value:
            return value.key
        return None


class _Unpickler(pickle.Unpickler):
    def __init__(self, source: BinaryIO, standards: dict[str, GrowthStandard]) -> None:
        super().__init__(source)
        self._standards = standards

    def persistent_load(self, key: str) -> GrowthStandard:
        return self._standards[key]


def main() -> None:
    """Measure with the networks of the assignment's bundle."""
    forbid_core_dumps()
    with Readers() as readers, os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)  # what a library prints is no answer
        serve(sys.stdin.buffer, answers, partial(measurer_of, readers))


def serve(
    orders: BinaryIO,
    answers: BinaryIO,
    measurer: Callable[[Assignment], Callable[[Path], BatchRow]],
) -> None:
    """Answer each path with its row until the orders end; the first order is the assignment."""
    assignment: Assignment = Post().receive(orders)
    post, measure = Post.of(assignment.options), measurer(assignment)
    while True:
        try:
            path: Path = post.receive(orders)
        except EOFError:
            return
        post.send(answer(measure, path), answers)


def answer(measure: Callable[[Path], BatchRow], path: Path) -> BatchRow | Breakdown:
    """Return the row of a file, or the fault of ours that kept it from having one."""
    try:
        return measure(path)
    except Exception:  # noqa: BLE001 - raised again where the program ends by it
        return Breakdown(traceback.format_exc())


def measurer_of(readers: Readers, assignment: Assignment) -> Callable[[Path], BatchRow]:
    """Return what measures a file as the assignment has it."""
    proposer = LazySegmenter(assignment.model, "cpu", assignment.threads)
    proposer.warm_up()
    return partial(
        measure_file,
        proposer=proposer,
        options=assignment.options,
        readers=readers,
        reports=assignment.reports,
    )
