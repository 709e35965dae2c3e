"""The reports of an image's study are found beside it, and no others."""

import zipfile
from pathlib import Path

import pydicom
import pytest
from pydicom.fileset import FileSet

from fhc_desktop.domain.growth.assessment import Dimension
from fhc_desktop.imaging.catalogue import read_catalogue
from fhc_desktop.imaging.described_file import read_study
from fhc_desktop.imaging.reports import is_structured_report
from fhc_desktop.imaging.unreadable import UnreadableImage
from fhc_desktop.reporting.content.report_form import ReportForm
from fhc_desktop.reporting.dicom.filed_object import filed_object
from fhc_desktop.reporting.proof.measurement_text import measurement_text
from tests.heads import small_phantom, write_png
from tests.reading import READERS, refusal
from tests.reporting.dicom.objects import coded as coded_content
from tests.reporting.dicom.objects import facts_of, in_its_study_accepted
from tests.structured_reports import (
    HC,
    IMAGE,
    REPORT,
    number,
    one_head,
    write_image,
    write_report,
    write_study,
)


def beside(image, **options):
    study = read_study(image, sandbox=READERS.catalogues)
    return READERS.reports.beside(image, study, **options)


def test_that_a_report_is_known_by_its_first_bytes(tmp_path):
    image, report = write_study(tmp_path)
    report = report.rename(tmp_path / "without a suffix")

    assert is_structured_report(report)
    assert not is_structured_report(image)
    assert not is_structured_report(write_png(small_phantom(), tmp_path / "head.png"))
    assert not is_structured_report(tmp_path)
    assert not is_structured_report(tmp_path / "nothing")


def test_that_a_report_tells_through_the_decoder_what_it_tells_at_all(tmp_path):
    _, path = write_study(tmp_path)

    report = READERS.reports.read(path)

    assert report.name == "SR1.dcm"
    assert [(one.dimension, one.text) for one in report.measurements] == [
        (Dimension.HC, "172.0 mm"),
        (Dimension.BPD, "47.0 mm"),
        (Dimension.OFD, "63.0 mm"),
    ]


@pytest.mark.parametrize("kept_bytes", [600, 900, 1400])
def test_that_a_report_that_is_cut_short_is_refused_in_a_sentence(tmp_path, kept_bytes):
    _, path = write_study(tmp_path)
    path.write_bytes(path.read_bytes()[:kept_bytes])

    with pytest.raises(UnreadableImage, match=r"SR1\.dcm is incomplete: it ends before"):
        READERS.reports.read(path)


def test_that_opened_as_an_image_a_report_says_what_it_is(tmp_path):
    _, path = write_study(tmp_path)

    said = refusal(path)

    assert said.problem == (
        "SR1.dcm is a Structured Report, which tells measurements: a DICOM file without an image."
    )
    assert "fhc-desktop show-sr" in said.remedy


def test_that_a_report_of_the_study_is_found_in_the_folder(tmp_path):
    image, _ = write_study(tmp_path)

    found = beside(image)

    assert [report.name for report in found.reports] == ["SR1.dcm"]
    assert (found.instance_uid, found.objections, found.is_cut) == (IMAGE, (), False)


def test_that_a_report_of_another_study_is_none_of_this_image(tmp_path):
    image, _ = write_study(tmp_path)
    write_report(
        tmp_path / "SR2.dcm", one_head("99.0"), StudyInstanceUID="9.9", SOPInstanceUID="9.8"
    )

    assert [report.name for report in beside(image).reports] == ["SR1.dcm"]


def test_that_a_copy_of_a_report_counts_once(tmp_path):
    image, report = write_study(tmp_path)
    (tmp_path / "copy.dcm").write_bytes(report.read_bytes())

    assert len(beside(image).reports) == 1


def test_that_a_report_that_names_another_patient_is_told_and_not_shown(tmp_path):
    image = write_image(tmp_path / "IM1.dcm")
    write_report(tmp_path / "SR1.dcm", one_head(), PatientID="4712")

    found = beside(image)

    assert found.reports == ()
    (said,) = found.objections
    assert said.startswith("A Structured Report of the same study, SR1.dcm, names another patient")


def test_that_a_damaged_report_beside_an_image_is_told(tmp_path):
    image, report = write_study(tmp_path)
    report.write_bytes(report.read_bytes()[:900])

    found = beside(image)

    assert found.reports == ()
    assert found.objections[0].startswith(
        "A Structured Report beside the image: SR1.dcm is incomplete"
    )


