"""A patient's file is opened, reported and copied: what the program then keeps of its path."""

import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pydicom
import pytest

from tests.e2e.a_day_with_a_patient import DAY
from tests.heads import small_phantom, write_dicom

pytestmark = [
    pytest.mark.gui,
    pytest.mark.skipif(sys.platform != "linux", reason="elsewhere HOME does not move the settings"),
]
CANARY = "Zwitschervogel"
HERS = (CANARY, *(f"{DAY:{form}}" for form in ("%Y-%m-%d", "%Y%m%d", "%d.%m.%Y", "%d/%m/%Y")))


@pytest.fixture
def scan(tmp_path):
    """A file that is named after its patient, in a folder that is, too."""
    folder = tmp_path / f"media/{CANARY}_Anna"
    folder.mkdir(parents=True)
    path = write_dicom(small_phantom(seed=1), folder / f"{CANARY}_1990.dcm")
    dataset = pydicom.dcmread(path)
    dataset.PatientName, dataset.PatientID = f"{CANARY}^Anna", f"{CANARY}-17"
    dataset.AccessionNumber = dataset.StudyDescription = CANARY
    dataset.StudyDate = dataset.ContentDate = f"{DAY:%Y%m%d}"
    dataset.save_as(path)
    return path


@pytest.fixture
def home_after(tmp_path, scan):
    """Return a user's home after a day with the patient, begun in her folder."""

    def spend(*under, **wish):
        home = tmp_path / "home"
        (home / "tmp").mkdir(parents=True)
        inherited = {name: os.environ[name] for name in os.environ if not name.startswith("XDG_")}
        own = {"HOME": str(home), "TMPDIR": str(home / "tmp"), "SCAN": str(scan)}
        day = Path(__file__).with_name("a_day_with_a_patient.py")
        options = ["-B", "-m", "pytest", "-p", "no:cacheprovider", "--timeout=240", str(day)]
        done = subprocess.run(
            [*under, sys.executable, *options],
            cwd=scan.parent,
            env=inherited | own | wish,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout
        assert scan.with_suffix(".pdf").exists()
        return home

    return spend


def told(path):
    """Return all that a file tells, with what Qt and UTF-16 put between its letters undone."""
    content = path.read_bytes()
    plain = re.sub(rb"\\x([0-9a-f]{2})", lambda found: bytes.fromhex(found[1].decode()), content)
    return b"".join([bytes(path), content, plain]).replace(b"\\0", b"").replace(b"\0", b"")


def traces(home):
    files = [path for path in home.rglob("*") if path.is_file()]
    assert {"settings.json", "QtProject.conf", "faults.log"} <= {path.name for path in files}
    return [path.name for path in files if any(one.encode() in told(path) for one in HERS)]


def sent(spend, record):
    """Spend something without a route to anywhere; return what would be said to a network."""
    watched = ["strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=connect,sendto,sendmsg"]
    without_route = ["unshare", "-rn"]
    if not all(shutil.which(name) for name in ("strace", "unshare")):
        pytest.skip("strace and unshare are needed to see what is said to a network")
    if subprocess.run([*without_route, "true"], check=False).returncode != 0:
        pytest.skip("this machine does not let us take the network away")
    spend(*without_route, *watched, "-o", str(record))
    return [line for line in record.read_text().splitlines() if "AF_INET" in line]


def test_that_nothing_of_her_is_kept_and_nothing_is_said_to_a_network(home_after, tmp_path):
    record = tmp_path / "calls"

    assert sent(home_after, record) == []

    assert traces(tmp_path / "home") == []


def test_that_whoever_says_something_to_a_network_is_heard(tmp_path):
    says = "import socket; socket.socket().connect_ex(('127.0.0.1', 9))"

    def speak(*under):
        subprocess.run([*under, sys.executable, "-c", says], check=True)

    (heard,) = sent(speak, tmp_path / "calls")
    assert "connect" in heard


def test_that_a_path_is_kept_in_the_users_own_settings_alone(home_after):
    home = home_after(KEEP_RECENT="yes")

    assert traces(home) == ["settings.json"]
    settings = home / ".config/fhc-desktop/settings.json"
    assert stat.S_IMODE(settings.stat().st_mode) == 0o600
    assert stat.S_IMODE(settings.parent.stat().st_mode) == 0o700
