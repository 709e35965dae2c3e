"""Headings that give a pixel's size are told from those that do not, and from what is unclear."""

import pytest

from fhc_desktop.domain.image.size_headings import (
    Headings,
    Side,
    SizeColumn,
    Unclear,
    quoted,
    read_headings,
)


@pytest.mark.parametrize(
    ("heading", "mm_per_unit"),
    [
        ("pixel size(mm)", 1.0),
        ("Pixel size [mm]", 1.0),
        ("PIXEL SIZE (MM)", 1.0),
        ("pixel size, mm", 1.0),
        ("pixel size / mm", 1.0),
        ("Pixel  size\n(mm)", 1.0),
        ("pixel_size_mm", 1.0),
        ("PixelSizeMm", 1.0),
        ("pixelsize (mm)", 1.0),
        ("pixel spacing in millimetres", 1.0),
        ("size of one pixel (mm)", 1.0),
        ("pixel size (mm/px)", 1.0),
        ("mm/px", 1.0),
        ("mm per pixel", 1.0),
        ("scale (mm/pixel)", 1.0),
        ("pixel size(cm)", 10.0),
        ("Pixel size (CM)", 10.0),
        ("pixel size (\N{MICRO SIGN}m)", 0.001),
        ("pixel size (\N{GREEK SMALL LETTER MU}m)", 0.001),
        ("pixel_size_um", 0.001),
    ],
)
def test_that_a_size_is_known_with_its_unit(heading, mm_per_unit):
    assert read_headings(["filename", heading, "head circumference (mm)"]) == Headings(
        0, (SizeColumn(1, Side.BOTH, mm_per_unit),), 3
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("pixel size x (mm)", "pixel size y (mm)"),
        ("pixel_size_x_mm", "pixel_size_y_mm"),
        ("Pixel width (mm)", "Pixel height (mm)"),
        ("horizontal pixel spacing (mm)", "vertical pixel spacing (mm)"),
    ],
)
def test_that_two_sides_of_a_pixel_are_its_width_and_its_height(first, second):
    for cells, width, height in ((["a", first, second], 1, 2), (["a", second, first], 2, 1)):
        found = read_headings(["filename", *cells[1:]])

        assert [(column.place, column.side) for column in found.sizes] == [
            (width, Side.WIDTH),
            (height, Side.HEIGHT),
        ]


@pytest.mark.parametrize(
    "headings",
    [
        ["filename", "score"],
        ["filename", "head circumference (mm)"],
        ["filename", "hc_px", "hc_mm"],
        ["filename", "image size (px)"],
        ["filename", "width in pixels", "height in pixels"],
        ["filename", "pixels"],
        ["filename", "resolution"],
        ["filename", "center_x_mm", "center_y_mm", "semi_axes_a_mm"],
        ["path", "sha256", "calibration_mm_per_column", "depth_marks_mm_per_pixel"],
        ["", ""],
        [],
    ],
)
def test_that_where_no_column_could_be_the_size_it_is_another_table(headings):
    assert read_headings(headings) is None


@pytest.mark.parametrize(
    ("headings", "words"),
    [
        (["filename", "pixel size"], "“pixel size” does not give"),
        (["filename", "pixel size (inch)"], "in mm, cm or µm"),
        (["filename", "pixel size (m)"], "in mm, cm or µm"),
        (["filename", "pixel size (mm, cm)"], "in mm, cm or µm"),
        (["filename", "pixels per mm"], "does not give"),
        (["filename", "px/mm"], "does not give"),
        (["filename", "pixel (mm)"], "does not give"),
        (["filename", "old pixel size (mm)"], "does not give"),
        (["filename", "resolution (mm)"], "does not give"),
        (["Dateiname", "Pixelgröße (mm)"], "does not give"),
        (["fichier", "taille du pixel (mm)"], "does not give"),
        (["filename|pixel size(mm)"], "does not give"),
        (["filename", "pixel size(mm)", "pixel size(cm)"], "more than one column"),
        (["filename", "pixel size(mm)", "pixel size(mm)"], "more than one column"),
        (["filename", "pixel size(mm)", "pixel spacing"], "more than one column"),
        (["filename", "row pixel spacing (mm)", "column pixel spacing (mm)"], "more than one"),
        (["filename", "pixel size x (mm)", "pixel width (mm)"], "more than one column"),
        (["filename", "pixel size x (mm)"], "the other is missing"),
        (["patient", "pixel size(mm)"], "no column “filename”"),
        (["pixel size(mm)"], "no column “filename”"),
        (["image", "path", "pixel size(mm)"], "could be the name"),
    ],
)
def test_that_what_was_meant_and_is_not_understood_says_why(headings, words):
    found = read_headings(headings)

    assert isinstance(found, Unclear)
    assert words in found.reason


@pytest.mark.parametrize(
    ("headings", "place"),
    [
        (["pixel size(mm)", "filename"], 1),
        (["FileName", "pixel size(mm)"], 0),
        (["File name", "pixel size(mm)"], 0),
        (["image", "pixel size(mm)"], 0),
        (["name", "filename", "pixel size(mm)"], 1),
        (["Image_Path", "pixel size(mm)"], 0),
    ],
)
def test_that_the_column_of_names_is_known(headings, place):
    assert read_headings(headings).name == place


def test_that_empty_columns_at_the_end_do_not_count():
    assert read_headings(["filename", "pixel size(mm)", "", " "]).count == 2


def test_that_what_a_table_says_is_quoted_on_one_short_line():
    assert quoted("a\n b\x00") == "“a b?”"
    assert quoted("x" * 100) == f"“{'x' * 39}…”"
