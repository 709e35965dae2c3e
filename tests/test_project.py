"""What holds for the repository as a whole."""

import ast
import importlib.metadata
import importlib.util
import os
import pkgutil
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NOT_OURS = {
    ".git",
    ".venv",
    "build",
    "dist",
    "demo-output",
    "runs",
    "htmlcov",
    "mutants",
    "__pycache__",
}
TEXT_SUFFIXES = {".cfg", ".csv", ".json", ".md", ".py", ".spec", ".svg", ".toml", ".txt", ".yaml"}

MACHINE_PATH = re.compile(r"(?<![\w.~>])/(?:work|root|tmp|home|Users)/\w")
TRACKER = re.compile(r"\bissue\s+#?\d", re.IGNORECASE)
REAL_IMAGES = re.compile(r"\.\./shared\b")
OUR_NAME = re.compile(r"\b(?:fhc_desktop|model_training|tests)(?:\.\w+)+")
NO_MODULE = {"fhc_desktop.spec"}
# What reckons, tells time or says what a value is; nothing that opens, parses or connects.
KNOWN_TO_THE_DOMAIN = {
    *("base64", "collections", "dataclasses", "datetime", "enum", "functools", "hashlib", "hmac"),
    *("itertools", "math", "numpy", "pathlib", "re", "secrets", "statistics", "typing"),
    "unicodedata",
}
NEEDS_TORCH = pytest.mark.skipif(importlib.util.find_spec("torch") is None, reason="needs torch")
MAY_NAME_REAL_IMAGES = ("tests/conftest.py", "tests/test_project.py", "model_training/configs/")


def _run(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run ``code`` in a Python of its own: what this one has imported must not count."""
    kept = {name: text for name, text in os.environ.items() if name != "OMP_WAIT_POLICY"}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def _text_files() -> list[Path]:
    found = []
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [
            name for name in folders if name not in NOT_OURS and not name.endswith("_cache")
        ]
        found += [Path(folder, name) for name in files if Path(name).suffix in TEXT_SUFFIXES]
    return found


def _lines_that_match(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{file.relative_to(ROOT).as_posix()}:{number}: {line.strip()[:100]}"
        for file in _text_files()
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if pattern.search(line)
    ]


def _is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.is_dir() or path.with_suffix(".py").is_file()


def _pinned() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("==") for line in lines if line and not line.startswith("#")]
    return {_normal(name): version for name, version in pairs}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


# --- what may be imported where ----------------------------------------------------------------


def test_that_imports_keep_to_the_layers():
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout


def _imported(file: Path) -> set[str]:
    """Return the outermost package of whatever a module imports."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return {name.partition(".")[0] for name in found}


def test_that_the_domain_knows_numpy_and_nothing_else():
    folder = ROOT / "fhc_desktop/domain"
    known = {*KNOWN_TO_THE_DOMAIN, "fhc_desktop"}
    strangers = {file.name: _imported(file) - known for file in folder.rglob("*.py")}
    assert {name: found for name, found in strangers.items() if found} == {}


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        pytest.param("model_training.train", "PySide6", marks=NEEDS_TORCH),
        ("fhc_desktop.gui.application", "torch"),
        ("fhc_desktop.__main__", "torch"),
        ("fhc_desktop.__main__", "PySide6"),
        ("fhc_desktop.gui.application", "onnxruntime"),
        ("fhc_desktop.segmentation.networks.loading", "onnxruntime"),
        ("fhc_desktop.segmentation.networks.loading", "torch"),
        ("fhc_desktop.segmentation.segmenter", "torch"),
        ("fhc_desktop.workflow.batch", "torch"),
        ("fhc_desktop.gui.application", "highdicom"),
        ("fhc_desktop.commands.report", "highdicom"),
    ],
)
def test_that_a_module_is_there_without_the_heavy_library_it_must_not_load(module, absent):
    done = _run(f"import sys, {module}; print({absent!r} in sys.modules)")

    assert done.stdout.strip() == "False", done.stderr


WHAT_IMPORTS_START = """
import gc, importlib, pkgutil, subprocess, threading
from concurrent.futures import Executor
from fhc_desktop import commands
from fhc_desktop.imaging.sandbox.sandbox import Sandbox

verbs = [f"fhc_desktop.commands.{found.name}" for found in pkgutil.iter_modules(commands.__path__)]
for module in ["fhc_desktop.__main__", "fhc_desktop.gui.picture", *verbs]:
    importlib.import_module(module)
kinds = (Sandbox, Executor, subprocess.Popen)
print([thing for thing in gc.get_objects() if isinstance(thing, kinds)], threading.active_count())
"""


def test_that_importing_the_program_makes_no_sandbox_no_thread_and_no_process():
    done = _run(WHAT_IMPORTS_START)

    assert done.stdout.strip() == "[] 1", done.stderr


