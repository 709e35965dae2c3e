"""The CSV that gives a picture its scale."""

import csv
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fhc_desktop.domain.image.calibration import Calibration, CalibrationSource, FileCalibration
from fhc_desktop.domain.image.calibration_choice import choose_calibration
from fhc_desktop.imaging.files.pixel_size_table import find_pixel_size
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


def write(target, text, encoding="utf-8"):
    target.write_bytes(text.encode(encoding))
    return target


def test_that_a_table_which_was_corrected_is_read_anew_though_its_time_is_the_same(head):
    table = write(head.parent / "pixel_size.csv", "filename,pixel size(mm)\n001_HC.png,0.12\n")
    written = table.stat()
    assert scale(head).mm_per_column == 0.12

    write(table, "filename,pixel size(mm)\n001_HC.png,0.21\n")
    os.utime(table, ns=(written.st_atime_ns, written.st_mtime_ns))
    assert scale(head).mm_per_column == 0.21


def test_that_a_table_too_long_to_be_kept_gives_the_scale_of_each_image(head):
    other = write_png(small_phantom(), head.with_name("002_HC.png"))
    strangers = "".join(f"stranger_{number:06d}.png,0.3\n" for number in range(100_000))
    rows = f"001_HC.png,0.12\n{strangers}002_HC.png,0.14\n"
    write(head.parent / "pixel_size.csv", f"filename,pixel size(mm)\n{rows}")

    assert [scale(each).mm_per_column for each in (head, other)] == [0.12, 0.14]


def above(head, name="set_pixel_size.csv"):
    """Where a table one folder up lies that is named after the image's folder."""
    return head.parent.parent / name


def test_that_the_table_beside_gives_the_scale(head):
    write_pixel_size_table(head.parent, {"000_HC.png": 0.3, "001_HC.png": 0.12})

    assert scale(head) == Calibration(
        0.12, 0.12, CalibrationSource.PIXEL_SIZE_TABLE, "pixel_size_and_HC.csv"
    )


def test_that_a_table_one_folder_up_gives_the_scale_where_it_is_named_after_the_folder(head):
    write_pixel_size_table(head.parent.parent, {"001_HC.png": 0.12}).rename(above(head))

    assert scale(head).mm_per_column == 0.12
    assert scale(head).detail == "set_pixel_size.csv"


def test_that_a_table_one_folder_up_gives_the_scale_where_a_row_names_the_folder(head):
    write_pixel_size_table(head.parent.parent, {"other/001_HC.png": 0.3, "set/001_HC.png": 0.12})

    assert scale(head).mm_per_column == 0.12


def test_that_any_other_table_one_folder_up_is_named_as_the_reason(head):
    write_pixel_size_table(head.parent.parent, {"001_HC.png": 0.12})

    assert "pixel_size_and_HC.csv lies one folder up" in scale(head).reason
    assert "Put the table beside the image" in scale(head).remedy
    assert "“set/”" in scale(head).remedy


def test_that_a_row_of_another_folder_is_none_of_this_image(head):
    write_pixel_size_table(head.parent.parent, {"other/001_HC.png": 0.12})

    assert "no row of it is this image’s" in scale(head).reason


def test_that_the_nearer_table_wins(head):
    write_pixel_size_table(head.parent.parent, {"001_HC.png": 0.2}).rename(above(head))
    write_pixel_size_table(head.parent, {"001_HC.png": 0.1})

    assert scale(head).mm_per_column == 0.1


def test_that_a_nearer_table_which_does_not_name_the_picture_is_passed_over(head):
    write_pixel_size_table(head.parent.parent, {"001_HC.png": 0.2}).rename(above(head))
    write_pixel_size_table(head.parent, {"002_HC.png": 0.1})

    assert scale(head).mm_per_column == 0.2


