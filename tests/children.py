"""Processes that can be killed."""

import contextlib
import multiprocessing


class Children:
    """Starts functions in processes of their own; each has a pipe to talk through."""

    def __init__(self):
        quickest = (
            "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
        )
        self._context = multiprocessing.get_context(quickest)
        if quickest == "forkserver":
            writers = ["tests.storage.log_writer", "tests.workflow.draft_writer"]
            self._context.set_forkserver_preload(writers)

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


def received(pipe):
    """Return what a child told before it ended; what was empty told only that it began."""
    found = []
    try:
        while True:
            found.append(pipe.recv())
    except EOFError:
        return [told for told in found if told]
