"""Another process of this program: how it is started, frozen or not.

It lies on the ground floor: files are decoded in one kind of them, many are measured in another, a
third has the window's networks, and a fourth sees whether Qt can show a window.
"""

import json
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import subprocess

    Child = subprocess.Popen[bytes]

# What the frozen program's executable is called with to be one of them: see frozen_main.py.
DECODER_FLAG = "--decode-untrusted-images"
WORKER_FLAG = "--measure-for-another-process"
LOOKER_FLAG = "--look-for-another-process"
WINDOW_FLAG = "--check-the-window"
DECODER, LOOKER = "fhc_desktop.imaging.sandbox.decoder", "fhc_desktop.workflow.looker"
PIPE_BYTES = 2**20
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


def begin_decoder() -> "Child | None":
    """Begin the process that decodes files, before whoever talks to it has been imported.

    None where it cannot be: who needs it says so.
    """
    try:
        return begin_unheard(own_command(DECODER_FLAG, DECODER))
    except (OSError, ValueError):
        return None


def begin_looker() -> "Child | None":
    """Begin the process that looks at pictures, before whoever talks to it has been imported.

    None where it cannot be: who needs it says so.
    """
    try:
        return begin_in_a_group(own_command(LOOKER_FLAG, LOOKER), is_heard=False)
    except (OSError, ValueError):
        return None


def begin_unheard(command: list[str]) -> "Child":
    """Begin a process of which nothing is seen but what it says through its pipes.

    Raises:
        OSError, ValueError: the system does not let it.
    """
    import subprocess  # noqa: PLC0415 - the window is there before it

    # Threads of numpy's algebra would each reserve memory that the decoder's limit counts.
    environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    return subprocess.Popen(  # noqa: S603 - our own program
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # the codecs' complaints quote the file
        bufsize=0,
        env=environment,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def begin_in_a_group(command: list[str], *, is_heard: bool = True) -> "Child":
    """Begin a process in a group of its own: Ctrl+C is for the program, which then ends it.

    One that is not heard complains to nobody: a window need not have anybody who listens.

    Raises:
        OSError: the system does not let it.
    """
    import subprocess  # noqa: PLC0415 - as above

    group: dict[str, Any] = {"process_group": 0}
    if sys.platform == "win32":
        group = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    return subprocess.Popen(  # noqa: S603 - our own program
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=None if is_heard else subprocess.DEVNULL,
        **group,
    )


def widen(child: "Child") -> None:
    """Let a whole picture pass at once: each turn of two processes costs time on a busy machine."""
    with suppress(ImportError, AttributeError, OSError):
        import fcntl  # noqa: PLC0415 - not on Windows

        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
