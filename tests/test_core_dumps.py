"""A crash leaves no memory behind: measured in children that do crash."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

resource = pytest.importorskip("resource", reason="this system writes no core files")
ROOT = Path(__file__).resolve().parents[1]
_SAY = """
import ctypes, resource
print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""
_RUN = "from fhc_desktop.__main__ import main\nmain(['growth', '--hc', '175', '--ga', '20w0d'])\n"
_CRASH = "import os\nos.abort()\n"


def child(program, folder):
    """Run a Python that may leave core files, as far as this machine allows it."""
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    allow = f"import resource\nresource.setrlimit(resource.RLIMIT_CORE, ({most}, {most}))\n"
    path = f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n"
    return subprocess.run(
        [sys.executable, "-c", allow + path + program],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux what it would do")
def test_that_the_program_may_not_be_dumped_whatever_handles_core_files(tmp_path):
    done = child(_RUN + _SAY, tmp_path)

    assert done.stdout.splitlines()[-1] == "(0, 0) 0"


def test_that_a_crash_leaves_no_file(tmp_path):
    free, bound = tmp_path / "free", tmp_path / "bound"
    free.mkdir()
    bound.mkdir()
    child(_CRASH, free)

    done = child(_RUN + _CRASH, bound)

    assert done.returncode == -signal.SIGABRT
    assert list(bound.iterdir()) == []
    if not any(free.iterdir()):
        pytest.skip("on this machine no crash leaves a file beside the program")
