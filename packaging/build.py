"""Freeze the program, see that it is the program, and pack it: called by ``python3 dev.py build``.

It runs in the environment that is frozen, with PyInstaller and nothing else beside it.
"""

import argparse
import json
import os
import subprocess
import sys
import tomllib
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import bundle
import linux

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from fhc_desktop import __version__  # noqa: E402 - the one place that names the version
from fhc_desktop.components import (  # noqa: E402
    Component,
    as_json,
    as_notices,
    installed_components,
)
from fhc_desktop.own_process import DECODER_FLAG  # noqa: E402

DEMO_SCAN = ROOT / "resources" / "demo" / "demo_head.png"
SAME_HC_MM = 0.01
NAME = "fhc-desktop"
LISTED = ROOT / "build" / "licences" / "components.json"


class NotBuilt(Exception):  # noqa: N818 - named for what happened
    """The program that was frozen is not the program; the message says in what."""


def main() -> int:
    """Build all that there is to give away; return the exit status."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--source-python", type=Path, required=True)
    parser.add_argument("--gpu", action="store_true")
    options = parser.parse_args()
    os.environ.setdefault("SOURCE_DATE_EPOCH", _time_of_the_source())
    os.environ["PYTHONHASHSEED"] = "0"  # the order of sets in compiled modules follows it
    try:
        _build(options.source_python, edition="gpu" if options.gpu else "")
    except (NotBuilt, linux.UnknownLibrary, subprocess.CalledProcessError) as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def _build(source_python: Path, edition: str) -> None:
    target = ROOT / "dist" / edition
    folder = target / NAME
    parts = installed_components(_requirements(edition))
    _say("Freezing the program (several minutes)")
    _freeze(parts, target, edition)
    command = [sys.executable, bundle.__file__, str(folder), *filter(None, [edition])]
    if subprocess.call(command) != 0:
        raise NotBuilt("The frozen program holds what it should not, or is too large.")
    _say("Trying the frozen program")
    _try(folder / NAME, source_python)
    _say("Listing its components, and packing it")
    name = "-".join(word for word in (NAME, __version__, edition) if word)
    script, made = ROOT / "packaging" / "bill.py", target / f"{name}.cdx.json"
    subprocess.run([source_python, script, folder, LISTED, __version__, made], check=True)
    if sys.platform.startswith("linux"):
        for package in linux.packages(folder, target, name, __version__):
            print(f"{package.stat().st_size / 1e6:8.1f} MB  {package}")


def _freeze(parts: tuple[Component, ...], target: Path, edition: str) -> None:
    LISTED.parent.mkdir(parents=True, exist_ok=True)
    LISTED.write_text(as_json(parts), encoding="utf-8")
    subprocess.run(
        [
            *(sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"),
            *("--distpath", target, "--workpath", ROOT / "build" / f"pyinstaller{edition}"),
            ROOT / "packaging" / "fhc_desktop.spec",
        ],
        check=True,
        env={**os.environ, "FHC_DESKTOP_EDITION": edition},
    )
    (target / NAME / "NOTICES.txt").write_text(as_notices(parts), encoding="utf-8")
    (target / NAME / "LICENSE").write_bytes((ROOT / "LICENSE").read_bytes())


def _try(frozen: Path, source_python: Path) -> None:
    """Let the frozen program check itself, and measure what the source measures.

    Raises:
        NotBuilt: it fails, or measures something else.
    """
    with TemporaryDirectory() as home:
        environment = {
            **os.environ,
            **dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "APPDATA"), home),
            "QT_QPA_PLATFORM": "offscreen",
        }
        if subprocess.call([frozen, "self-check"], env=environment) != 0:
            raise NotBuilt("The frozen program failed its self-check.")
        if sys.platform.startswith("linux") and "libQt6" in _mapped_by_a_decoder(frozen):
            raise NotBuilt("The frozen program loads Qt where it shows no window.")
        frozen_mm = _measured_hc_mm([frozen], environment)
        source_mm = _measured_hc_mm([source_python, "-m", "fhc_desktop"], environment)
    if not abs(frozen_mm - source_mm) <= SAME_HC_MM:
        raise NotBuilt(f"The frozen program measures {frozen_mm} mm, the source {source_mm} mm.")
    print(f"Frozen and source program measure HC {frozen_mm:.3f} and {source_mm:.3f} mm.")


def _mapped_by_a_decoder(frozen: Path) -> str:
    """Return what the process that decodes files has loaded, as far as this user may look."""
    child = subprocess.Popen([frozen, DECODER_FLAG], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with child, suppress(PermissionError):
        if child.stdout is not None:
            child.stdout.read(1)  # it greets when all has been imported
        return Path(f"/proc/{child.pid}/maps").read_text(encoding="utf-8")
    return ""


def _measured_hc_mm(program: list[Path | str], environment: dict[str, str]) -> float:
    command = [*program, "measure", DEMO_SCAN, "--format", "json"]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=environment, cwd=ROOT
    )
    try:
        done.check_returncode()
        return float(json.loads(done.stdout)[0]["hc_mm"])
    except (subprocess.CalledProcessError, ValueError, LookupError, TypeError) as cause:
        told = (done.stderr or done.stdout)[-800:]
        raise NotBuilt(f"{program[0]} did not measure the demonstration scan: {told}") from cause


def _requirements(edition: str) -> list[str]:
    """Return the names that the program asks for, without their versions."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"].get(edition, [])]
    return [line.partition(">")[0].partition("=")[0].strip() for line in wanted]


def _time_of_the_source() -> str:
    """Return when the last change was made, in seconds since 1970: what is packed bears this time.

    Outside a repository it is the time of the changelog.
    """
    asked = subprocess.run(
        ["git", "-C", ROOT, "log", "-1", "--format=%ct"],
        capture_output=True,
        text=True,
        check=False,
    )
    told = asked.stdout.strip()
    return told or str(int((ROOT / "CHANGELOG.md").stat().st_mtime))


def _say(text: str) -> None:
    print(f"{text} ...", flush=True)


if __name__ == "__main__":
    sys.exit(main())
