"""Whatever is wrong from outside: a sentence, a remedy, an exit status, and never a traceback."""

import argparse
import csv
import json
import re
import shutil

import numpy as np
import pytest
from PIL import Image

from fhc_desktop.__main__ import main
from fhc_desktop.commands.measure import add_arguments
from fhc_desktop.commands.measure import run as run_measure
from fhc_desktop.resources import resource
from fhc_desktop.segmentation import bundle
from fhc_desktop.workflow.proposing import SHIPPED_MODEL
from tests.commands.bad_files import BAD_FILES
from tests.heads import small_phantom, write_png
from tests.reading import READERS

pytestmark = pytest.mark.model
DEMO = resource("demo/demo_head.png")


def measure(capsys, *arguments):
    """Return exit status, standard output and standard error; wrong use ends by itself."""
    try:
        status = main(["measure", *map(str, arguments)])
    except SystemExit as ended:
        status = ended.code
    said = capsys.readouterr()
    return status, said.out, said.err


def is_sentence_and_remedy(text):
    return re.fullmatch(r"[^\n]+[.:] [A-Z][^\n]+\.", text.strip()) is not None


@pytest.mark.parametrize(("make", "words"), BAD_FILES.items())
def test_that_a_bad_file_is_one_failed_row_and_the_rest_goes_on(capsys, tmp_path, make, words):
    bad = make(tmp_path)

    status, out, err = measure(capsys, bad, DEMO, "--format", "json")

    failed, good = json.loads(out)
    assert status == 1
    assert failed == {"path": str(bad), "error": err.strip()}
    assert words in failed["error"]
    assert is_sentence_and_remedy(failed["error"])
    assert good["hc_mm"] > 0


@pytest.mark.parametrize("format_", ["table", "csv", "hc18"])
def test_that_every_form_tells_the_failure(capsys, tmp_path, format_):
    (tmp_path / "empty.png").touch()

    status, out, err = measure(capsys, tmp_path, DEMO, "--format", format_)

    assert status == 1
    assert "empty.png is empty." in (out if format_ == "table" else err)
    assert "empty.png" in out
    assert "demo_head.png" in out


def test_that_a_result_in_a_file_still_tells_failures_where_they_are_seen(capsys, tmp_path):
    (tmp_path / "empty.png").touch()
    target = tmp_path / "rows.csv"

    status, out, err = measure(capsys, tmp_path / "empty.png", "--format", "csv", "--out", target)

    (row,) = csv.DictReader(target.open(newline="", encoding="utf-8"))
    assert (status, out) == (1, "")
    assert row["error"] == err.strip()


def test_that_files_without_read_permission_fail_alone(capsys, ordinary_user, users_folder):
    closed = write_png(small_phantom(), users_folder / "closed.png")
    open_ = shutil.copy(DEMO, users_folder / "open.png")
    model = shutil.copy(resource(SHIPPED_MODEL), users_folder / "model.safetensors")
    locked = users_folder / "locked"
    locked.mkdir(mode=0o000)
    arguments = [closed, open_, locked, locked / "in.png", "--pixel-size", "0.5"]
    arguments += ["--format", "json", "--model", model]
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    options = parser.parse_args([*map(str, arguments)])
    # As ourselves first: what is imported or started late is there then.
    run_measure(options, READERS)
    capsys.readouterr()
    closed.chmod(0o000)

    with ordinary_user():
        status = run_measure(options, READERS)

    out, err = capsys.readouterr()
    rows = json.loads(out)
    assert status == 1
    assert ["error" in row for row in rows] == [True, False, True, True]
    assert [row["error"].split(" Ask")[0] for row in rows if "error" in row] == [
        "You have no permission to read closed.png.",
        "You have no permission to read locked.",
        "You have no permission to read in.png.",
    ]
    assert len(err.splitlines()) == 3


@pytest.mark.parametrize("picture", ["black", "noise"])
def test_that_no_head_is_said_and_nothing_is_made_up(capsys, tmp_path, picture):
    noise = np.random.default_rng(3).integers(0, 255, (540, 800), dtype=np.uint8)
    path = tmp_path / f"{picture}.png"
    Image.fromarray(noise if picture == "noise" else np.zeros_like(noise)).save(path)

    status, out, err = measure(capsys, path, "--pixel-size", "0.2", "--format", "json")

    (row,) = json.loads(out)
    assert status == 1
    assert row["ellipse"] is row["hc_px"] is row["hc_mm"] is row["cephalic_index"] is None
    assert row["ga_by_hc"]["hadlock1984"].keys() == {"reason"}
    assert row["grade"] == "not measurable"
    assert row["grade_reasons"] == ["No head was found in this image."]
    (warning,) = row["warnings"]
    assert "No head was found in this image." in warning
    assert "draw the outline by hand" in warning
    assert err.strip() == f"{picture}.png: {warning}"


def missing(folder):
    return folder / "none.safetensors"


