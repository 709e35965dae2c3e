"""A table of pixel sizes belongs to its folder, as HC18 is laid out and as spreadsheets save it."""

import csv

import pytest

from fhc_desktop.domain.image.calibration import Calibration, Uncalibrated
from fhc_desktop.workflow.examining import examine
from tests.heads import SMALL_OUTLINE_PX, small_phantom, write_png
from tests.reading import READERS

PHANTOM = small_phantom()
MM = PHANTOM.mm_per_pixel
COMMA = f"{MM}".replace(".", ",")
TRAINING, TEST = "training_set_pixel_size_and_HC.csv", "test_set_pixel_size.csv"
HEADINGS = "filename,pixel size(mm)"


def scan(folder, name="000_HC.png"):
    folder.mkdir(parents=True, exist_ok=True)
    return write_png(PHANTOM, folder / name)


def hc_mm(path):
    """The circumference of the drawn head, or why it has none in mm."""
    exam = examine(path, READERS).with_outline(SMALL_OUTLINE_PX)
    found = exam.calibration
    return found.reason if isinstance(found, Uncalibrated) else exam.measurement.hc_mm


@pytest.fixture
def hc18(tmp_path):
    for folder in ("training_set", "test_set"):
        scan(tmp_path / folder)
    (tmp_path / TRAINING).write_text(f"{HEADINGS},head circumference (mm)\n000_HC.png,0.07,44.3\n")
    return tmp_path


def test_that_a_test_image_does_not_get_the_size_of_the_training_image_of_its_name(hc18):
    assert f"The table {TRAINING} lies one folder up" in hc_mm(hc18 / "test_set/000_HC.png")


def test_that_both_sets_of_hc18_side_by_side_are_measured_by_their_own_tables(hc18):
    (hc18 / TEST).write_text(f"{HEADINGS}\n000_HC.png,{MM}\n")

    assert hc_mm(hc18 / "test_set/000_HC.png") == pytest.approx(PHANTOM.hc_mm)
    training = examine(hc18 / "training_set/000_HC.png", READERS).offered_calibration
    assert isinstance(training, Calibration)
    assert (training.mm_per_column, training.detail) == (0.07, TRAINING)


def test_that_a_corrected_table_saved_by_a_spreadsheet_counts_before_the_older_one(tmp_path):
    image = scan(tmp_path / "series", "a.png")
    (tmp_path / "series_sizes.csv").write_text(f"{HEADINGS}\r\na.png,{2 * MM}\r\n")
    corrected = f"filename;pixel size(mm)\r\na.png;{COMMA}\r\n"
    (image.parent / "sizes.csv").write_bytes(corrected.encode("utf-8-sig"))

    assert hc_mm(image) == pytest.approx(PHANTOM.hc_mm)


@pytest.mark.parametrize(
    "table",
    [
        f"filename;pixel size(mm)\na.png;{COMMA}\n".encode(),
        f"filename\tpixel size(mm)\na.png\t{MM}\n".encode(),
        f"{HEADINGS}\na.png,{MM}\n".encode("utf-16"),
        f"Filename,Pixel size (mm)\na.png,{MM}\n".encode(),
        f"filename,pixel size(cm)\na.png,{MM / 10}\n".encode(),
        f"pixel size(mm),filename\n{MM},a.png\n".encode(),
        f"{HEADINGS}\nA.PNG,{MM}\n".encode(),
        f"{HEADINGS}\na,{MM}\n".encode(),
        f"{HEADINGS}\na.png,{MM}\na.png,{MM}\n".encode(),
    ],
)
def test_that_a_table_is_read_however_it_was_saved(tmp_path, table):
    image = scan(tmp_path, "a.png")
    (tmp_path / "p.csv").write_bytes(table)

    assert hc_mm(image) == pytest.approx(PHANTOM.hc_mm)


@pytest.mark.parametrize(
    "table",
    [
        f'{HEADINGS}\na.png,"{COMMA}"\n',
        f"{HEADINGS},head circumference (mm)\na.png,{COMMA},180,89\n",
        f"{HEADINGS}\na.png,1,17419565\n",
        f"pixel size(mm),filename\n{COMMA},a.png\n",
        f"{HEADINGS}\na.png,{MM}\na.png,0.0800\n",
        f"{HEADINGS}\na.png,unknown\n",
        f"{HEADINGS},pixel size(cm)\na.png,{MM},{MM / 10}\n",
        f"filename,pixel size\na.png,{MM}\n",
        f"filename,pixel size (inch)\na.png,{MM / 25.4}\n",
        f"a.png,{MM}\n",
    ],
)
def test_that_a_table_which_is_not_understood_is_named(tmp_path, table):
    image = scan(tmp_path / "set", "a.png")
    (image.parent / "p.csv").write_text(table)
    (tmp_path / "set_pixel_size.csv").write_text(f"{HEADINGS}\na.png,{2 * MM}\n")

    assert "p.csv" in hc_mm(image)


def test_that_every_training_image_of_hc18_keeps_its_size(shared):
    with (shared / "hc18" / TRAINING).open(newline="", encoding="utf-8") as lines:
        sizes = {row["filename"]: float(row["pixel size(mm)"]) for row in csv.DictReader(lines)}

    for name in sorted(sizes)[::40]:
        found = examine(shared / "hc18/training_set" / name, READERS).offered_calibration
        assert isinstance(found, Calibration), found
        assert found.mm_per_column == found.mm_per_row == sizes[name]


@pytest.mark.parametrize(
    ("case", "mm"),
    [
        ("hc18_test_image_by_training_table/hc18/test_set/000_HC.png", TRAINING),
        ("hc18_official_layout/off/training_set/000_HC.png", 0.069135804),
        ("hc18_official_layout/off/test_set/000_HC.png", 0.117419565),
        ("excel_semicolon_table_is_passed_over/exc/series/a.png", 0.117419565),
        ("tables_not_understood_without_a_word/semi/a.png", 0.117419565),
        ("tables_not_understood_without_a_word/tab/a.png", 0.117419565),
        ("tables_not_understood_without_a_word/utf16/a.png", 0.117419565),
        ("tables_not_understood_without_a_word/space/a.png", 0.117419565),
        ("tables_not_understood_without_a_word/cm/a.png", 0.117419565),
        ("table_comma_decimals/row/a.png", 0.117419565),
        ("table_comma_decimals/q/a.png", "p.csv"),
        ("table_comma_decimals/uq/a.png", "p.csv"),
        ("table_comma_decimals/neg/a.png", "p.csv"),
        ("table_comma_decimals/dup/a.png", "p.csv"),
    ],
)
def test_that_what_the_field_sent_has_its_size_or_a_reason(shared, case, mm):
    path = shared / "field" / case
    if not path.exists():
        pytest.skip(f"{path} is not at hand")
    found = examine(path, READERS).offered_calibration

    if isinstance(found, Calibration):
        assert found.mm_per_column == pytest.approx(mm, rel=0, abs=1e-9)
    else:
        assert mm in found.reason
