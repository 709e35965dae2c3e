"""Processes that can be killed, users who may do less, and disks that are full."""

import contextlib
import multiprocessing
import os
import shutil
import tempfile
from pathlib import Path

import pytest

NOBODY = 65534


class Children:
    """Starts functions in processes of their own; each has a pipe to talk through."""

    def __init__(self):
        quickest = (
            "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
        )
        self._context = multiprocessing.get_context(quickest)
        if quickest == "forkserver":
            self._context.set_forkserver_preload(["tests.storage.log_writer"])

    @contextlib.contextmanager
    def running(self, work, folder):
        ours, theirs = self._context.Pipe()
        child = self._context.Process(target=work, args=(folder, theirs), daemon=True)
        child.start()
        theirs.close()
        try:
            yield child, ours
        finally:
            child.kill()
            child.join()
            ours.close()


@pytest.fixture(scope="session")
def children():
    return Children()


@pytest.fixture
def ordinary_user():
    """A context in which root has no more rights than anybody else."""

    @contextlib.contextmanager
    def context():
        if os.geteuid() != 0:
            yield
            return
        os.seteuid(NOBODY)
        try:
            yield
        finally:
            os.seteuid(0)

    if not hasattr(os, "geteuid"):
        pytest.skip("file modes mean little on this system")
    return context


@pytest.fixture
def users_folder():
    """A folder that an ordinary user owns and can reach."""
    folder = Path(tempfile.mkdtemp(prefix="fhc-"))
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
    yield folder
    for place, _, _ in os.walk(folder):
        Path(place).chmod(0o700)
    shutil.rmtree(folder)


@pytest.fixture
def file_size_limit():
    """A context in which no file can grow beyond a number of bytes."""
    resource = pytest.importorskip("resource", reason="needs limits on the size of files")

    @contextlib.contextmanager
    def limited(size):
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    return limited
