"""What every test may ask for."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import settings

from tests.children import Children
from tests.reading import READERS

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Spinning threads make two of them slower than one on a busy machine; read when torch is loaded.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
if "PYTEST_XDIST_WORKER" in os.environ:
    # The workers have the cores already: threads of torch beside them are three times as slow.
    os.environ.setdefault("OMP_NUM_THREADS", "1")

# No test depends on how fast the machine is; the rest stays as hypothesis has it, here or on CI.
settings.register_profile("untimed", settings(deadline=None))
settings.load_profile("untimed")

NOBODY = 65534
SHARED = Path(__file__).resolve().parents[2] / "shared"
WITH_TORCH = (Path("segmentation/networks/pytorch"), Path("model_training"))


class NeedsTorch(pytest.Module):
    """Tests of what an installation without the extras does not have."""

    def collect(self):
        pytest.skip("needs torch and onnx (the extra train)", allow_module_level=True)


def pytest_pycollect_makemodule(module_path, parent):
    folder = module_path.relative_to(Path(__file__).parent).parent
    is_missing = find_spec("torch") is None or find_spec("onnx") is None
    return (
        NeedsTorch.from_parent(parent, path=module_path)
        if (is_missing and folder in WITH_TORCH)
        else None
    )


@pytest.fixture(scope="session", autouse=True)
def no_decoder_is_left():
    """Close what read the tests' files."""
    yield
    READERS.close()


@pytest.fixture(scope="session")
def children():
    return Children()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with real images, which the project never ships."""
    if not SHARED.is_dir():
        pytest.skip("the folder with real images (../shared) is not there")
    return SHARED


@pytest.fixture
def ordinary_user():
    """A context in which root has no more rights than anybody else."""

    @contextlib.contextmanager
    def context():
        if os.geteuid() != 0:
            yield
            return
        os.seteuid(NOBODY)
        try:
            yield
        finally:
            os.seteuid(0)

    if not hasattr(os, "geteuid"):
        pytest.skip("file modes mean little on this system")
    with context():
        can_read = os.access(__file__, os.R_OK, effective_ids=True)
    if not can_read:
        pytest.skip("the program lies where only root can read it")
    return context


@pytest.fixture
def users_folder():
    """A folder that an ordinary user owns and can reach."""
    folder = Path(tempfile.mkdtemp(prefix="fhc-"))
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
    yield folder
    for place, _, _ in os.walk(folder):
        Path(place).chmod(0o700)
    shutil.rmtree(folder)


@pytest.fixture
def file_size_limit():
    """A context in which no file can grow beyond a number of bytes."""
    resource = pytest.importorskip("resource", reason="needs limits on the size of files")

    @contextlib.contextmanager
    def limited(size):
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    return limited


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 256 kB with nothing on it."""
    place = tmp_path / "small"
    place.mkdir()
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root can mount a small disk")
    command = [shutil.which("mount"), "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(place)]
    if subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("this machine does not let us mount a small disk")
    yield place
    subprocess.run([shutil.which("umount"), str(place)], check=True)
