"""fhc-desktop report: each form that was asked for, and that nobody looked at it."""

import pydicom
import pytest

from fhc_desktop.__main__ import main
from fhc_desktop.reporting.content.report_form import ReportForm
from tests.heads import small_phantom, write_dicom, write_png

DICOM = tuple(form for form in ReportForm if form.suffix == "dcm")


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A folder with every form of one image's report."""
    folder = tmp_path_factory.mktemp("report")
    image = write_dicom(small_phantom(), folder / "head.img")
    forms = [part for form in ReportForm for part in (f"--{form}", str(folder))]
    assert main(["report", str(image), *forms, "--data-dir", str(folder / "data")]) == 0
    return folder


def of(written, form):
    (path,) = written.glob(f"*.{form}.dcm")
    return path


def test_that_each_form_lies_in_the_folder_under_a_name_that_says_nobody_reviewed_it(written):
    names = [path.name for path in written.glob("head-circumference-*")]

    assert len(names) == len(ReportForm)
    assert all("not-reviewed" in name for name in names)


@pytest.mark.parametrize("form", DICOM)
def test_that_each_object_is_of_the_study_of_its_image(written, form):
    image = pydicom.dcmread(written / "head.img")
    dataset = pydicom.dcmread(of(written, form))

    assert dataset.StudyInstanceUID == image.StudyInstanceUID
    assert image.SOPInstanceUID in str(dataset)


@pytest.mark.parametrize("form", [ReportForm.STRUCTURED_REPORT, ReportForm.MEASUREMENT_REPORT])
def test_that_what_leaves_the_command_line_is_partial_and_unverified(written, form):
    dataset = pydicom.dcmread(of(written, form))

    assert (dataset.CompletionFlag, dataset.VerificationFlag) == ("PARTIAL", "UNVERIFIED")


def test_that_the_pdf_in_the_object_can_be_verified(written, tmp_path, capsys):
    dataset = pydicom.dcmread(of(written, ReportForm.ENCAPSULATED_PDF))
    target = tmp_path / "out.pdf"
    target.write_bytes(dataset.EncapsulatedDocument[: dataset.EncapsulatedDocumentLength])

    assert main(["verify", str(target), str(written / "head.img")]) == 0
    assert "agrees" in capsys.readouterr().out


def test_that_a_form_that_an_image_cannot_have_is_told_and_the_others_are_there(tmp_path, capsys):
    image = write_png(small_phantom(), tmp_path / "head.png")
    asked = ["--sr", str(tmp_path / "a.dcm"), "--presentation-state", str(tmp_path / "b.dcm")]

    assert main(["report", str(image), "--pixel-size", "0.5", *asked]) == 1
    assert "lies over a DICOM image, and this image is none" in capsys.readouterr().err
    assert pydicom.dcmread(tmp_path / "a.dcm").StudyInstanceUID.startswith("2.25.")
    assert not (tmp_path / "b.dcm").exists()


@pytest.mark.parametrize("given", [["a.png"], ["a.png", "b.png", "--sr", "c.dcm"]])
def test_that_a_report_without_a_form_or_of_two_images_is_wrong_use(given, capsys):
    assert main(["report", *given]) == 2
    said = capsys.readouterr().err
    assert said.startswith("fhc-desktop report: ")
    assert "--sr" in said
