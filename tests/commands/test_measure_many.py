"""Many files from the command line: by workers as by one, and what Ctrl+C leaves."""

import csv
import json
import os
import signal
import subprocess
import sys

import pytest

from fhc_desktop.__main__ import main
from fhc_desktop.resources import resource
from tests.commands.test_growth import CHART
from tests.heads import small_phantom, write_png

pytestmark = pytest.mark.model
DEMO = resource("demo/demo_head.png")


def test_that_workers_write_what_one_process_writes(capsys, tmp_path):
    for number in range(3):
        write_png(small_phantom(seed=number), tmp_path / f"{number}.png")
    (tmp_path / "0_empty.png").touch()
    chart = tmp_path / "chart.toml"
    chart.write_text(CHART)
    call = [
        *("measure", str(tmp_path / "gone.png"), str(tmp_path), str(DEMO), "--pixel-size", "0.5"),
        *("--ga", "20w0d", "--chart", str(chart), "--standard", "local_our_heads"),
        *("--format", "csv"),
    ]

    status, said = main([*call, "--jobs", "1"]), capsys.readouterr()

    assert main([*call, "--jobs", "2"]) == status == 1
    assert capsys.readouterr() == said
    assert [bool(row["hc_mm"]) for row in csv.DictReader(said.out.splitlines())] == [
        False, True, False, True, True, True,
    ]  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_that_ctrl_c_ends_with_the_rows_until_then(jobs):
    options = ["--format", "json", "--jobs", jobs]
    with subprocess.Popen(
        [sys.executable, "-m", "fhc_desktop", "measure", *[str(DEMO)] * 2000, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=resource("."),
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        # As a terminal does, it reaches all that are in its group.
        process_group=0,
    ) as program:
        first = program.stdout.readline()
        os.killpg(program.pid, signal.SIGINT)
        rows, said = json.loads(first + program.stdout.read()), program.stderr.read()

    assert program.returncode == 130
    assert 0 < len(rows) < 2000
    assert {row["hc_mm"] for row in rows} == {rows[0]["hc_mm"]}
    assert said == b""


def test_that_a_number_of_jobs_that_is_none_is_wrong_use(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["measure", str(DEMO), "--jobs", "many"])

    assert ended.value.code == 2
    assert "many is no number of jobs: 0 to 256" in capsys.readouterr().err
