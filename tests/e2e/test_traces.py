"""A patient's file is opened, reported and copied: what the program then keeps of its path."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.heads import small_phantom, write_dicom

pytestmark = [
    pytest.mark.gui,
    pytest.mark.skipif(sys.platform != "linux", reason="elsewhere HOME does not move the settings"),
]
CANARY = "Zwitschervogel"


@pytest.fixture
def scan(tmp_path):
    """A file that is named after its patient, in a folder that is, too."""
    folder = tmp_path / f"media/{CANARY}_Anna"
    folder.mkdir(parents=True)
    return write_dicom(small_phantom(seed=1), folder / f"{CANARY}_1990.dcm")


@pytest.fixture
def home_after(tmp_path, scan):
    """Return a user's home after a day with the patient, begun in her folder."""

    def spend(**wish):
        home = tmp_path / "home"
        (home / "tmp").mkdir(parents=True)
        inherited = {name: os.environ[name] for name in os.environ if not name.startswith("XDG_")}
        own = {"HOME": str(home), "TMPDIR": str(home / "tmp"), "SCAN": str(scan)}
        day = Path(__file__).with_name("a_day_with_a_patient.py")
        done = subprocess.run(
            [sys.executable, "-B", "-m", "pytest", "-p", "no:cacheprovider", "--timeout=120", day],
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
    return [path.name for path in files if CANARY.encode() in told(path)]


def test_that_nothing_of_a_path_is_kept_where_recent_files_are_off(home_after):
    assert traces(home_after()) == []


def test_that_a_path_is_kept_in_the_users_own_settings_alone(home_after):
    home = home_after(KEEP_RECENT="yes")

    assert traces(home) == ["settings.json"]
    settings = home / ".config/fhc-desktop/settings.json"
    assert stat.S_IMODE(settings.stat().st_mode) == 0o600
    assert stat.S_IMODE(settings.parent.stat().st_mode) == 0o700
