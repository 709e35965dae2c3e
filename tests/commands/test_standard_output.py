"""Whatever standard output is connected to, what cannot be written is told or left."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fhc_desktop.resources import resource

pytestmark = pytest.mark.model
DEMO = resource("demo/demo_head.png")
ROOT = Path(__file__).resolve().parents[2]


def is_sentence_and_remedy(text):
    return re.fullmatch(r"[^\n]+[.:] [A-Z][^\n]+\.", text.strip()) is not None


def run(arguments, **options):
    """Run the program as a user does: standard output may then be anything."""
    return subprocess.run(
        [sys.executable, "-m", "fhc_desktop", "measure", *map(str, arguments)],
        cwd=ROOT,
        check=False,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_that_a_full_disk_under_standard_output_is_told():
    with Path("/dev/full").open("w") as full:
        done = run([DEMO], stdout=full)

    assert done.returncode == 1
    assert is_sentence_and_remedy(done.stderr)
    assert "No space left" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="pipes break in another way here")
def test_that_a_reader_who_leaves_early_is_no_fault():
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as pipe:
        done = run([DEMO], stdout=pipe)

    assert (done.returncode, done.stderr) == (1, "")


def test_that_a_console_of_few_letters_shows_escapes(tmp_path):
    path = shutil.copy(DEMO, tmp_path / "голова.png")
    plain = {**os.environ, "PYTHONIOENCODING": "ascii"}

    done = run([path, "--pixel-size", "0.14"], stdout=subprocess.PIPE, env=plain)

    assert (done.returncode, done.stderr) == (0, "")
    assert r"\u0433\u043e\u043b\u043e\u0432\u0430.png" in done.stdout
