"""What others say of an object: dcmtk and dicom3tools, where they are installed."""

import shutil
import subprocess

import pytest

TOOLS = ("dciodvfy", "dsrdump", "dcmdump")


def needed():
    """Skip where a validator is not installed."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"needs {', '.join(missing)}")


def errors_of(path) -> list[str]:
    """Return each line in which a validator calls an object wrong."""
    commands = [["dciodvfy", "-new", str(path)], ["dcmdump", "-q", str(path)]]
    if "structured" in path.name or "measurement" in path.name or ".sr" in path.name:
        commands.append(["dsrdump", "+U8", str(path)])
    found = []
    for command in commands:
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", check=False
        )
        lines = done.stderr.splitlines()
        found += [
            f"{command[0]}: {line}" for line in lines if line.startswith(("Error", "E:", "F:"))
        ]
        if done.returncode and command[0] != "dciodvfy":
            found.append(f"{command[0]} ended with {done.returncode}")
    return found
