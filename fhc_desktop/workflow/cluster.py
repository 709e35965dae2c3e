"""Many files on a Dask cluster: its workers measure them, their rows come in the files' order.

The one file that imports Dask. What travels is pickled by Dask: whoever may reach the scheduler may
run what they like on its workers, see docs/security.md.
"""

import hashlib
import io
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import uuid4

from distributed import Client, Future, KilledWorker, Security, Worker, WorkerPlugin, get_worker

import fhc_desktop
from fhc_desktop.core_dumps import forbid_core_dumps
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.imaging.files.file_stamp import status_of
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.imaging.unreadable import shown_name
from fhc_desktop.ordinary_file import read_ordinary_file
from fhc_desktop.reporting.batch.batch import BatchRow, FailedFile
from fhc_desktop.resources import resource
from fhc_desktop.segmentation.networks.loading import cpu_runtime
from fhc_desktop.storage.signing_key import known_signer
from fhc_desktop.workflow.proposing import SHIPPED_MODEL
from fhc_desktop.workflow.worker import Assignment, Breakdown, Post, answer, measurer_of
from fhc_desktop.workflow.workers import WorkerBroke

# While one file takes ten seconds to be given up, each worker measures as many others.
_FILES_AHEAD = 64
_SECONDS_BETWEEN_LOOKS = 1.0
# Workers come and go, and a queueing system takes its time; the run can be gone on with any day.
_SECONDS_WITHOUT_WORKERS = 300.0

Sight = tuple[int, int] | None


class ClusterUnfit(FhcError):  # noqa: N818 - named for what the user meets
    """The cluster is not one that would measure what this machine measures."""


class ClusterLost(FhcError):  # noqa: N818 - named for what the user meets
    """The cluster is gone; what it has measured so far holds."""


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """The certificates by which both sides know each other, as PEM files."""

    authority: Path
    certificate: Path
    key: Path


@dataclass(frozen=True, slots=True)
class ClusterPlace:
    """Where the scheduler is, ``tcp://`` or ``tls://``, and by what it is known."""

    address: str
    tls: TlsFiles | None = None
    seconds_to_connect: float = 30.0


@dataclass(frozen=True, slots=True)
class _Likeness:
    """What a worker must have in common with this machine to say the same of a file."""

    program: str
    runtime: str
    model: str
    signer: str
    has_folder: bool
    path: Path | None
    sight: Sight

    @classmethod
    def here(cls, assignment: Assignment, path: Path | None) -> "_Likeness":
        """Return it as it is in this process; ``path`` is a file that is to be measured."""
        reports = assignment.reports
        return cls(
            program_digest(),
            cpu_runtime(),
            hashlib.sha256(
                read_ordinary_file(assignment.model or resource(SHIPPED_MODEL))
            ).hexdigest(),
            "" if reports is None else known_signer(reports.data),
            reports is None or reports.folder.is_dir(),
            path,
            _sight_of(path),
        )

    def faults(self, other: "_Likeness") -> Iterator[str]:
        """Yield in words what another process has not in common."""
        if self.program != other.program:
            yield "has another version of the program"
        if self.runtime != other.runtime:
            yield f"computes with {other.runtime} and not with {self.runtime}"
        if self.model != other.model:
            yield "has another model"
        if self.sight != other.sight:
            yield f"does not see the same {self.path}"
        if not other.has_folder:
            yield "does not see the folder of the reports"
        if self.signer != other.signer:
            yield "does not see the key that signs reports, which is in the folder of --data-dir"


@dataclass(frozen=True, slots=True)
class _Unlike:
    """A worker that would not say the same; ``faults`` are empty where it would."""

    worker: str
    faults: tuple[str, ...]

    @property
    def fault(self) -> ClusterUnfit:
        return ClusterUnfit(
            f"The worker at {self.worker} {' and '.join(self.faults)}.",
            "Install the same program and bundle for all workers, and let them see the same files "
            "under the same paths.",
        )


