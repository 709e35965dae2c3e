"""torch's libraries mapped into memory without holding up the window.

Importing torch maps some 450 MB of libraries while it holds the interpreter's lock, which
freezes a window for a third of a second. Mapped through ctypes beforehand, which lets go of the
lock, the import finds them loaded and the freeze shrinks to a third.
"""

import ctypes
import importlib.util
import os
import sys
from pathlib import Path

_LIBRARIES = (
    "libtorch_global_deps.so",
    "libc10.so",
    "libtorch_cpu.so",
    "libtorch.so",
    "libtorch_python.so",
)


def preload_torch_libraries() -> None:
    """Map torch's libraries on Linux; elsewhere, and where there are none, do nothing."""
    if not sys.platform.startswith("linux") or "torch" in sys.modules:
        return
    folder = _library_folder()
    if folder is None:
        return
    dlopen = ctypes.CDLL(None).dlopen
    dlopen.restype = ctypes.c_void_p
    dlopen.argtypes = (ctypes.c_char_p, ctypes.c_int)
    for name in _LIBRARIES:
        # A library that cannot be mapped is torch's own business, a moment later.
        dlopen(os.fsencode(folder / name), os.RTLD_NOW)


def _library_folder() -> Path | None:
    found = importlib.util.find_spec("torch")
    if found is None or found.origin is None:
        return None
    return Path(found.origin).parent / "lib"
