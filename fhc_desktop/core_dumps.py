"""No image of this process's memory is left on the disk when it crashes.

It lies on the ground floor: the program and the decoder that it starts both hold patients' data.
"""

import ctypes
import sys
from contextlib import suppress

_PR_SET_DUMPABLE = 4  # linux/prctl.h


def forbid_core_dumps() -> None:
    """Keep the system from writing this process's memory to a file, as far as it lets us.

    The limit alone is not enough on Linux: where ``core_pattern`` names a program (apport,
    systemd-coredump) the kernel hands it the memory whatever the limit is (core(5)). A process
    that is not dumpable is never handed over, nor can another program of the same user read its
    memory (prctl(2)). Windows has neither.
    """
    # macOS names some limits that it does not let be set.
    with suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _be_undumpable()


def _be_undumpable() -> None:
    if sys.platform != "linux":
        return
    # A C library without prctl, or none that can be asked, leaves the limit.
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
