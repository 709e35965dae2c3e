import subprocess
import sys

import pytest

PRELOAD = """
import sys
from pathlib import Path
from fhc_desktop.segmentation.networks.pytorch.preload import preload_torch_libraries

preload_torch_libraries()
print("torch" in sys.modules, "libtorch_python" in Path("/proc/self/maps").read_text())
import torch
preload_torch_libraries()
print(torch.ones(2).sum().item())
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere it does nothing")
def test_that_the_libraries_are_there_before_torch_is_and_torch_finds_them():
    done = subprocess.run(
        [sys.executable, "-c", PRELOAD], capture_output=True, text=True, check=False
    )

    assert done.stdout.split() == ["False", "True", "2.0"], done.stderr
