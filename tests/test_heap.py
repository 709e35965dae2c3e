"""Memory that was freed goes back to the system when that is asked for."""

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


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc can be asked")
def test_that_what_was_freed_is_given_back():
    done = subprocess.run(
        [sys.executable, "-c", HOLD_AND_FREE], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert int(done.stdout) > 30_000