# Ends the program the moment that torch is asked for, and says what torch would have found.
WATCH_FOR_TORCH = """
import importlib.abc, os, runpy, sys

class Watch(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name == "torch":
            os.write(1, f"torch found {os.environ.get('OMP_WAIT_POLICY')}".encode())
            os._exit(0)

sys.meta_path.insert(0, Watch())
"""


@NEEDS_TORCH
@pytest.mark.parametrize(
    "start",
    [
        "import fhc_desktop.segmentation.networks.pytorch.runtime",
        "import model_training.__main__; import torch",
    ],
    ids=["program", "training"],
)
def test_that_threads_wait_without_spinning_before_torch_is_loaded(start):
    done = _run(WATCH_FOR_TORCH + start)

    assert "torch found passive" in done.stdout, done.stdout + done.stderr


@pytest.fixture(scope="module")
def home_of_a_measurement(tmp_path_factory):
    """A user's home after the demonstration scan was measured in it on the CPU."""
    home = tmp_path_factory.mktemp("home")
    start = (
        "sys.argv[1:] = ['measure', 'resources/demo/demo_head.png', '--device', 'cpu']\n"
        "runpy.run_module('fhc_desktop', run_name='__main__')"
    )
    places = {f"XDG_{kind}_HOME": str(home / kind) for kind in ("CACHE", "CONFIG", "DATA")}
    # Also where somebody wished otherwise.
    done = _run(WATCH_FOR_TORCH + start, HOME=str(home), ORT_DISABLE_TELEMETRY="0", **places)
    assert done.returncode == 0, done.stderr
    assert "demo_head.png" in done.stdout
    return home, done.stdout


def test_that_measuring_on_the_cpu_never_asks_for_torch(home_of_a_measurement):
    assert "torch found" not in home_of_a_measurement[1]


def test_that_no_library_keeps_a_note_of_who_measured_to_tell_its_maker(home_of_a_measurement):
    home, _ = home_of_a_measurement

    assert [path.name for path in home.rglob("*") if path.is_file()] == []


# --- what is installed --------------------------------------------------------------------------


@pytest.mark.parametrize("other", ["opencv-python", "opencv-contrib-python"])
def test_that_no_second_opencv_brings_its_own_qt(other):
    assert importlib.metadata.version("opencv-python-headless")
    with pytest.raises(importlib.metadata.PackageNotFoundError):
        importlib.metadata.version(other)


def test_that_pyside_is_the_version_that_keeps_its_references():
    assert importlib.metadata.version("PySide6_Essentials") == _pinned()["pyside6-essentials"]
    assert _pinned()["pyside6-essentials"] == "6.11.3"


def test_that_qt_calls_lose_no_reference_to_none():
    lost = _run(
        "import sys; from PySide6.QtWidgets import QApplication, QWidget\n"
        "app = QApplication([]); widget = QWidget(); widget.update()\n"
        "before = sys.getrefcount(None)\n"
        "for _ in range(3000): widget.update()\n"
        "print(before - sys.getrefcount(None))",
        QT_QPA_PLATFORM="offscreen",
    )

    assert abs(int(lost.stdout)) < 300, lost.stderr


def test_that_every_requirement_is_pinned():
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    extras = [line for lines in project["optional-dependencies"].values() for line in lines]
    required = {
        _normal(re.match(r"[\w.-]+", line)[0]) for line in [*project["dependencies"], *extras]
    }

    assert required - _pinned().keys() == set()


def test_that_the_program_requires_no_torch_and_its_extras_do():
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    extras = project["optional-dependencies"]
    with_torch = {
        name for name, lines in extras.items() if any(line.startswith("torch") for line in lines)
    }

    assert not any(line.startswith(("torch", "onnx>")) for line in project["dependencies"])
    assert with_torch == {"gpu", "train"}


def test_that_torch_is_pinned_without_naming_a_build():
    assert "+" not in _pinned()["torch"]


# --- what the files say -------------------------------------------------------------------------


def test_that_no_file_names_a_path_of_somebodys_machine():
    assert _lines_that_match(MACHINE_PATH) == []


def test_that_every_dotted_name_of_ours_leads_somewhere():
    texts = (file.read_text(encoding="utf-8") for file in _text_files())
    names = {name for text in texts for name in OUR_NAME.findall(text)}

    for name in sorted(names - NO_MODULE):
        if not _is_module(name):
            pkgutil.resolve_name(name)  # raises where a module holds nothing of that name


def test_that_no_file_sends_the_reader_to_a_tracker():
    assert _lines_that_match(TRACKER) == []


def test_that_only_the_tests_and_the_training_configuration_know_where_real_images_are():
    named = [line for line in _lines_that_match(REAL_IMAGES) if ":" in line]

    assert [line for line in named if not line.startswith(MAY_NAME_REAL_IMAGES)] == []