def test_that_a_picture_without_a_study_has_no_report(tmp_path):
    write_study(tmp_path)

    assert beside(write_png(small_phantom(), tmp_path / "head.png")).reports == ()


def test_that_a_report_is_found_on_the_same_disc(tmp_path):
    image, report = write_study(tmp_path)
    files = FileSet()
    for path in (image, report):
        dataset = pydicom.dcmread(path)
        dataset.StudyDate, dataset.StudyTime, dataset.StudyID = "20260115", "101500", "1"
        dataset.SeriesNumber = dataset.InstanceNumber = 1
        dataset.ContentDate, dataset.ContentTime = "20260115", "101500"
        files.add(dataset)
    disc = tmp_path / "disc"
    files.write(disc)
    (on_disc,) = (
        path for path in disc.rglob("IM*") if path.is_file() and not is_structured_report(path)
    )

    assert len(beside(on_disc).reports) == 1
    listed = read_catalogue(disc, sandbox=READERS.catalogues)
    assert [one.instance_uid for one in listed.reports] == [REPORT]
    assert [one.path for one in listed.images] == [on_disc]


def test_that_a_report_is_listed_beside_the_images_of_its_study(tmp_path):
    image, report = write_study(tmp_path)

    listed = read_catalogue(tmp_path, sandbox=READERS.catalogues)

    assert [one.path for one in listed.images] == [image]
    assert [one.path for one in listed.reports] == [report]
    assert len(listed.patients) == len(listed.patients[0].studies) == 1


def test_that_a_report_is_found_in_the_same_archive(tmp_path):
    image, report = write_study(tmp_path)
    packed = tmp_path / "export.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(image, "images/IM1.dcm")
        archive.write(report, "reports/SR1.dcm")
    report.unlink()

    assert len(beside(packed / "images" / "IM1.dcm").reports) == 1


def test_that_the_search_ends_when_it_is_told_to(tmp_path):
    image, _ = write_study(tmp_path)

    assert beside(image, go_on=lambda: False).reports == ()


def test_that_the_image_of_a_report_is_found_beside_it(tmp_path):
    image, report = write_study(tmp_path)
    write_image(tmp_path / "IM0.dcm", SOPInstanceUID="1.2.3.4.99")

    found = READERS.reports.image_of(report, frozenset((IMAGE,)))

    assert found == image
    assert READERS.reports.image_of(report, frozenset(("9.9",))) is None


def test_that_a_place_is_looked_through_once_until_it_is_to_be_afresh(tmp_path):
    image = write_image(tmp_path / "IM1.dcm")
    assert beside(image).reports == ()
    write_report(tmp_path / "SR1.dcm", one_head())

    assert beside(image, afresh=False).reports == ()
    assert len(beside(image).reports) == 1


def test_that_the_search_is_bounded(tmp_path):
    image, _ = write_study(tmp_path)
    for place in range(2001):
        Path(tmp_path / f"A{place}.txt").write_text("no image", encoding="ascii")

    assert beside(image).is_cut


def test_that_a_real_report_tells_through_the_decoder(shared):
    path = shared / "dicom" / "sr" / "generated_tid5000_obgyn_hc.dcm"

    report = READERS.reports.read(path)

    assert number(HC, "178.4").ConceptNameCodeSequence[0].CodeValue in [
        one.name.value for one in report.measurements
    ]


def own_of(exam, target, form=ReportForm.STRUCTURED_REPORT):
    told = coded_content(exam)
    target.write_bytes(
        filed_object(form, told, measurement_text(facts_of(exam), told.report, ""), b"")
    )
    return READERS.reports.read(target).own


def test_that_a_report_of_ours_says_who_accepted_what(tmp_path):
    exam = in_its_study_accepted()

    own = own_of(exam, tmp_path / "SR1.dcm")

    assert own.accepted_by == "Dr. M. Ångström"
    assert own.outline_px == exam.outline_px
    assert own.is_whole
    for_research = own_of(exam, tmp_path / "SR2.dcm", ReportForm.MEASUREMENT_REPORT)
    assert (for_research.accepted_by, for_research.is_whole) == ("Dr. M. Ångström", False)


def test_that_a_consoles_report_is_none_of_ours(tmp_path):
    assert READERS.reports.read(write_study(tmp_path)[1]).own is None
