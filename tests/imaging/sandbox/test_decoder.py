"""The decoder's process loads, and may do, no more than decoding needs."""

import subprocess
import sys
from pathlib import Path

import pytest

from fhc_desktop.imaging.loader import Loader
from fhc_desktop.imaging.sandbox.sandbox import Sandbox
from tests.heads import small_phantom, write_png

PHANTOM = small_phantom()
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def head(tmp_path):
    return write_png(PHANTOM, tmp_path / "head.png")


def test_that_the_decoder_loads_neither_qt_nor_a_runtime_of_networks():
    program = (
        "import sys\nimport fhc_desktop.imaging.sandbox.decoder\n"
        "import fhc_desktop.imaging.dicom.picture\n"
        "strangers = {'PySide6', 'torch', 'onnxruntime', 'cv2', 'fhc_desktop.__main__'}\n"
        "sys.exit(' '.join(strangers & {*sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert not done.stderr.strip()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system sets no such limit")
def test_that_memory_and_files_are_denied_to_the_decoder(head):
    sandbox = Sandbox()
    Loader(sandbox).load(head)
    limits = Path(f"/proc/{sandbox.process_id}/limits").read_text()
    sandbox.close()
    soft = {line[:26].strip(): line[26:].split()[0] for line in limits.splitlines()[1:]}

    assert soft["Max address space"] == str(2 * 2**30)
    assert soft["Max file size"] == "0"
    assert soft["Max core file size"] == "0"
    assert int(soft["Max cpu time"]) < 3600
