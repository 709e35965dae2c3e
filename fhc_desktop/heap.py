"""Memory that this process has done with goes back to the system, and is not looked for in vain.

It lies on the ground floor: whatever loads something large once may ask for it.
"""

import ctypes
import gc
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


def look_for_no_garbage() -> None:
    """Until ``look_for_garbage``: while a program is loaded hardly anything that is made is any.

    Python looks through all that there is again and again meanwhile, a twentieth of the way.
    """
    gc.disable()


def look_for_garbage() -> None:
    """Look for it as usual, and no more through what a program was loaded with: it stays."""
    gc.freeze()
    gc.enable()
