"""What every test may ask for."""

import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Spinning threads make two of them slower than one on a busy machine; read when torch is imported.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with real images, which the project never ships."""
    if not SHARED.is_dir():
        pytest.skip("the folder with real images (../shared) is not there")
    return SHARED
