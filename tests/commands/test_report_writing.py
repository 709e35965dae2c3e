"""fhc-desktop report: several images of one patient make one report, and no others do."""

import json

import pydicom
import pytest
from pypdf import PdfReader

from fhc_desktop.__main__ import main
from fhc_desktop.resources import resource
from tests.reporting.pdf.read_back import words

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def scans(tmp_path_factory):
    """A folder with two scans of one woman and one of another, by their names."""
    folder = tmp_path_factory.mktemp("scans")
    for name, patient, day in (
        ("a", "1", "20260110"),
        ("b", "1", "20260210"),
        ("c", "2", "20260210"),
    ):
        scan = pydicom.dcmread(resource("demo/demo_head.dcm"))
        scan.PatientID, scan.PatientName = patient, f"Person^{patient}"
        scan.StudyDate = scan.SeriesDate = scan.AcquisitionDate = scan.ContentDate = day
        scan.save_as(folder / f"{name}.dcm")
    return folder


def run(capsys, *arguments):
    status = main(list(map(str, arguments)))
    told = capsys.readouterr()
    return status, told.out, told.err


@pytest.fixture(scope="module")
def written(scans, tmp_path_factory):
    """A folder with the report of both, and with whose key and letterhead it was written."""
    folder = tmp_path_factory.mktemp("written")
    clinic = {"institution_name": "A Clinic", "institution_logo": str(folder / "gone.png")}
    (folder / "settings.json").write_text(json.dumps(clinic))
    files = (scans / "b.dcm", scans / "a.dcm", scans / "a.dcm")
    given = ["report", *files, "--lmp", "2025-09-20", "--data-dir", folder, "--pdf", folder]
    assert main(list(map(str, given))) == 0
    return folder


@pytest.fixture(scope="module")
def report(written):
    (report,) = written.glob("*.pdf")
    return report


def test_that_two_scans_of_one_woman_make_one_report_that_nobody_reviewed(report):
    assert report.name.startswith("head-circumference-not-reviewed-")
    assert report.name.endswith("-2-examinations.pdf")
    pages = [words(page.extract_text()) for page in PdfReader(report).pages]
    assert all("NOT REVIEWED" in page for page in pages)
    assert "2 examinations" in pages[0]
    assert pages[0].index("2026-01-10") < pages[0].index("2026-02-10")
    assert pages[0].count("175.1 mm") == 2
    assert "A Clinic" in pages[0]


def test_that_it_verifies_with_one_of_its_scans(capsys, written, report, scans):
    status, out, _ = run(capsys, "verify", report, scans / "a.dcm", "--data-dir", written)

    assert status == 0
    assert "Signed on this machine." in out
    assert "Examination 1: The image is the one that was measured, byte for byte." in out


def test_that_scans_of_two_women_are_refused_in_one_sentence(capsys, scans, tmp_path):
    target = ("--pdf", tmp_path / "out.pdf", "--data-dir", tmp_path)

    status, out, err = run(capsys, "report", scans, *target, "--format", "csv")

    assert status == 1
    assert "Examinations 1 and 3 have different identifiers: they make no report together." in err
    assert out.count("a.dcm") == 1
    assert not (tmp_path / "out.pdf").exists()


def test_that_a_report_that_would_lack_one_is_not_written(capsys, scans, tmp_path):
    files = (scans / "a.dcm", scans / "gone.dcm")

    status, _, err = run(
        capsys, "report", *files, "--pdf", tmp_path / "out.pdf", "--data-dir", tmp_path
    )

    assert status == 1
    assert "The report was not written: it would lack what could not be read." in err
    assert list(tmp_path.iterdir()) == []


def test_that_a_logo_that_cannot_be_read_is_told_and_the_report_is_made(capsys, written, scans):
    target = written / "again" / "one.pdf"
    target.parent.mkdir()

    status, _, err = run(capsys, "report", scans / "a.dcm", "--pdf", target, "--data-dir", written)

    assert status == 0
    assert "The report has no logo. The logo gone.png cannot be read" in err
    assert "A Clinic" in PdfReader(target).pages[0].extract_text()


def test_that_more_than_a_report_holds_are_refused_before_any_is_measured(capsys, tmp_path):
    names = [tmp_path / f"{number}.png" for number in range(41)]

    status, out, err = run(capsys, "report", *names, "--pdf", tmp_path / "out.pdf")

    assert (status, out) == (2, "")
    assert "One report holds 40 examinations at most, and these are 41." in err
