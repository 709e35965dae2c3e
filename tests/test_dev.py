"""The one door: what it says when something around the project is not as it must be."""

import ast
import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

DEV_PY = Path(__file__).resolve().parents[1] / "dev.py"


@pytest.fixture(scope="module")
def dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", DEV_PY)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("[Errno -3] Temporary failure in name resolution", "connect to the network"),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] ...", "trusted"),
        ("ReadTimeoutError: Read timed out.", "run this again"),
    ],
)
def test_that_a_failed_installation_is_told_in_one_sentence(dev, printed, told):
    told_sentence = dev.explain_failure(["Collecting torch", printed, "ERROR: No matching", ""])

    assert told in told_sentence
    assert "\n" not in told_sentence
    assert "ERROR" not in told_sentence


def test_that_a_network_failure_is_told_before_what_follows_from_it(dev):
    lines = [
        "WARNING: Retrying ... Failed to establish a new connection: [Errno 101]",
        "ERROR: No matching distribution found for torch==2.13.0",
    ]

    assert "cannot be reached" in dev.explain_failure(lines)


def test_that_an_unknown_failure_quotes_the_error_and_names_the_log(dev):
    sentence = dev.explain_failure(["E: Unable to locate package libgl1", "done", ""])

    assert "Unable to locate package libgl1" in sentence
    assert str(dev.SET_UP_LOG) in sentence


def test_that_the_exception_of_a_build_is_quoted_before_the_conclusion_drawn_from_it(dev):
    lines = ["OSError: Readme file does not exist: README.md", "ERROR: metadata-generation-failed"]

    assert "Readme file does not exist" in dev.explain_failure(lines)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="displays have names on Linux")
@pytest.mark.parametrize("display", ["", ":987"])
def test_that_a_display_that_is_not_there_opens_no_window(dev, monkeypatch, display):
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", display)

    assert not dev.window_can_open(Path(sys.executable))


def test_that_a_library_the_loader_cannot_find_is_missing(dev):
    found = dev.packages_missing({"libno-such-thing.so.9": "libno-such-thing9"})

    assert found == ["libno-such-thing9"]


@pytest.mark.parametrize("words", [[], ["no-such-command"], ["check", "unexpected"]])
def test_that_wrong_use_shows_the_usage(words):
    done = subprocess.run(
        [sys.executable, DEV_PY, *words], capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    assert "usage:" in done.stderr
    assert "Traceback" not in done.stderr


def test_that_an_older_python_can_read_the_door_and_be_turned_away():
    ast.parse(DEV_PY.read_text(encoding="utf-8"), feature_version=(3, 8))
