"""`measure` takes archives and discs like folders, and one broken file stops none of them."""

import json
import shutil

import pytest

from fhc_desktop.__main__ import main
from fhc_desktop.reporting.batch.batch import FailedFile
from fhc_desktop.resources import resource
from fhc_desktop.workflow.batch import expand
from tests.imaging.archives import picture, zipped
from tests.reading import READERS

DEMO = resource("demo/demo_head.png")
TABLE = resource("demo/pixel_size_and_HC.csv")


@pytest.mark.model
def test_that_an_archive_is_measured_with_its_table_and_goes_on_after_a_broken_file(
    tmp_path, capsys
):
    archive = zipped(
        tmp_path / "export.zip",
        [
            ("a/0.png", b"broken"),
            ("a/demo_head.png", DEMO.read_bytes()),
            (f"a_{TABLE.name}", TABLE.read_bytes()),
        ],
    )

    status = main(["measure", str(archive), "--format", "json"])
    rows = json.loads(capsys.readouterr().out)

    assert status == 1
    broken, head = rows
    assert "error" in broken
    assert head["path"] == str(archive / "a" / "demo_head.png")
    assert head["hc_mm"] == pytest.approx(176.26, rel=0.03)


@pytest.mark.parametrize("named", ["folder", "file"])
def test_that_a_disc_is_measured_by_its_dicomdir(tmp_path, shared, named):
    disc = tmp_path / "disc"
    shutil.copytree(shared / "dicom" / "dicomdir", disc, ignore=shutil.ignore_patterns("*-*"))
    for path in [disc, *disc.rglob("*")]:
        path.chmod(0o755)
    (disc / "98892003" / "MR1" / "15820").unlink()

    listed = list(expand([disc if named == "folder" else disc / "DICOMDIR"], READERS))

    assert len(listed) == 31
    failed = [item for item in listed if isinstance(item, FailedFile)]
    assert [item.error for item in failed] == [
        "DICOMDIR names 98892003/MR1/15820, which is not there."
    ]


def test_that_the_folders_of_an_export_are_measured_like_one(tmp_path):
    for name in ("patient2/study/series/IM1", "patient10/study/series/IM1", "overview.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(picture())

    listed = list(expand([tmp_path], READERS))

    assert [path.relative_to(tmp_path).parts[0] for path in listed] == [
        "overview.png",
        "patient2",
        "patient10",
    ]


def test_that_an_archive_inside_an_archive_is_a_failure_among_the_others(tmp_path):
    inner = zipped(tmp_path / "inner.zip", [("a.png", picture())])
    outer = zipped(
        tmp_path / "outer.zip",
        [("study/inner.zip", inner.read_bytes()), ("study/a.png", picture())],
    )

    image, failed = expand([outer], READERS)

    assert image == outer / "study" / "a.png"
    assert failed.path == outer / "study" / "inner.zip"
    assert failed.sentence == (
        "inner.zip is an archive inside an archive and is not opened. Unpack it first."
    )


def test_that_an_archive_in_a_folder_is_a_failure_among_the_others(tmp_path):
    packed = zipped(tmp_path / "packed.zip", [("a.png", picture())])
    zipped(tmp_path / "report.docx", [("word.xml", b"")])
    (tmp_path / "b.png").write_bytes(picture())

    image, failed = expand([tmp_path], READERS)

    assert image == tmp_path / "b.png"
    assert failed.path == packed
    assert failed.sentence == (
        "packed.zip is a ZIP archive and is not looked through with its folder. "
        "Open the archive by itself."
    )


def test_that_a_refused_archive_is_a_failure_among_the_others(tmp_path):
    bomb = zipped(tmp_path / "bomb.zip", [(f"{i}.png", bytes(900_000)) for i in range(40)])
    image = tmp_path / "a.png"
    image.write_bytes(picture())

    refused, listed = expand([bomb, image], READERS)

    assert "unpacks to more than 200 times its size" in refused.error
    assert listed == image


@pytest.mark.model
def test_that_the_one_image_of_an_archive_has_a_report(tmp_path):
    archive = zipped(tmp_path / "a.zip", [("a.png", picture())])

    main(["measure", str(archive), "--pdf", str(tmp_path / "r.pdf"), "--data-dir", str(tmp_path)])

    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")
