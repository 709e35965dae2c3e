"""A report leaves as a DICOM object, an archive has it for a while, and it comes back."""

import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pydicom
import pytest
from pydicom.uid import ImplicitVRLittleEndian

from fhc_desktop.domain.examination.examination import Acceptance
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.growth.standards import STANDARDS
from fhc_desktop.domain.image.calibration import Calibration, CalibrationSource
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.reporting.batch.batch_objects import as_json
from fhc_desktop.reporting.content.report_form import ReportForm
from fhc_desktop.reporting.proof.verdict import Signers
from fhc_desktop.workflow.batch import MeasureOptions, measure_file
from fhc_desktop.workflow.examining import examine
from fhc_desktop.workflow.exporting_dicom import export_dicom
from fhc_desktop.workflow.reopening import as_reported, check_report
from fhc_desktop.workflow.verifying import read_report
from tests.fakes import FakeSegmenter
from tests.heads import SMALL_OUTLINE_PX, small_phantom, write_cine, write_png
from tests.reading import READERS
from tests.structured_reports import one_head, write_image, write_report

NOW = datetime(2026, 5, 20, 9, tzinfo=UTC)
RULED = Calibration(0.31, 0.27, CalibrationSource.RULER, "50 mm", "Dr Who")
BEYOND = Ellipse(20.0, 60.0, 70.0, 50.0, 0.4)


def accepted(image, *, frame=None, **changes):
    changes = {"outline_px": SMALL_OUTLINE_PX} | changes
    exam = replace(examine(image, READERS, frame=frame), **changes)
    return exam.with_acceptance(Acceptance(exam.facts, "Dr Who", NOW, "17"))


def filed(exam, folder, form=ReportForm.STRUCTURED_REPORT):
    return export_dicom(form, exam, folder / f"{form}.dcm", folder / "data", now=NOW).path


def checked(report, chosen=None):
    return check_report(report, (), READERS, known=STANDARDS, signers=Signers(), chosen=chosen)


def still(folder):
    return write_image(folder / "IM1.dcm")


def clip(folder):
    return write_cine(small_phantom(), folder / "CLIP.dcm", frames=3)


def of_no_study(folder):
    return write_png(small_phantom(), folder / "head.png")


@pytest.mark.parametrize(
    ("write", "changes"),
    [
        (still, {"manual_calibration": RULED, "fetus": Fetus("B", "left")}),
        (still, {"outline_px": BEYOND, "manual_calibration": RULED}),
        (clip, {"frame": 3}),
        (of_no_study, {"manual_calibration": RULED}),
    ],
)
def test_that_all_that_was_accepted_comes_back(tmp_path, write, changes):
    comes_back(accepted(write(tmp_path), **changes), tmp_path, ReportForm.STRUCTURED_REPORT)


def test_that_it_comes_back_from_the_pdf_in_a_dicom_object_too(tmp_path):
    comes_back(accepted(still(tmp_path)), tmp_path, ReportForm.ENCAPSULATED_PDF)


def comes_back(exam, folder, form):
    found = checked(filed(exam, folder, form))

    assert found.verdict.faults == ()
    (picture,) = found.found
    shown = as_reported(picture, STANDARDS)
    assert shown.facts == exam.facts
    assert shown.measurement == exam.measurement
    assert shown.image.source == exam.image.source
    assert shown.acceptance is None


def test_that_what_it_draws_is_the_outline_within_a_hundredth_of_a_pixel(tmp_path):
    exam = accepted(still(tmp_path))

    drawn = read_report(filed(exam, tmp_path), READERS).drawn_px

    out = np.hypot(*exam.outline_px.shares_of_axes(*drawn.points(90).T))
    assert abs(out - 1).max() * exam.outline_px.semi_major < 0.01


def written_anew(report, alter):
    dataset = pydicom.dcmread(report)
    how = alter(dataset) or {}
    dataset.save_as(report, **how)
    return report


def as_implicit(dataset):
    dataset.file_meta.TransferSyntaxUID = ImplicitVRLittleEndian
    return {"implicit_vr": True, "little_endian": True}


def moved_to_another_study(dataset):
    dataset.StudyInstanceUID, dataset.SeriesInstanceUID = "1.2.3.9", "1.2.3.9.1"
    dataset.AccessionNumber = "ARCHIVE-1"


def verified_by_the_department(dataset):
    dataset.VerificationFlag = "VERIFIED"


@pytest.mark.parametrize("alter", [as_implicit, moved_to_another_study, verified_by_the_department])
def test_that_what_an_archive_may_do_is_no_fault(tmp_path, alter):
    report = written_anew(filed(accepted(still(tmp_path)), tmp_path), alter)

    assert checked(report).verdict.is_good


def test_that_a_tree_alone_never_brings_back_a_scale(tmp_path):
    exam = accepted(still(tmp_path), manual_calibration=RULED)
    report = written_anew(filed(exam, tmp_path), lambda one: one.remove_private_tags())

    found = checked(report)

    assert found.verdict.faults == ()
    assert "is not the one of the image’s file" in found.verdict.gaps[-1]
    shown = as_reported(found.found[0], STANDARDS)
    assert shown.outline_px == exam.outline_px
    assert shown.manual_calibration is None


def test_that_of_two_pictures_under_one_name_the_measured_one_is_taken(tmp_path):
    exam = accepted(still(tmp_path))
    (tmp_path / "reports").mkdir()
    report = filed(exam, tmp_path / "reports")
    write_image(
        tmp_path / "reports" / "IM1.dcm", small_phantom(seed=2), SOPInstanceUID="1.2.3.4.99"
    )
    measured = shutil.move(exam.image.source.path, tmp_path / "reports" / "0001")

    assert checked(report).found[0].exam.image.source.path == measured.resolve()


def test_that_our_earlier_report_beside_the_image_is_no_consoles(tmp_path):
    image = still(tmp_path)
    proposed = FakeSegmenter(SMALL_OUTLINE_PX).propose(examine(image, READERS).image)
    filed(accepted(image, outline_px=proposed.outline_px), tmp_path)
    write_report(tmp_path / "SR9.dcm", one_head())

    row = measure_file(image, FakeSegmenter(SMALL_OUTLINE_PX), MeasureOptions(), readers=READERS)

    (told,) = json.loads(as_json([row]))
    whose = {one["report"]: one["of_this_program"] for one in told["study_reports"]}
    assert whose == {"sr.dcm": True, "SR9.dcm": False}
    (same,) = {
        one["words"].split(", ")[1] for one in told["study_reports"] if one["of_this_program"]
    }
    assert same == "the same measurement"


def test_that_the_report_of_a_real_scan_comes_back(shared, tmp_path):
    image = tmp_path / "scan.dcm"
    shutil.copyfile(shared / "field" / "typed_size_over_the_files_own" / "scan.dcm", image)
    exam = accepted(image, outline_px=Ellipse(372.0, 264.0, 280.0, 207.0, 0.01))

    found = checked(filed(exam, tmp_path))

    assert found.verdict.is_good
    assert as_reported(found.found[0], STANDARDS).measurement == exam.measurement
