"""Numpy's algebra makes no threads in the program: counted in children that run it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
_RUN = "from fhc_desktop.__main__ import main\nmain(['growth', '--hc', '175', '--ga', '20w0d'])\n"
_COUNT = """
import os
import numpy
print(len(os.listdir("/proc/self/task")))
"""
pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or (os.cpu_count() or 1) < 2,
    reason="asks Linux for threads, which one processor has no use for",
)


def threads(program, **environment):
    """How many threads a child has once it has run a program, with numpy and without our limits."""
    usual = {name: value for name, value in os.environ.items() if "NUM_THREADS" not in name}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=usual | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout.splitlines()[-1])


def test_that_the_program_has_none_of_numpys_threads():
    if threads(_COUNT) == 1:
        pytest.skip("this numpy makes no threads")

    assert threads(_RUN + _COUNT) == 1


def test_that_who_asks_for_threads_has_them():
    if threads(_COUNT) == 1:
        pytest.skip("this numpy makes no threads")

    assert threads(_RUN + _COUNT, OPENBLAS_NUM_THREADS="2") == 2
