#!/usr/bin/env python3
"""The one door to this checkout: set up, run, test, check and build.

It needs Python 3.11 or newer and nothing else. The first call makes ``.venv`` and installs the
pinned versions into it; later calls find that done and start at once.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import json
import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BUILD = ROOT / "build"
CONSTRAINTS = ROOT / "constraints.txt"
SET_UP_LOG = BUILD / "set-up.log"
DEMO_SCAN = ROOT / "resources" / "demo" / "demo_head.png"

OLDEST_PYTHON = (3, 11)

# What Qt loads at run time, and the Debian package that brings it.
LIBRARIES_FOR_ANY_QT = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
}
LIBRARIES_FOR_A_WINDOW = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}

UNREACHABLE = "The package index cannot be reached: connect to the network and run this again."
# What an installer says, and what it means; the first that fits is told.
INSTALLER_FAILURES = (
    ("No space left on device", "The disk is full: free about 3 GB and run this again."),
    (
        "CERTIFICATE_VERIFY_FAILED",
        "The package index's certificate is not trusted here: run pip config set global.cert FILE.",
    ),
    ("ProxyError", "The proxy refused the connection: check HTTPS_PROXY and run this again."),
    ("Temporary failure in name resolution", UNREACHABLE),
    ("Failed to establish a new connection", UNREACHABLE),
    ("timed out", "The package index did not answer in time: run this again."),
    (
        "No matching distribution found",
        "The package index does not offer a pinned version for this Python and machine.",
    ),
    ("Permission denied", "A file cannot be written: check who owns this folder."),
)


class DevError(Exception):
    """Something around the project is not as it must be; the message says what to do."""


def run(_: argparse.Namespace) -> int:
    """Open the program on the demonstration scan; without a display, do the same job unseen."""
    python = set_up()
    if window_can_open(python):
        return _call([python, "-m", "fhc_desktop", DEMO_SCAN])
    print("There is no display here, so the same job is done without a window.", flush=True)
    return _call([python, "-m", "fhc_desktop", "demo", "--out", "demo-output"], _offscreen())


def test(options: argparse.Namespace) -> int:
    """Run the whole suite offscreen; what follows goes to pytest."""
    # All cores, each module's tests in one process: they share what is slow to make.
    shared = ["-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder"]
    return _call([set_up(), "-m", "pytest", *shared, *options.pytest_arguments], _offscreen())


def check(_: argparse.Namespace) -> int:
    """Check format, lint, types, layers and spelling; show everything, fail if any failed."""
    python = set_up()
    checks: dict[str, list[object]] = {
        "format": [python, "-m", "ruff", "format", "--check", "."],
        "lint": [python, "-m", "ruff", "check", "."],
        "types": [python, "-m", "mypy"],
        "types of dev.py": [python, "-m", "mypy", "dev.py"],
        # One folder of files that stand alone: a library that mypy needs has its name.
        "types of packaging": [python, "-m", "mypy", *sorted((ROOT / "packaging").glob("*.py"))],
        "layers": [python.parent / "lint-imports"],
        "spelling": [python, "-m", "codespell_lib"],
    }
    failed = []
    for name, command in checks.items():
        print(f"== {name}", flush=True)
        if _call(command) != 0:
            failed.append(name)
    print(f"Failed: {', '.join(failed)}." if failed else "All checks passed.")
    return 1 if failed else 0


def build(options: argparse.Namespace) -> int:
    """Freeze the program, see that it measures what the source measures, and pack it."""
    python = set_up()
    extra = "gpu" if options.gpu else ""
    # Only what the program needs: PyInstaller packs every optional package that it can find.
    build_python = _make_venv(BUILD / f"venv{extra}")
    _provide_build_tools()
    _say(f"Installing what the frozen program needs into {build_python.parents[1].name}")
    _install(build_python, [*_runtime_requirements(extra), "pyinstaller"])
    edition = ["--gpu"] if extra else []
    script = ROOT / "packaging" / "build.py"
    return _call([build_python, script, "--source-python", python, *edition])


def set_up() -> Path:
    """Make the environment if it is not there or no longer what is pinned; return its Python."""
    _provide_system_packages()
    python = _python_of(VENV)
    stamp = VENV / "set-up.json"
    wanted = _fingerprint()
    if python.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return python
    python = _make_venv(VENV)
    _say("Installing the pinned packages into .venv (once; a few minutes)")
    _install(python, ["--editable", f"{ROOT}[cluster,dev,train,video,research]"])
    stamp.write_text(wanted, encoding="utf-8")
    return python


def _fingerprint() -> str:
    """Everything that, when it changes, asks for another installation."""
    pinned = hashlib.sha256()
    for name in ("pyproject.toml", "constraints.txt"):
        pinned.update((ROOT / name).read_bytes())
    return json.dumps(
        {"python": platform.python_version(), "pinned": pinned.hexdigest(), "root": str(ROOT)}
    )


def _make_venv(folder: Path) -> Path:
    """Return the Python of a usable environment in ``folder``, made anew if need be."""
    python = _python_of(folder)
    question = "import pip, sys; print(sys.prefix, *sys.version_info[:2])"
    answer = f"{folder} {sys.version_info[0]} {sys.version_info[1]}"
    if python.exists():
        found = subprocess.run(
            [python, "-c", question], capture_output=True, text=True, check=False, env=_clean()
        )
        if found.stdout.strip() == answer:
            return python
    _say(f"Making {folder.relative_to(ROOT)}")
    # Not an environment's own Python: it would vanish while it is being replaced.
    base = getattr(sys, "_base_executable", None) or sys.executable
    _logged([base, "-m", "venv", "--clear", folder])
    return python


def _install(python: Path, what: list[str]) -> None:
    pip = [python, "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    _logged([*pip, "--constraint", CONSTRAINTS, *what])


def _runtime_requirements(extra: str) -> list[str]:
    import tomllib  # noqa: PLC0415 - an older Python must get as far as being turned away

    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    return [*project["dependencies"], *project["optional-dependencies"].get(extra, [])]


def _python_of(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _provide_system_packages() -> None:
    """Bring the shared libraries that Qt needs, and Python's venv, where Linux lacks them."""
    if not sys.platform.startswith("linux"):
        return
    needed = packages_missing(LIBRARIES_FOR_ANY_QT)
    if importlib.util.find_spec("ensurepip") is None:
        needed.append("python{}.{}-venv".format(*sys.version_info))
    wished = packages_missing(LIBRARIES_FOR_A_WINDOW)
    if not needed and not wished:
        return
    problem = _install_with_apt([*needed, *wished])
    if problem and needed:
        raise DevError(f"{problem} Install these and run this again: {' '.join(needed)}.")
    if problem:
        print(f"A window may need these packages: {' '.join(wished)}. {problem}", flush=True)


