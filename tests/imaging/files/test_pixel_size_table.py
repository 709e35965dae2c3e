"""The CSV that gives a picture its scale."""

import csv

import pytest

from fhc_desktop.domain.image.calibration import Calibration, CalibrationSource, choose_calibration
from tests.heads import small_phantom, write_pixel_size_table, write_png
from tests.reading import load_image


@pytest.fixture
def head(tmp_path):
    folder = tmp_path / "set"
    folder.mkdir()
    return write_png(small_phantom(), folder / "001_HC.png")


def scale(path):
    return choose_calibration(load_image(path).calibration, None)


def test_that_a_picture_without_a_table_has_no_scale(head):
    assert "says nothing" in scale(head).reason


@pytest.mark.parametrize("above", [0, 1])
def test_that_the_table_beside_or_above_gives_the_scale(head, above):
    folder = (head.parent, head.parent.parent)[above]
    write_pixel_size_table(folder, {"000_HC.png": 0.3, "001_HC.png": 0.12})

    assert scale(head) == Calibration(
        0.12, 0.12, CalibrationSource.PIXEL_SIZE_TABLE, "pixel_size_and_HC.csv"
    )


def test_that_the_nearer_table_wins(head):
    write_pixel_size_table(head.parent.parent, {"001_HC.png": 0.2})
    write_pixel_size_table(head.parent, {"001_HC.png": 0.1})

    assert scale(head).mm_per_column == 0.1


def test_that_a_nearer_table_which_does_not_name_the_picture_is_passed_over(head):
    write_pixel_size_table(head.parent.parent, {"001_HC.png": 0.2})
    write_pixel_size_table(head.parent, {"002_HC.png": 0.1})

    assert scale(head).mm_per_column == 0.2


def test_that_a_table_two_folders_up_is_not_looked_for(tmp_path, head):
    deeper = head.parent / "more"
    deeper.mkdir()
    write_pixel_size_table(tmp_path, {"001_HC.png": 0.2})

    assert "says nothing" in scale(head.rename(deeper / head.name)).reason


def test_that_the_table_is_found_from_a_relative_path(head, monkeypatch):
    write_pixel_size_table(head.parent.parent, {"001_HC.png": 0.2})
    monkeypatch.chdir(head.parent)

    assert scale(head.relative_to(head.parent)).mm_per_column == 0.2


@pytest.mark.parametrize("size", ["", "n/a", "nan", "inf", "-0.1", "0", "14", "0,12"])
def test_that_a_row_without_a_usable_size_is_an_objection(head, size):
    write_pixel_size_table(head.parent, {"000_HC.png": 0.3, "001_HC.png": size})

    assert "no usable pixel size" in scale(head).reason


def test_that_another_pictures_bad_row_does_no_harm(head):
    write_pixel_size_table(head.parent, {"000_HC.png": "rubbish", "001_HC.png": 0.12})

    assert scale(head).mm_per_row == 0.12


def test_that_two_sizes_for_one_picture_are_an_objection(head):
    table = write_pixel_size_table(head.parent, {"001_HC.png": 0.12})
    (head.parent / "again.csv").write_text(table.read_text().replace("0.12", "0.13"))

    assert "more than one" in scale(head).reason


def test_that_columns_decide_what_a_table_is(head):
    (head.parent / "other.csv").write_text("filename,score\n001_HC.png,0.12\n")
    (head.parent / "noise.csv").write_bytes(bytes(range(256)) * 40)
    (head.parent / "folder.csv").mkdir()

    assert "says nothing" in scale(head).reason


def test_that_a_table_saved_by_a_spreadsheet_is_read(head):
    text = 'Filename,"Pixel  Size(mm)"\r\n001_HC.png,0.12\r\n'
    (head.parent / "t.csv").write_bytes(text.encode("utf-8-sig"))

    assert scale(head).mm_per_row == 0.12


def test_that_accents_match_however_they_are_composed(head):
    accented = head.rename(head.with_name("te\u0301te.png"))
    write_pixel_size_table(head.parent, {"t\u00e9te.png": 0.12})

    assert scale(accented).mm_per_row == 0.12


def test_that_hc18_images_get_their_size_from_the_challenges_table(shared):
    table = shared / "hc18" / "training_set_pixel_size_and_HC.csv"
    with table.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))[::100]

    for row in rows:
        loaded = load_image(shared / "hc18" / "training_set" / row["filename"])
        found = choose_calibration(loaded.calibration, None)

        assert found.mm_per_column == found.mm_per_row == float(row["pixel size(mm)"])
        assert found.source is CalibrationSource.PIXEL_SIZE_TABLE
        assert (loaded.image.columns, loaded.image.rows) == (800, 540)
