"""The demonstration goes the whole path without a display, or says why it cannot."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from fhc_desktop.commands import demo
from tests.reading import READERS

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.model
def test_that_the_whole_path_is_gone_without_a_display(tmp_path):
    # A process of its own: it dresses the whole program.
    done = subprocess.run(
        [sys.executable, "-m", "fhc_desktop", "demo", "--out", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    (frame,) = json.loads((tmp_path / "measurement.json").read_text(encoding="utf-8"))
    assert f"{frame['hc_mm']:.1f}" in done.stdout
    for name in ("report.pdf", "log.csv", "window.png"):
        assert (tmp_path / name).stat().st_size > 0
        assert f"wrote {tmp_path / name}" in done.stdout


def test_that_a_place_that_cannot_be_written_is_told(tmp_path, capsys):
    (tmp_path / "file").write_text("no folder")

    status = demo.run(tmp_path / "file" / "out", READERS)

    assert status == 1
    assert "could not be written" in capsys.readouterr().err
