"""Processes that can be killed."""

import contextlib
import multiprocessing

import pytest


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