def _provide_build_tools() -> None:
    """Bring what PyInstaller calls on Linux: objdump, and Python as a shared library."""
    if not sys.platform.startswith("linux"):
        return
    shared_python = "libpython{}.{}.so.1.0".format(*sys.version_info)
    missing = [] if shutil.which("objdump") else ["binutils"]
    if sys.prefix == "/usr" and not _loads(shared_python):
        missing.append("libpython{}.{}".format(*sys.version_info))
    problem = _install_with_apt(missing) if missing else ""
    if problem:
        raise DevError(f"{problem} Install these and run this again: {' '.join(missing)}.")


def packages_missing(libraries: dict[str, str]) -> list[str]:
    return [package for library, package in libraries.items() if not _loads(library)]


def _loads(library: str) -> bool:
    """Ask the loader itself: package names differ between releases, library names do not."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _install_with_apt(packages: list[str]) -> str:
    """Install ``packages`` and return an empty text, or the sentence that says why not."""
    if shutil.which("apt-get") is None:
        return "Shared libraries are missing (named here as Debian names them)."
    as_root = _prefix_for_root()
    if as_root is None:
        return "System packages are missing, and installing them needs root or sudo."
    _say(f"Installing system packages: {' '.join(packages)}")
    apt = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-y"]
    apt += ["-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3"]
    try:
        _logged([*apt, "update"])
        _logged([*apt, "install", "--no-install-recommends", *packages])
    except DevError as cause:
        return f"apt-get could not install system packages. {cause}"
    return ""


def _prefix_for_root() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    silently = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    # Without a terminal nobody could answer the question for the password.
    return ["sudo"] if silently.returncode == 0 or sys.stdin.isatty() else None


def window_can_open(python: Path) -> bool:
    """Whether Qt gets hold of a display: a variable alone may name one that is gone."""
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        return False
    probe = (
        "import sys; from PySide6.QtGui import QGuiApplication as App; app = App([]);"
        "sys.exit(App.platformName() in ('offscreen', 'minimal'))"
    )
    return subprocess.run([python, "-c", probe], capture_output=True, check=False).returncode == 0


def _call(command: list[object], environment: dict[str, str] | None = None) -> int:
    """Run a program in this terminal and return its exit status."""
    words = [str(word) for word in command]
    status = subprocess.run(words, cwd=ROOT, env=environment or _clean(), check=False).returncode
    return status if status >= 0 else 128 - status


def _logged(command: list[object]) -> None:
    """Run an installer: its words go to the log, on a terminal the last of them is shown."""
    SET_UP_LOG.parent.mkdir(exist_ok=True)
    lines: list[str] = []
    process = subprocess.Popen(
        [str(word) for word in command],
        cwd=ROOT,
        env=_clean(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    with SET_UP_LOG.open("a", encoding="utf-8") as log, process:
        for line in process.stdout or ():
            log.write(line)
            lines.append(line.strip())
            _show_in_place(line.strip())
    _show_in_place("")
    if process.returncode != 0:
        raise DevError(explain_failure(lines))


def explain_failure(lines: list[str]) -> str:
    """Say in one sentence why an installer failed, from what it printed."""
    printed = "\n".join(lines)
    for sign, sentence in INSTALLER_FAILURES:
        if sign in printed:
            return sentence
    # A build's own exception says more than what the installer concludes from it.
    exceptions = [line for line in lines if re.match(r"[\w.]*(Error|Exception): ", line)]
    errors = [line for line in lines if line.startswith(("ERROR:", "E:"))]
    reason = (exceptions or errors or [line for line in lines if line] or ["nothing printed"])[-1]
    return f"An installation step failed ({reason}); all of its output is in {SET_UP_LOG}."


def _show_in_place(text: str) -> None:
    if sys.stdout.isatty():
        width = shutil.get_terminal_size().columns - 1
        print(f"\r\033[K{text[:width]}", end="", flush=True)


def _clean() -> dict[str, str]:
    """Return the environment without what would lead another Python astray."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("PYTHONHOME")}
    kept.pop("PYTHONPATH", None)
    kept.setdefault("OMP_WAIT_POLICY", "passive")
    return kept


def _offscreen() -> dict[str, str]:
    return {**_clean(), "QT_QPA_PLATFORM": "offscreen"}


def _say(text: str) -> None:
    print(f"{text} ...", flush=True)


def main() -> int:
    """Do what the command line asks; return the exit status."""
    if sys.version_info < OLDEST_PYTHON:
        print("FHC Desktop needs Python 3.11 or newer.", file=sys.stderr)
        return 1
    parser = _parser()
    # As they are for pytest: argparse would take the ones with dashes.
    is_test = sys.argv[1:2] == ["test"]
    options = parser.parse_args(sys.argv[1:2] if is_test else sys.argv[1:])
    options.pytest_arguments = sys.argv[2:]
    try:
        return int(options.command(options))
    except DevError as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dev.py", description="Set up this checkout, then run, test, check or build it."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in (run, test, check, build):
        made = commands.add_parser(command.__name__, help=command.__doc__)
        made.set_defaults(command=command)
    made.add_argument("--gpu", action="store_true", help="with PyTorch, for machines with a GPU")
    return parser


if __name__ == "__main__":
    sys.exit(main())