def measured_by_cluster(
    files: Iterable[Path | FailedFile], assignment: Assignment, place: ClusterPlace
) -> Generator[BatchRow, None, None]:
    """Yield a row for each file, in their order, each as soon as its turn comes.

    A file whose worker ends is measured by another one. Some for each worker are measured ahead of
    the row that is waited for. Whoever closes this iterator takes the others back.

    Raises:
        ClusterUnfit: it cannot be reached, or a worker is not like this machine.
        ClusterLost: it was reached, and is no more.
        WorkerBroke: a fault of the program, as it would end it here.
    """
    first, rest = _first_path(files)
    with _connected(place) as client:
        likeness = _Likeness.here(assignment, first)
        _check(client, assignment, likeness)
        name = f"fhc-desktop-{uuid4().hex}"
        with _lost_told(place):
            client.register_plugin(_Measuring(name, _packed(assignment), likeness))
        try:
            yield from _rows(client, name, assignment, rest, place)
        finally:
            if client.status == "running":
                client.unregister_worker_plugin(name)


def program_digest() -> str:
    """Return a digest of the program's own source, in hexadecimal."""
    root, digest = Path(fhc_desktop.__file__).parent, hashlib.sha256()
    for file in sorted(root.rglob("*.py")):
        digest.update(f"{file.relative_to(root).as_posix()}\n".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


class _Measuring(WorkerPlugin):
    """What a worker of the cluster measures with; it lasts as long as the call.

    Workers may come later than the call, which saw to those that were there before.
    """

    def __init__(self, name: str, assignment: bytes, likeness: _Likeness) -> None:
        self.name = name
        self._packed = assignment
        self._likeness = likeness

    def setup(self, worker: Worker) -> None:
        forbid_core_dumps()
        assignment: Assignment = Post().receive(io.BytesIO(self._packed))
        there = _Likeness.here(assignment, self._likeness.path)
        self._unlike = _Unlike(worker.address, tuple(self._likeness.faults(there)))
        assignment = replace(assignment, threads=worker.state.nthreads)
        self._post = Post.of(assignment.options)
        self._readers = Readers()
        self._measure: Callable[[Path], BatchRow] | None = None
        self._measurer = partial(measurer_of, self._readers, assignment)
        # All its threads compute for one file: what it measures with is there once.
        self._measuring = Lock()

    def teardown(self, worker: Worker) -> None:
        del worker
        self._readers.close()

    def answer(self, path: Path, sight: Sight) -> bytes:
        """Return the row of a file, or why there is none, as ``Post`` packs it."""
        if self._unlike.faults:
            return self._post.packed(self._unlike)
        if _sight_of(path) != sight:
            return self._post.packed(_another_file(path, self._unlike.worker))
        with self._measuring:
            if self._measure is None:
                self._measure = self._measurer()
            return self._post.packed(answer(self._measure, path))


def _measured_there(name: str, path: Path, sight: Sight) -> bytes:
    measuring: _Measuring = get_worker().plugins[name]
    return measuring.answer(path, sight)


def _rows(
    client: Client,
    name: str,
    assignment: Assignment,
    files: Iterable[Path | FailedFile],
    place: ClusterPlace,
) -> Generator[BatchRow, None, None]:
    post = Post.of(assignment.options)
    ahead: deque[tuple[Path, Future | FailedFile]] = deque()
    most = _FILES_AHEAD * max(1, len(_workers(client)))
    with _lost_told(place):
        for file in files:
            while ahead and (_is_there(ahead[0][1]) or len(ahead) >= most):
                yield _row(client, post, *ahead.popleft())
            if isinstance(file, FailedFile):
                ahead.append((file.path, file))
                continue
            path = file.absolute()
            order = client.submit(_measured_there, name, path, _sight_of(path), pure=False)
            ahead.append((file, order))
        while ahead:
            yield _row(client, post, *ahead.popleft())


def _is_there(order: Future | FailedFile) -> bool:
    return isinstance(order, FailedFile) or order.done()


def _row(client: Client, post: Post, path: Path, order: Future | FailedFile) -> BatchRow:
    if isinstance(order, FailedFile):
        return order
    try:
        answered = _result(client, order)
    except KilledWorker:
        return _fatal(path)
    found: BatchRow | Breakdown | _Unlike = post.receive(io.BytesIO(answered))
    if isinstance(found, _Unlike):
        raise found.fault
    if isinstance(found, Breakdown):
        raise WorkerBroke(found.trace)
    # Workers have a current folder of their own, and were given whole paths.
    return replace(found, path=path) if isinstance(found, FailedFile) else found


def _result(client: Client, order: Future) -> bytes:
    """Return what a worker answered, as long as there are any."""
    seen_at = time.monotonic()
    while True:
        try:
            answered: bytes = order.result(timeout=_SECONDS_BETWEEN_LOOKS)
        except TimeoutError:
            now = time.monotonic()
            seen_at = now if _workers(client) else seen_at
            if now - seen_at > _SECONDS_WITHOUT_WORKERS:
                raise OSError("no worker is left") from None
        except (KilledWorker, OSError):
            raise
        except CancelledError as cause:
            raise OSError("its scheduler has begun anew") from cause
        except Exception as cause:
            # What the program does wrong comes as an answer.
            raise _Unlike("one address", (_unable(cause),)).fault from cause
        else:
            return answered


def _first_path(
    files: Iterable[Path | FailedFile],
) -> tuple[Path | None, Iterator[Path | FailedFile]]:
    """Return the first file that is to be measured, and all files."""
    rest = iter(files)
    before: list[Path | FailedFile] = []
    for file in rest:
        before.append(file)
        if isinstance(file, Path):
            return file.absolute(), chain(before, rest)
    return None, iter(before)


@contextmanager
def _connected(place: ClusterPlace) -> Iterator[Client]:
    try:
        client = Client(
            place.address,
            security=None if place.tls is None else _security(place.tls),
            timeout=place.seconds_to_connect,
            set_as_default=False,
        )
    except Exception as cause:
        # Whatever listens at that address may answer anything, and Dask believes it.
        is_systems = isinstance(cause, OSError | ValueError)
        why = cause if is_systems else "what answers there is no Dask scheduler"
        raise ClusterUnfit(
            f"The cluster at {place.address} cannot be reached: {why}.",
            "Check the address, that its scheduler runs, and the files of --cluster-tls.",
        ) from cause
    try:
        yield client
    finally:
        client.close()


def _security(tls: TlsFiles) -> Security:
    return Security(
        tls_ca_file=str(tls.authority),
        tls_client_cert=str(tls.certificate),
        tls_client_key=str(tls.key),
        require_encryption=True,
    )


def _check(client: Client, assignment: Assignment, here: _Likeness) -> None:
    """See that each worker would say the same of a file as this machine."""
    said = client.run(_likeness_there, _packed(assignment), here.path, on_error="return")
    if not said:
        raise ClusterUnfit("The cluster has no workers.", "Start some with dask worker.")
    for worker, there in said.items():
        faults = here.faults(there) if isinstance(there, _Likeness) else [_unable(there)]
        unlike = _Unlike(worker, tuple(faults))
        if unlike.faults:
            raise unlike.fault


def _unable(cause: Exception) -> str:
    return f"cannot run this program ({type(cause).__name__}: {cause})"


def _likeness_there(assignment: bytes, path: Path | None) -> _Likeness:
    return _Likeness.here(Post().receive(io.BytesIO(assignment)), path)


def _packed(assignment: Assignment) -> bytes:
    return Post().packed(assignment)


def _sight_of(path: Path | None) -> Sight:
    """Return size in bytes and time of the content, in s: shares differ in how fine theirs is."""
    status = None if path is None else status_of(path)
    return None if status is None else (status.st_size, int(status.st_mtime))


def _workers(client: Client) -> Any:
    return client.scheduler_info()["workers"]


@contextmanager
def _lost_told(place: ClusterPlace) -> Iterator[None]:
    try:
        yield
    except OSError as cause:
        raise ClusterLost(
            f"The cluster at {place.address} is lost: {cause}.",
            "What was measured is kept where it is measured with --run: start the cluster again, "
            "and call the same again.",
        ) from cause


def _another_file(path: Path, worker: str) -> FailedFile:
    return FailedFile(
        path,
        f"{shown_name(path)} is another file, or none, for the worker at {worker}.",
        "Let all workers see the same files under the same paths, and measure it again.",
        may_pass=True,
    )


def _fatal(path: Path) -> FailedFile:
    return FailedFile(
        path,
        f"{shown_name(path)} was given up: each worker that measured it ended before it was done.",
        "Measure it again without --cluster; the workers' memory may not be enough.",
        may_pass=True,
    )
