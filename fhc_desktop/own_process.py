"""Another process of this program: how it is started, frozen or not.

It lies on the ground floor: files are decoded in one kind of them, many are measured in another,
and a third sees whether Qt can show a window.
"""

import json
import sys

# What the frozen program's executable is called with to be one of them: see frozen_main.py.
DECODER_FLAG = "--decode-untrusted-images"
WORKER_FLAG = "--measure-for-another-process"
WINDOW_FLAG = "--check-the-window"
# Not `-m`: that would search the current folder, where somebody else's numpy.py may lie, first.
_START = """
import importlib, json, sys
sys.path[:] = json.loads(sys.argv[1])
importlib.import_module(sys.argv[2]).main()
"""


def own_command(flag: str, module: str) -> list[str]:
    """Return how a process is started that runs the ``main`` of one of our modules, and no more.

    The frozen program knows the module by its flag.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, flag]
    paths = [path for path in sys.path if path]
    return [sys.executable, "-I", "-B", "-c", _START, json.dumps(paths), module]