@pytest.mark.parametrize(
    "text",
    [
        "filename,pixel size\n001_HC.png,0.1\n",
        "filename,pixel size(inch)\n001_HC.png,0.1\n",
        "filename,pixel size(mm),pixel size(cm)\n001_HC.png,0.1,0.01\n",
        "filename;pixel size(mm)\n001_HC.png;unknown\n",
        "patient,pixel size(mm)\n001_HC.png,0.1\n",
        "filename,pixel size(mm)\n001_HC.png;0.1\n",
        "001_HC.png,0.1\n",
    ],
)
def test_that_a_nearer_table_which_cannot_be_read_is_not_passed_over(head, text):
    write_pixel_size_table(head.parent.parent, {"001_HC.png": 0.2}).rename(above(head))
    write(head.parent / "new.csv", text)

    assert "new.csv" in scale(head).reason


def test_that_a_table_which_does_not_name_the_picture_is_named_as_the_reason(head):
    write_pixel_size_table(head.parent, {"002_HC.png": 0.1})

    assert scale(head).reason == "The table pixel_size_and_HC.csv does not name this image."


def test_that_a_table_two_folders_up_is_not_looked_for(tmp_path, head):
    deeper = head.parent / "more"
    deeper.mkdir()
    write_pixel_size_table(tmp_path, {"001_HC.png": 0.2})

    assert "says nothing" in scale(head.rename(deeper / head.name)).reason


@pytest.mark.parametrize("form", ["{name}", "../set/{name}"])
def test_that_the_table_is_found_from_a_relative_path(head, monkeypatch, form):
    write_pixel_size_table(head.parent.parent, {"001_HC.png": 0.2}).rename(above(head))
    monkeypatch.chdir(head.parent)

    assert scale(Path(form.format(name=head.name))).mm_per_column == 0.2


def test_that_a_folder_is_looked_for_where_a_path_with_dots_leads(head, monkeypatch):
    write_pixel_size_table(head.parent, {"001_HC.png": 0.2})
    (head.parent / "more").mkdir()
    monkeypatch.chdir(head.parent / "more")

    assert scale(Path("../001_HC.png")).mm_per_column == 0.2


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


@pytest.mark.parametrize(
    "text",
    [
        "filename,score\n001_HC.png,0.12\n",
        "filename,image size (px)\n001_HC.png,0.12\n",
        "filename,head circumference (mm)\n001_HC.png,0.12\n",
        "filename,width_px,height_px\n001_HC.png,800,540\n",
        "path,sha256,depth_marks_mm_per_pixel\n001_HC.png,ab,0.2\n",
        "001_HC.png,37.5\n",
        "\n",
        "",
    ],
)
def test_that_another_kind_of_file_withholds_nothing(head, text):
    write(head.parent / "other.csv", text)
    write(above(head, "set.csv"), text)
    assert "says nothing" in scale(head).reason

    write_pixel_size_table(head.parent, {"001_HC.png": 0.12})
    assert scale(head).mm_per_row == 0.12


def test_that_noise_and_folders_are_no_tables(head):
    (head.parent / "noise.csv").write_bytes(bytes(range(256)) * 40)
    (head.parent / "folder.csv").mkdir()

    assert "says nothing" in scale(head).reason


def test_that_numbers_without_headings_give_way_to_a_table_of_the_same_folder(head):
    write(head.parent / "scores.csv", "001_HC.png,0.97\n002_HC.png,0.81\n")
    assert "scores.csv has no headings" in scale(head).reason

    write_pixel_size_table(head.parent, {"001_HC.png": 0.12})
    assert scale(head).mm_per_row == 0.12


def test_that_a_table_which_cannot_be_opened_is_not_passed_over(head):
    write_pixel_size_table(head.parent.parent, {"001_HC.png": 0.2}).rename(above(head))
    with (head.parent / "huge.csv").open("wb") as table:
        table.truncate(2**30 + 1)

    assert "huge.csv cannot be opened" in scale(head).reason


def test_that_a_table_longer_than_any_says_so(head):
    rows = "".join(f"{number:0>200}.png,0.1\n" for number in range(90_000))
    write(head.parent / "long.csv", f"filename,pixel size(mm)\n{rows}")

    assert "long.csv is not understood: it is larger than 16 MiB" in scale(head).reason


