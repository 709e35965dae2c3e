"""fhc-desktop report and verify: what one writes the other proves, here and elsewhere."""

import json

import numpy as np
import pydicom
import pytest
from PIL import Image
from pypdf import PdfReader

from fhc_desktop.__main__ import main
from fhc_desktop.resources import resource

DEMO = resource("demo/demo_head.png")


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A folder with a report of the demonstration scan, and the folder whose key signed it."""
    folder = tmp_path_factory.mktemp("written")
    given = ["report", str(DEMO), "--ga", "20w0d", "--data-dir", str(folder / "data")]
    forms = ("--pdf", "--fhir", "--sr", "--encapsulated-pdf")
    assert main([*given, *(part for form in forms for part in (form, str(folder)))]) == 0
    return folder


@pytest.fixture
def objects(written):
    """The structured report and the PDF as DICOM objects."""
    by_class = {pydicom.dcmread(path).Modality: path for path in written.glob("*.dcm")}
    return by_class["SR"], by_class["DOC"]


@pytest.fixture
def report(written):
    (report,) = written.glob("*.pdf")
    return report


def verify(capsys, *arguments):
    status = main(["verify", *map(str, arguments)])
    told = capsys.readouterr()
    return status, told.out, told.err


@pytest.mark.model
def test_that_name_and_every_page_say_that_nobody_reviewed_it(report):
    assert report.name.startswith("head-circumference-not-reviewed-")
    pages = PdfReader(report).pages
    assert len(pages) == 2
    assert all("NOT REVIEWED" in page.extract_text() for page in pages)


@pytest.mark.model
def test_that_the_same_report_is_a_preliminary_bundle(written):
    (bundle,) = written.glob("head-circumference-not-reviewed-*.json")
    entries = json.loads(bundle.read_bytes())["entry"]

    said = {entry["resource"].get("status") for entry in entries}
    assert said == {"preliminary", None}
    assert [one.suffix for one in written.iterdir() if one.is_file()].count(".pdf") == 1


def test_that_a_report_needs_a_place_to_go_to(capsys):
    assert main(["report", str(DEMO)]) == 2
    assert "--fhir" in capsys.readouterr().err


@pytest.mark.model
def test_that_it_verifies_where_it_was_made(capsys, written, report):
    status, out, _ = verify(capsys, report, DEMO, "--data-dir", written / "data")

    assert status == 0
    assert "Signed on this machine." in out
    assert "The image is the one that was measured, byte for byte." in out


@pytest.mark.model
def test_that_it_verifies_elsewhere_without_image_and_key(capsys, tmp_path, report):
    status, out, _ = verify(capsys, report, "--data-dir", tmp_path)

    assert status == 0
    assert "The signer is UNKNOWN here: " in out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.model
def test_that_another_image_and_another_signer_are_named_with_status_one(capsys, tmp_path, report):
    Image.fromarray(np.zeros((540, 800), np.uint8)).save(tmp_path / "other.png")

    status, out, _ = verify(capsys, report, tmp_path / "other.png", "--signer", "ab" * 32)

    assert status == 1
    assert "The image is another one" in out
    assert "not by whom you named" in out


@pytest.mark.model
def test_that_a_changed_file_ends_with_status_one(capsys, tmp_path, report):
    content = report.read_bytes()
    (tmp_path / "changed.pdf").write_bytes(content.replace(b'"center_x":', b'"center_y":', 1))

    assert verify(capsys, tmp_path / "changed.pdf")[0] == 1


@pytest.mark.model
def test_that_a_structured_report_verifies_and_says_that_it_is_not_signed(capsys, objects):
    status, out, _ = verify(capsys, objects[0], DEMO)

    assert status == 0
    assert out.splitlines()[0].endswith("statements of this report agrees; it is not signed.")
    assert "whoever altered both is not" in out
    assert "The image is the one that was measured, byte for byte." in out


@pytest.mark.model
def test_that_a_number_altered_in_a_structured_report_ends_with_status_one(
    capsys, tmp_path, objects
):
    dataset = pydicom.dcmread(objects[0])
    biometry = next(
        section
        for section in dataset.ContentSequence
        if section.ValueType == "CONTAINER"
        and section.ConceptNameCodeSequence[0].CodeMeaning == "Fetal Biometry"
    )
    biometry.ContentSequence[0].ContentSequence[0].MeasuredValueSequence[0].NumericValue = "175.0"
    dataset.save_as(tmp_path / "SR1.dcm")

    status, out, _ = verify(capsys, tmp_path / "SR1.dcm")

    assert status == 1
    assert "Its tree says “Head Circumference: 175.0 mm" in out


@pytest.mark.model
def test_that_what_an_archive_left_of_a_structured_report_ends_with_status_one(
    capsys, tmp_path, objects
):
    dataset = pydicom.dcmread(objects[0])
    dataset.remove_private_tags()
    dataset.save_as(tmp_path / "SR1.dcm")

    status, out, _ = verify(capsys, tmp_path / "SR1.dcm")

    assert status == 1
    assert out.startswith("Not all of this report is left")
    assert "NOT agree" not in out


@pytest.mark.model
def test_that_a_pdf_in_a_dicom_object_verifies_by_its_own_seal(capsys, written, objects):
    status, out, _ = verify(capsys, objects[1], DEMO, "--data-dir", written / "data")

    assert status == 0
    assert "Signed on this machine." in out


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("gone.pdf", "cannot be read"),
        ("folder", "cannot be read"),
        ("words.pdf", "cannot be read as a PDF"),
        ("demo.png", "is an image, and no report"),
    ],
)
def test_that_what_is_no_report_is_told_and_ends_with_status_one(capsys, tmp_path, name, told):
    (tmp_path / "folder").mkdir()
    (tmp_path / "words.pdf").write_text("Dear colleague")
    (tmp_path / "demo.png").write_bytes(DEMO.read_bytes())

    status, out, err = verify(capsys, tmp_path / name)

    assert (status, out) == (1, "")
    assert err.startswith(f"fhc-desktop verify: {name} {told}")
    assert "Choose a report that FHC Desktop has written." in err


@pytest.mark.parametrize("wrong", [["verify"], ["verify", "a.pdf", "--signer", "me"]])
def test_that_wrong_use_ends_with_status_two(capsys, wrong):
    with pytest.raises(SystemExit) as ended:
        main(wrong)
    assert ended.value.code == 2


def test_that_a_chart_that_does_not_hold_ends_with_status_two(capsys, tmp_path):
    (tmp_path / "chart.toml").write_text("=")

    assert verify(capsys, "a.pdf", "--chart", tmp_path / "chart.toml")[0] == 2


def test_that_of_a_file_that_is_no_pdf_nothing_is_said_but_one_sentence(caplog, tmp_path):
    other = tmp_path / "notes.pdf"
    other.write_text("no PDF")

    assert main(["verify", str(other)]) == 1
    assert caplog.records == []
