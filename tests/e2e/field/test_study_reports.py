"""A console's own report beside the image: told beside ours, and never taken for it."""

import csv
import io
import json
import shutil

import pydicom
import pytest

from fhc_desktop.reporting.batch.batch_csv import as_csv
from fhc_desktop.reporting.batch.batch_hc18 import as_hc18
from fhc_desktop.reporting.batch.batch_objects import as_json
from fhc_desktop.reporting.batch.batch_table import as_table
from fhc_desktop.workflow.batch import MeasureOptions, expand, measure_file
from tests.fakes import FakeSegmenter
from tests.heads import SMALL_OUTLINE_PX, small_phantom
from tests.reading import READERS
from tests.structured_reports import (
    CM,
    GROUP,
    HC,
    container,
    number,
    of_fetus,
    one_head,
    write_image,
    write_report,
    write_study,
)

PROPOSER = FakeSegmenter(SMALL_OUTLINE_PX)


def measured(path):
    return measure_file(path, PROPOSER, MeasureOptions(), readers=READERS)


def test_that_every_form_of_the_rows_tells_the_consoles_lengths(tmp_path):
    image, _ = write_study(tmp_path)
    row = measured(image)
    ours_mm = small_phantom().hc_mm

    assert f"HC 172.0 mm in the study’s report, ours +{ours_mm - 172:.1f} mm" in as_table([row])
    (told,) = json.loads(as_json([row]))
    hc, bpd, ofd = told["study_reports"]
    assert (hc["dimension"], hc["mm"], hc["report"]) == ("hc", 172.0, "SR1.dcm")
    assert hc["difference_mm"] == pytest.approx(round(ours_mm, 1) - 172, abs=0.01)
    assert (bpd["value"], ofd["value"]) == ("47.0", "63.0")
    (cells,) = csv.DictReader(io.StringIO(as_csv([row])))
    assert cells["study_reports"].count("in the study’s report") == 3
    assert "172" not in as_hc18([row])


def test_that_the_consoles_lengths_change_none_of_ours(tmp_path):
    alone = write_image(tmp_path / "IM1.dcm")
    before = measured(alone)
    write_report(tmp_path / "SR1.dcm", one_head("99.0", unit=CM))

    READERS.reports.beside(alone, READERS.images.load(alone).study)  # the folder, afresh
    after = measured(alone)

    assert len(after.told) == 3
    assert (after.measurement, after.age, after.calibration) == (
        before.measurement,
        before.age,
        before.calibration,
    )


def test_that_two_fetuses_and_a_mean_are_all_told(tmp_path):
    image = write_image(tmp_path / "IM1.dcm")
    write_report(
        tmp_path / "SR1.dcm",
        of_fetus("A", container(GROUP, number(HC, "17.1", CM), number(HC, "17.3", CM))),
        of_fetus("B", container(GROUP, number(HC, "165.0"))),
    )

    assert [(one.told.fetus, one.told.text) for one in measured(image).told] == [
        ("A", "17.1 cm"),
        ("A", "17.3 cm"),
        ("B", "165.0 mm"),
    ]


def test_that_a_folder_is_measured_without_its_reports(tmp_path):
    image, report = write_study(tmp_path)

    assert list(expand([tmp_path], READERS)) == [image]
    image.unlink()
    (failed,) = expand([tmp_path], READERS)
    assert "only Structured Reports" in failed.error
    assert "is a Structured Report" in measured(report).error


def test_that_a_real_report_stands_beside_a_real_clip(shared, tmp_path):
    image = tmp_path / "Issue164.dcm"
    shutil.copy(shared / "dicom" / "us" / "orthanc-tests_Issue164.dcm", image)
    clip = pydicom.dcmread(image, stop_before_pixels=True)
    # Its own image is not at hand: this one takes its place.
    report = pydicom.dcmread(shared / "dicom" / "sr" / "generated_tid5000_obgyn_hc.dcm")
    report.StudyInstanceUID, report.PatientID = clip.StudyInstanceUID, clip.PatientID
    report.walk(lambda _, element: place(element, clip.SOPInstanceUID))
    report.save_as(tmp_path / "SR1.dcm")

    hc, bpd, ofd = measured(image).told

    assert [one.told.text for one in (hc, bpd, ofd)] == ["178.4 mm", "48.0 mm", "60.0 mm"]
    assert (hc.frames, hc.difference_mm) == ((15,), None)


def place(element, uid):
    if element.keyword == "ReferencedSOPInstanceUID":
        element.value = uid