def test_that_a_cell_without_end_says_so(head):
    endless = "x" * 200_000
    write(head.parent / "t.csv", f"filename,pixel size(mm)\n001_HC.png,0.1\n{endless},1\n")

    assert "t.csv is not understood: its cells cannot be told apart" in scale(head).reason


def test_that_a_table_saved_by_a_spreadsheet_is_read(head):
    text = 'Filename,"Pixel  Size(mm)"\r\n001_HC.png,0.12\r\n'
    (head.parent / "t.csv").write_bytes(text.encode("utf-8-sig"))

    assert scale(head).mm_per_row == 0.12


def test_that_two_sides_of_a_pixel_give_the_picture_its_shape(head):
    text = "filename;pixel size x (mm);pixel size y (mm)\n001_HC.png;0,12;0,15\n"
    write(head.parent / "t.csv", text)

    assert (scale(head).mm_per_column, scale(head).mm_per_row) == (0.12, 0.15)
    assert load_image(head).image.pixel_aspect == 1.25


HEADINGS = {
    "pixel size(mm)": 1.0,
    "Pixel size [mm]": 1.0,
    "PIXEL SIZE (MM)": 1.0,
    "pixel_spacing_mm": 1.0,
    "mm/px": 1.0,
    "Pixel size (cm)": 10.0,
    "pixel size (µm)": 0.001,
    "PixelSizeUm": 0.001,
    # These two say no size, or no unit that is read.
    "pixel size": None,
    "pixel size (inch)": None,
}
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    mm=st.floats(0.02, 1.5),
    heading=st.sampled_from(list(HEADINGS)),
    separator=st.sampled_from(["\t", ";", ","]),
    point=st.sampled_from([".", ","]),
    quote=st.sampled_from(["", '"']),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(ENCODINGS),
    said=st.sampled_from(["", "sep={}\n"]),
    name=st.sampled_from(
        ["001_HC.png", "001_hc.PNG", "001_HC", "set/001_HC.png", "C:\\set\\001_HC.png"]
    ),
)
def test_that_a_table_by_any_writer_gives_the_size_it_was_written_with_or_a_sentence(
    tmp_path, mm, heading, separator, point, quote, line_end, encoding, said, name
):
    folder = tmp_path / "set"
    folder.mkdir(exist_ok=True)
    written = f"{mm / (HEADINGS[heading] or 1.0):.15g}".replace(".", point)
    rows = [["filename", heading, "note"], ["000_HC.png", "1", ""], [name, written, "tête"]]
    lines = [separator.join(f"{quote}{cell}{quote}" for cell in row) for row in rows]
    text = said.format(separator) + line_end.join([*lines, ""])
    write(folder / "p.csv", text, encoding)

    found = find_pixel_size(folder / "001_HC.png")

    if found.objection is None:
        (candidate,) = found.candidates
        assert candidate.calibration.mm_per_column == pytest.approx(mm, rel=0, abs=1e-9)
        assert candidate.calibration.mm_per_row == candidate.calibration.mm_per_column
    else:
        assert "p.csv" in found.objection.reason
    is_parted_twice = separator == point == "," and point in written
    assert (found.objection is None) == (HEADINGS[heading] is not None and not is_parted_twice)


def test_that_a_name_that_could_be_two_pictures_is_refused(head):
    write_png(small_phantom(), head.with_suffix(".bmp"))
    write_pixel_size_table(head.parent, {"001_HC": 0.12})

    assert "“001_HC”, which could be 001_HC.bmp too" in scale(head).reason


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


def test_that_where_nothing_can_be_looked_at_nothing_is_said(tmp_path):
    (tmp_path / "lost.csv").symlink_to(tmp_path / "nowhere.csv")

    assert find_pixel_size(tmp_path / "a.png") == FileCalibration()
    assert find_pixel_size(tmp_path / "gone" / "gone" / "a.png") == FileCalibration()
