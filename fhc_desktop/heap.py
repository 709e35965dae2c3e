"""Memory that this process has done with goes back to the system.

It lies on the ground floor: whatever loads something large once may ask for it.
"""

import ctypes
import sys
from contextlib import suppress


def give_back() -> None:
    """Give back what lies unused between what is in use, where the C library can (malloc_trim(3)).

    A network's file is read, taken apart and handed on: tens of megabytes that nobody needs again.
    """
    if sys.platform != "linux":
        return
    with suppress(AttributeError, OSError):  # another C library than glibc
        ctypes.CDLL(None).malloc_trim(0)
