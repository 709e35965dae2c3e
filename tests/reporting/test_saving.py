import os
import subprocess
import sys
from pathlib import Path

import pytest

from fhc_desktop.reporting.saving import ReportNotWritten, save_bytes, save_text

# Writes 200 kB where at most 64 kB are allowed, as on a disk that is full after 64 kB.
_FILE_TOO_LARGE = """
import resource, signal, sys
from pathlib import Path
from fhc_desktop.reporting.saving import ReportNotWritten, save_bytes
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))
try:
    save_bytes(b"x" * 200_000, Path(sys.argv[1]))
except ReportNotWritten as refusal:
    print(refusal.problem, refusal.remedy)
"""


def test_that_a_file_is_written_and_nothing_else(tmp_path):
    save_bytes(b"whole", tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes() == b"whole"
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]


def test_that_text_keeps_its_line_ends(tmp_path):
    save_text("a\r\nБ\n", tmp_path / "rows.csv")
    assert (tmp_path / "rows.csv").read_bytes() == "a\r\nБ\n".encode()


def test_that_an_older_file_is_replaced(tmp_path):
    (tmp_path / "report.pdf").write_bytes(b"an older and longer report")
    save_bytes(b"new", tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes() == b"new"


def test_that_a_missing_folder_is_named_as_the_reason(tmp_path):
    with pytest.raises(ReportNotWritten) as refusal:
        save_bytes(b"x", tmp_path / "absent" / "report.pdf")
    assert refusal.value.problem == "report.pdf was not written: its folder does not exist."
    assert refusal.value.remedy == "Choose a folder that exists."


def test_that_a_file_for_a_folder_is_named_as_the_reason(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ReportNotWritten, match="its folder does not exist"):
        save_bytes(b"x", tmp_path / "file" / "report.pdf")


def test_that_a_folder_of_that_name_is_left_alone(tmp_path):
    (tmp_path / "report.pdf").mkdir()
    with pytest.raises(ReportNotWritten):
        save_bytes(b"x", tmp_path / "report.pdf")
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]


def test_that_a_name_too_long_is_refused_without_leftovers(tmp_path):
    with pytest.raises(ReportNotWritten, match="name is too long"):
        save_bytes(b"x", tmp_path / ("n" * 300))
    assert not list(tmp_path.iterdir())


def test_that_the_longest_possible_name_can_be_written(tmp_path):
    save_bytes(b"x", tmp_path / ("n" * 251 + ".pdf"))
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_that_a_folder_without_permission_is_named_as_the_reason(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(ReportNotWritten, match="must not be written to"):
        save_bytes(b"x", tmp_path / "report.pdf")


@pytest.mark.skipif(os.name != "posix", reason="only POSIX can limit the size of files")
def test_that_a_write_that_breaks_off_leaves_the_old_file_and_nothing_else(tmp_path):
    target = tmp_path / "report.pdf"
    target.write_bytes(b"old")
    answer = subprocess.run(
        [sys.executable, "-c", _FILE_TOO_LARGE, str(target)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert "report.pdf was not written: the file would be larger than allowed" in answer.stdout
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]


def test_that_a_full_disk_is_named_as_the_reason_and_keeps_no_half_file(small_disk):
    target = small_disk / "report.pdf"
    target.write_bytes(b"old")
    with pytest.raises(ReportNotWritten) as refusal:
        save_bytes(b"x" * 300_000, target)
    assert refusal.value.problem == "report.pdf was not written: the disk is full."
    assert target.read_bytes() == b"old"
    assert [path.name for path in small_disk.iterdir()] == ["report.pdf"]
