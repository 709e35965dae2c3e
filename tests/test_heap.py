"""Memory that was freed goes back to the system when that is asked for, and garbage is found."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# Blocks too small for a mapping of their own, with one in use behind them at the heap's end.
HOLD_AND_FREE = """
from pathlib import Path
from fhc_desktop.heap import give_back

def kilobytes():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))

blocks = [bytes(60_000) for _ in range(1000)]
last = bytes(60_000)
del blocks
before = kilobytes()
give_back()
print(before - kilobytes())
"""


LOAD_AND_GO_ON = """
import gc, weakref
from fhc_desktop.heap import look_for_garbage, look_for_no_garbage

class Knot:
    def __init__(self):
        self.itself = self

def is_kept():
    knot = weakref.ref(Knot())
    held = [[] for _ in range(100_000)]  # more than after which Python looks
    return knot() is not None

look_for_no_garbage()
while_loading = is_kept()
look_for_garbage()
print(while_loading, is_kept(), gc.get_freeze_count() > 1000)
"""


def test_that_garbage_is_looked_for_only_once_all_is_loaded_and_not_among_that():
    done = subprocess.run(
        [sys.executable, "-c", LOAD_AND_GO_ON], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == ["True", "False", "True"]


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc can be asked")
def test_that_what_was_freed_is_given_back():
    done = subprocess.run(
        [sys.executable, "-c", HOLD_AND_FREE], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert int(done.stdout) > 30_000
