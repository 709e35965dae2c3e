"""How the program starts itself."""

import subprocess
import sys

from fhc_desktop.own_process import WORKER_FLAG, own_command

MODULE = "fhc_desktop.workflow.worker"


def test_that_the_frozen_program_calls_itself_by_a_flag(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)

    assert own_command(WORKER_FLAG, MODULE) == [sys.executable, WORKER_FLAG]


def test_that_a_module_in_the_current_folder_is_not_run(tmp_path):
    for name in ("numpy", "pickle", "json"):
        (tmp_path / f"{name}.py").write_text("print('taken over')")
    # Without orders it breaks off: what counts is whose modules it had by then.
    done = subprocess.run(
        own_command(WORKER_FLAG, MODULE),
        cwd=tmp_path,
        input=b"",
        capture_output=True,
        check=False,
    )

    assert done.stderr.rstrip().endswith(b"EOFError: Ran out of input")
    assert b"taken over" not in done.stdout + done.stderr
