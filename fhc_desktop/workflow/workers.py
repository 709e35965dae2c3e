"""Many files at once: worker processes measure them, their rows come in the files' order."""

import os
import pickle
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Lock
from typing import IO, Any, BinaryIO, cast

from fhc_desktop.imaging.unreadable import shown_name
from fhc_desktop.own_process import WORKER_FLAG, begin_in_a_group, own_command
from fhc_desktop.reporting.batch.batch import BatchRow, FailedFile
from fhc_desktop.workflow.worker import Assignment, Breakdown, Post

# A worker takes as long to start as a few files to measure: with fewer, one process is sooner done.
FILES_WORTH_A_WORKER = 25
# While one file takes ten seconds to be given up, each worker measures as many others.
_FILES_AHEAD = 64
# What ends a worker is more often the system, short of memory, than the file.
_TRIES = 2


class WorkerBroke(Exception):  # noqa: N818 - named for what happened
    """A fault of this program in one of its workers: its traceback."""


class _Gone(Exception):  # noqa: N818 - named for what happened
    """The worker has ended before its answer."""


def jobs_for(asked: int, files: int, cores: int) -> int:
    """Return how many workers measure so many files; 1 is none besides this process.

    ``asked`` is the user's word, 0 where there is none.
    """
    if asked:
        return max(1, min(asked, files))
    return max(1, min(cores, files // FILES_WORTH_A_WORKER))


def measured_by_workers(
    files: Iterable[Path | FailedFile],
    assignment: Assignment,
    jobs: int,
    command: list[str] | None = None,
) -> Generator[BatchRow, None, None]:
    """Yield a row for each file, in their order, each as soon as its turn comes.

    A few files for each worker are measured ahead of the row that is waited for, and no more are
    taken from ``files``. A file that ends its worker is tried once more by another, then it is a
    row that failed. Whoever closes this iterator ends the workers. ``command`` starts one; None is
    this program's own.

    Raises:
        WorkerBroke: a fault of the program, as it would end it here.
    """
    workers = [_Worker(assignment, command or worker_command()) for _ in range(jobs)]
    idle: SimpleQueue[_Worker] = SimpleQueue()
    for worker in workers:
        idle.put(worker)

    def measured(path: Path) -> BatchRow:
        worker = idle.get()
        try:
            return worker.measure(path)
        finally:
            idle.put(worker)

    threads = ThreadPoolExecutor(jobs, "worker")
    ahead: deque[Future[BatchRow]] = deque()
    try:
        for file in files:
            while ahead and (ahead[0].done() or len(ahead) >= jobs * _FILES_AHEAD):
                yield ahead.popleft().result()
            ahead.append(
                _known(file) if isinstance(file, FailedFile) else threads.submit(measured, file)
            )
        while ahead:
            yield ahead.popleft().result()
    finally:
        for worker in workers:
            worker.kill()
        threads.shutdown(cancel_futures=True)
        for worker in workers:
            worker.bury()


def worker_command() -> list[str]:
    """Return how a worker is started."""
    return own_command(WORKER_FLAG, "fhc_desktop.workflow.worker")


def _known(row: FailedFile) -> Future[BatchRow]:
    future: Future[BatchRow] = Future()
    future.set_result(row)
    return future


class _Worker:
    """One worker process, started for its first file and again when it has ended.

    One thread at a time asks; any may kill.
    """

    def __init__(self, assignment: Assignment, command: list[str]) -> None:
        self._assignment = assignment
        self._command = command
        self._post = Post.of(assignment.options)
        self._child: subprocess.Popen[bytes] | None = None
        self._is_killed = False
        self._starting = Lock()

    def measure(self, path: Path) -> BatchRow:
        for _ in range(_TRIES):
            try:
                answer: BatchRow | Breakdown = self._asked(path)
            except _Gone:
                self.bury()
            except OSError:
                return _not_started(path)
            else:
                if isinstance(answer, Breakdown):
                    raise WorkerBroke(answer.trace)
                return answer
        return _fatal(path)

    def kill(self) -> None:
        """End the process, whatever it does, and start no other."""
        with self._starting:
            self._is_killed = True
            if self._child is not None:
                _kill(self._child)

    def bury(self) -> None:
        """Leave nothing of a process that has ended, or is to."""
        with self._starting:
            child, self._child = self._child, None
        if child is not None:
            _kill(child)
            child.wait()
            for pipe in (child.stdin, child.stdout):
                with suppress(OSError):
                    _pipe_of(pipe).close()

    def _asked(self, path: Path) -> Any:
        child = self._started()
        try:
            self._post.send(path, _pipe_of(child.stdin))
            return self._post.receive(_pipe_of(child.stdout))
        except (OSError, EOFError, pickle.UnpicklingError) as cause:
            raise _Gone from cause

    def _started(self) -> subprocess.Popen[bytes]:
        with self._starting:
            if self._is_killed:
                raise _Gone
            if self._child is None:
                self._child = begin_in_a_group(self._command)
                # One that has ended already says so by the file that it is asked for.
                with suppress(OSError):
                    Post().send(self._assignment, _pipe_of(self._child.stdin))
            return self._child


def _kill(child: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        child.kill()
        return
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)


def _pipe_of(pipe: IO[bytes] | None) -> BinaryIO:
    if pipe is None:
        raise _Gone
    return cast("BinaryIO", pipe)


def _fatal(path: Path) -> FailedFile:
    return FailedFile(
        path,
        f"{shown_name(path)} was given up: the process that measured it ended before it was done, "
        "twice.",
        "Measure it again with --jobs 1; with many workers the memory may not be enough.",
        may_pass=True,
    )


def _not_started(path: Path) -> FailedFile:
    return FailedFile(
        path,
        f"{shown_name(path)} was not measured: this system does not let the program start another "
        "process.",
        "Measure it again with --jobs 1.",
        may_pass=True,
    )