def altered(folder):
    whole = bytearray(resource(SHIPPED_MODEL).read_bytes())
    whole[len(whole) // 2] ^= 1
    path = folder / "altered.safetensors"
    path.write_bytes(whole)
    return path


def cut_short(folder):
    path = folder / "cut.safetensors"
    path.write_bytes(resource(SHIPPED_MODEL).read_bytes()[:100_000])
    return path


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (missing, "weights are missing: none.safetensors"),
        (altered, "was altered after it was made"),
        (cut_short, "is not a readable bundle"),
        (lambda folder: folder, "cannot be read"),
    ],
)
def test_that_unusable_weights_end_in_a_sentence(capsys, tmp_path, make, words):
    status, out, err = measure(capsys, DEMO, "--model", make(tmp_path))

    assert (status, out) == (1, "")
    assert words in err
    assert is_sentence_and_remedy(err)


def test_that_weights_of_another_version_name_both_versions(capsys, tmp_path, monkeypatch):
    shipped = bundle.load_bundle(resource(SHIPPED_MODEL))
    path = tmp_path / "newer.safetensors"
    ours = bundle.FORMAT_VERSION
    with monkeypatch.context() as newer:
        newer.setattr(bundle, "FORMAT_VERSION", ours + 1)
        bundle.save_bundle(path, shipped.header, shipped.tensors)

    status, out, err = measure(capsys, DEMO, "--model", path)

    assert (status, out) == (1, "")
    assert f"has format version {ours + 1}; this program reads {ours}." in err
    assert is_sentence_and_remedy(err)


@pytest.fixture
def full_disk(small_disk):
    (small_disk / "ballast").write_bytes(b"x" * 250 * 1024)
    return small_disk


@pytest.mark.parametrize("option", ["--pdf", "--out"])
def test_that_a_full_disk_costs_the_file_and_not_the_measurement(capsys, full_disk, option):
    target = full_disk / "result"
    given = ["--format", "json"]
    if option == "--out":
        given = ["--format", "csv"]
        (full_disk / "ballast").write_bytes(b"x" * 256 * 1024)

    status, out, err = measure(capsys, DEMO, option, target, *given)

    assert status == 1
    assert err == (
        "result was not written: the disk is full. Free some space or choose another disk.\n"
    )
    assert "demo_head.png" in out
    assert [path.name for path in full_disk.iterdir()] == ["ballast"]


def test_that_an_older_report_survives_a_full_disk(capsys, small_disk):
    target = small_disk / "report.pdf"
    target.write_bytes(b"older")
    (small_disk / "ballast").write_bytes(b"x" * 240 * 1024)

    status, _, _ = measure(capsys, DEMO, "--pdf", target)

    assert status == 1
    assert target.read_bytes() == b"older"


def test_that_a_report_of_an_unreadable_file_is_a_failed_row_and_no_file(capsys, tmp_path):
    target = tmp_path / "report.pdf"

    status, out, _ = measure(capsys, tmp_path / "gone.png", "--pdf", target, "--format", "json")

    assert status == 1
    assert [set(row) for row in json.loads(out)] == [{"path", "error"}]
    assert not target.exists()


def test_that_a_name_too_long_for_the_result_is_told(capsys, tmp_path):
    status, out, err = measure(capsys, DEMO, "--out", tmp_path / ("n" * 300))

    assert status == 1
    assert "its name is too long. Choose a shorter name." in err
    assert "demo_head.png" in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "PATH"),
        ([DEMO, "--format", "xml"], "xml"),
        ([DEMO, "--lmp", "2026-02-30"], "There is no day"),
        ([DEMO, "--edd", "tomorrow"], "is not a date"),
        ([DEMO, "--ga", "20w7d"], "is not an age"),
        ([DEMO, "--lmp", "2026-01-01", "--edd", "2026-10-08"], "not allowed with"),
        ([DEMO, "--ga", "20w0d", "--exam-date", "2026-01-01"], "goes with --lmp, --edd"),
        ([DEMO, "--pixel-size", "nan"], "is no pixel size"),
        ([DEMO, "--pixel-size", "-0.2"], "is no pixel size"),
        ([DEMO, "--frame", "-1"], "is no frame"),
        ([DEMO, "--frame", "1.5"], "is no frame"),
        ([DEMO, "--out", "/nowhere/at/all.json"], "does not exist"),
        ([DEMO, "--out", "/" + "n" * 300 + "/rows.json"], "does not exist"),
        ([DEMO, "--pdf", "/".join(["d" * 200] * 25) + "/report.pdf"], "does not exist"),
        ([DEMO, "--colour", "red"], "--colour"),
    ],
)
def test_that_wrong_use_is_told_with_status_two(capsys, arguments, words):
    status, out, err = measure(capsys, *arguments)

    assert (status, out) == (2, "")
    assert words in err
    assert "Traceback" not in err
