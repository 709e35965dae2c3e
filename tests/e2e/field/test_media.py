"""Names, discs and files of many pictures, as the field sends them."""

from datetime import UTC, datetime

import pytest
from PIL import Image
from pypdf import PdfReader

from fhc_desktop.reporting.batch.batch import FailedFile, MeasuredFrame
from fhc_desktop.reporting.batch.batch_csv import as_csv
from fhc_desktop.reporting.batch.batch_objects import as_json
from fhc_desktop.reporting.batch.batch_table import as_table
from fhc_desktop.workflow.batch import MeasureOptions, expand, measure_file, measured
from fhc_desktop.workflow.examining import examine
from fhc_desktop.workflow.exporting import export_pdf
from tests.e2e.field.drawn_files import drawn
from tests.fakes import FakeSegmenter
from tests.heads import SMALL_OUTLINE_PX, small_phantom
from tests.imaging.discs import FOLDER, burnt, head, renamed
from tests.imaging.pixels.test_jpeg_runs import ended_early
from tests.reading import READERS

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
PROPOSER = FakeSegmenter(SMALL_OUTLINE_PX)
OPTIONS = MeasureOptions(mm_per_pixel=0.56)


def with_bytes(path, placeholder, written):
    path.write_bytes(path.read_bytes().replace(placeholder, written))
    return path


def printed(exam, folder):
    export_pdf(exam, folder / "a.pdf", now=NOW)
    return " ".join(PdfReader(folder / "a.pdf").pages[0].extract_text().split())


def places(path):
    """Return the images that ``measure`` finds in a place, and what it says of others."""
    items = list(expand([path], READERS))
    faults = [item.sentence for item in items if isinstance(item, FailedFile)]
    return [item for item in items if not isinstance(item, FailedFile)], faults


def test_that_a_name_in_utf_8_without_a_character_set_is_read_and_printed_right(tmp_path):
    path = drawn(tmp_path / "utf8.dcm", PatientName="Mxxller^Bxxrbel", PatientID="T0001")
    exam = examine(with_bytes(path, b"Mxxller^Bxxrbel", "Müller^Bärbel ".encode()[:15]), READERS)

    assert exam.patient.name == "Müller, Bärbel"
    assert exam.warnings == ()
    assert "Müller, Bärbel" in printed(exam.with_outline(SMALL_OUTLINE_PX), tmp_path)


def test_that_two_readings_of_a_name_are_told_in_every_format(tmp_path):
    written = "Müller^Bärbel".encode()
    path = drawn(
        tmp_path / "a.dcm", SpecificCharacterSet="ISO_IR 100", PatientName="x" * len(written)
    )
    with_bytes(path, b"x" * len(written), written)

    assert_told(measured(path, PROPOSER, OPTIONS, readers=READERS), "in UTF-8, though it says")


@pytest.mark.parametrize("suffix", ["tif", "png"])
def test_that_the_pictures_not_shown_are_told_in_every_format(tmp_path, suffix):
    path = tmp_path / f"two.{suffix}"
    other = Image.fromarray(small_phantom(2).gray)
    Image.fromarray(small_phantom().gray).save(path, save_all=True, append_images=[other])

    assert_told(measured(path, PROPOSER, OPTIONS, readers=READERS), "only the first is shown")


def assert_told(exam, words):
    assert exam.measurement is not None
    assert sum(words in warning for warning in exam.warnings) == 1
    row = [MeasuredFrame.of(exam)]
    for said in (as_table(row), as_csv(row), as_json(row).encode().decode("unicode_escape")):
        assert words in " ".join(said.split())


def test_that_grey_in_the_place_of_half_a_jpeg_is_not_measured(tmp_path):
    path = tmp_path / "half.jpg"
    Image.fromarray(small_phantom().gray).save(path)
    path.write_bytes(ended_early(path.read_bytes(), 0.5))

    row = measure_file(path, PROPOSER, OPTIONS, readers=READERS)

    assert isinstance(row, FailedFile)
    assert "half.jpg is incomplete: its JPEG data end before its picture does." in row.sentence


def test_that_a_disc_whose_files_got_an_ending_is_measured(tmp_path):
    found, faults = places(renamed(burnt(tmp_path / "cd"), lambda name: f"{name}.dcm"))

    assert [path.name for path in found] == ["IM000000.dcm", "IM000001.dcm"]
    assert faults == []
    assert isinstance(measure_file(found[0], PROPOSER, OPTIONS, readers=READERS), MeasuredFrame)


def test_that_what_a_disc_forgot_is_measured_too(tmp_path):
    disc = burnt(tmp_path / "cd")
    head(disc.joinpath(*FOLDER, "IM000002"), 3)

    found, faults = places(disc)

    assert [path.name for path in found] == ["IM000000", "IM000001", "IM000002"]
    assert faults == []


@pytest.mark.parametrize(
    ("case", "count"), [("cd_with_dcm_endings", 2), ("cd_with_a_file_the_dicomdir_forgot", 3)]
)
def test_that_the_discs_from_the_field_are_found_whole(shared, case, count):
    found, faults = places(shared / "field" / case / "cd")

    assert len(found) == count
    assert faults == []
    assert all(examine(path, READERS).file_calibration.candidates for path in found)


def test_that_the_name_from_the_field_is_read_right(shared):
    exam = examine(shared / "field" / "utf8_name_without_charset" / "utf8.dcm", READERS)

    assert exam.patient.name == "Müller, Bärbel"
