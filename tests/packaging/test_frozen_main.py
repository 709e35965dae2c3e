"""The frozen program is itself, or one of the processes that it calls for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fhc_desktop.own_process import DECODER_FLAG, LOOKER_FLAG

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("flag", [DECODER_FLAG, LOOKER_FLAG])
def test_that_a_process_that_nobody_asks_anything_ends_without_a_word(flag):
    done = subprocess.run(
        [sys.executable, ROOT / "packaging" / "frozen_main.py", flag],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        input=b"",
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, b"")
    assert b"usage" not in done.stdout
