"""A table gives the size of its own images, refuses what is no size, and holds for its folder."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.image.calibration import Calibration, CalibrationSource
from fhc_desktop.domain.image.listed_image import ListedImage
from fhc_desktop.domain.image.pixel_size_table import (
    GivenSize,
    NoSize,
    PixelSizeTable,
    Weight,
    calibration_by,
    is_named_after,
    word_of_unclear,
    word_of_unopened,
    word_without_headings,
)
from fhc_desktop.domain.image.size_headings import read_headings

IMAGE = ListedImage(("/", "series"), "a.png")
GIVEN = GivenSize("p.csv", 0.1, 0.1)
OTHER = GivenSize("q.csv", 0.2, 0.2)
REFUSED = NoSize("r.csv", Weight.REFUSED, "The table r.csv is refused.")
UNSURE = NoSize("u.csv", Weight.UNSURE, "The table u.csv is unsure.")
UNNAMED = NoSize("n.csv", Weight.UNNAMED, "The table n.csv does not name it.")


def up(word):
    """The same word of a table one folder up that names the image's folder."""
    fields = {name: getattr(word, name) for name in word.__slots__}
    return type(word)(**{**fields, "names_folder": True})


def table(rows, heading="pixel size(mm)", *, commas_part=False):
    headings = read_headings(["filename", *heading.split(";")])
    return PixelSizeTable("p.csv", headings, tuple(rows), commas_part)


def words(*rows, **kinds):
    return table(rows, **kinds).words_on(IMAGE)


@pytest.mark.parametrize(
    ("written", "heading", "mm"),
    [
        ("0.117", "pixel size(mm)", 0.117),
        (" 0,117 ", "pixel size(mm)", 0.117),
        ("+1.17E-1", "pixel size(mm)", 0.117),
        (".117", "pixel size(mm)", 0.117),
        ("0.0117", "pixel size (cm)", 0.117),
        ("117", "pixel size (µm)", 0.117),
        ("117,4", "pixel size (µm)", 0.1174),
    ],
)
def test_that_a_row_gives_the_size_in_mm(written, heading, mm):
    (word,) = words(["b.png", "0.3"], ["a.png", written], heading=heading)

    assert word == GivenSize("p.csv", pytest.approx(mm, abs=1e-12), pytest.approx(mm, abs=1e-12))


@pytest.mark.parametrize(
    "written",
    ["", " ", "unknown", "n/a", "NaN", "inf", "0", "-0.1", "14", "0.001", "1e999", "0.1 mm",
     "0.1.2", "1 174", "1.174,5", "1_0", "\u0660.\u0661"],
)  # fmt: skip
def test_that_what_is_no_size_of_a_pixel_is_refused_by_name(written):
    (word,) = words(["a.png", written])

    assert word.weight is Weight.REFUSED
    assert word.sentence.startswith("The table p.csv gives no usable pixel size for this image: ")


def test_that_a_comma_between_thousands_is_not_taken_for_a_size():
    (word,) = words(["a.png", "1,174"], heading="pixel size (µm)")

    assert word.weight is Weight.REFUSED


@pytest.mark.parametrize("row", [["a.png", "0", "117"], ["a.png", "1", "174"], ["a.png", "0,117"]])
def test_that_where_commas_part_cells_none_is_a_decimal_sign(row):
    (word,) = words(row, commas_part=True)

    assert word.weight is Weight.REFUSED
    assert "comma" in word.sentence


def test_that_a_row_may_end_in_empty_cells_or_before_its_size():
    assert words(["a.png", "0.1", "", " "]) == [GIVEN]
    (word,) = words(["a.png"])
    assert "the cell is empty" in word.sentence


def test_that_each_side_has_its_column():
    (word,) = words(["a.png", "0.15", "0.12"], heading="pixel size y (mm);pixel size x (mm)")

    assert (word.mm_per_column, word.mm_per_row) == (0.12, 0.15)


def test_that_an_exact_name_counts_before_a_rough_one():
    assert words(["A", "0.3"], ["a.png", "0.1"]) == [GIVEN]
    assert words(["A", "0.1"]) == [GIVEN]


def test_that_a_row_with_the_folder_says_so():
    assert words(["series/a.png", "0.1"]) == [up(GIVEN)]


def test_that_an_image_twice_in_one_table_needs_one_size():
    same = calibration_by(words(["a.png", "0.1"], ["a.png", "0.10"]), (), IMAGE)
    differ = calibration_by(words(["a.png", "0.1"], ["a.png", "0.2"]), (), IMAGE)

    assert same.candidates
    assert differ.objection.reason == (
        "The tables give this image more than one pixel size (p.csv)."
    )


def test_that_an_image_which_no_row_names_is_another_matter():
    (unnamed,) = words(["b.png", "0.1"])
    (mentioned,) = words(["b.png", "0.1", "as a.png"])

    assert unnamed.weight is Weight.UNNAMED
    assert mentioned.weight is Weight.REFUSED


def test_that_an_unclear_table_is_about_the_image_that_it_mentions():
    def weight(text):
        return word_of_unclear("p.csv", "it has none", text=text, image=IMAGE).weight

    assert weight("x;a.png") is Weight.REFUSED
    assert weight("x;b.png") is Weight.UNSURE


@pytest.mark.parametrize(
    ("rows", "could_be"),
    [
        ([["a.png", "0.117"]], True),
        ([["b.png", "0.3"], ["a.png", "0,117"]], True),
        ([["a.png", "37"]], False),
        ([["b.png", "0.117"]], False),
        ([["image", "0.117"], ["a.png", "0.1"]], False),
        ([], False),
    ],
)
def test_that_numbers_without_headings_could_be_sizes(rows, could_be):
    word = word_without_headings("p.csv", rows, IMAGE)

    assert (word is not None) is could_be
    assert word is None or word.weight is Weight.UNSURE


@pytest.mark.parametrize(
    ("name", "folder", "is_named"),
    [
        ("training_set_pixel_size_and_HC", "training_set", True),
        ("test_set_pixel_size", "test_set", True),
        ("Test-Set pixel size", "test_set", True),
        ("pixel_sizes_of_test_set", "test_set", True),
        ("test_set", "test_set", True),
        ("pixel_size_1", "1", True),
        ("te\u0301st_pixel_size", "t\u00e9st", True),
        ("hc", "HC", True),
        ("training_set_pixel_size_and_HC", "test_set", False),
        ("training_set_pixel_size_and_HC", "training", False),
        ("training_set_pixel_size_and_HC", "set", False),
        ("test_set_2_pixel_size", "test_set", False),
        ("test_set_pixel_size", "test_set_2", False),
        ("set10_pixel_size", "set1", False),
        ("pixel_size_10", "1", False),
        ("pixel_size_and_HC", "HC", False),
        ("pixel_size", "size", False),
        ("sizes", "series", False),
        ("", "", False),
        ("__", "--", False),
    ],
)
def test_that_a_table_is_named_after_its_folder_and_no_other(name, folder, is_named):
    assert is_named_after(name, folder) is is_named


@pytest.mark.parametrize(
    ("beside", "above", "gives"),
    [
        ([GIVEN], [up(OTHER)], 0.1),
        ([GIVEN], [OTHER], 0.1),
        ([GIVEN, UNSURE, UNNAMED], [], 0.1),
        ([UNNAMED], [up(GIVEN)], 0.1),
        ([], [up(GIVEN), OTHER, REFUSED], 0.1),
        ([GIVEN, GivenSize("q.csv", 0.1 + 1e-9, 0.1)], [], 0.1),
        ([GIVEN, REFUSED], [], "r.csv is refused"),
        ([GIVEN, OTHER], [], "more than one pixel size (p.csv and q.csv)"),
        ([GIVEN, GivenSize("q.csv", 0.1, 0.2)], [], "more than one pixel size"),
        ([REFUSED], [up(GIVEN)], "r.csv is refused"),
        ([UNSURE], [up(GIVEN)], "u.csv is unsure"),
        ([], [up(GIVEN), up(OTHER)], "more than one pixel size"),
        ([], [GIVEN], "p.csv lies one folder up"),
        ([UNNAMED], [GIVEN], "p.csv lies one folder up"),
        ([UNNAMED], [REFUSED], "r.csv is refused"),
        ([UNNAMED], [], "n.csv does not name"),
        ([], [up(UNNAMED)], "n.csv does not name"),
        ([], [UNNAMED], None),
        ([], [UNSURE], None),
        ([], [], None),
    ],
)
def test_that_the_nearest_table_of_the_folder_decides(beside, above, gives):
    found = calibration_by(beside, above, IMAGE)

    if isinstance(gives, float):
        (candidate,) = found.candidates
        source = CalibrationSource.PIXEL_SIZE_TABLE
        assert candidate.calibration == Calibration(gives, gives, source, "p.csv")
    else:
        assert not found.candidates
        assert (found.objection is None) is (gives is None)
        assert gives is None or gives in found.objection.reason
        assert found.objection is None or found.objection.names_file


WORDS = st.sampled_from([GIVEN, OTHER, REFUSED, UNSURE, UNNAMED, word_of_unopened("x.csv")])


@given(st.lists(WORDS, max_size=4), st.lists(WORDS, max_size=4), st.lists(WORDS, max_size=4))
def test_that_a_size_is_never_that_of_a_table_which_does_not_hold_here(beside, bound, unbound):
    found = calibration_by(beside, [*map(up, bound), *unbound], IMAGE)

    for candidate in found.candidates:
        scale = candidate.calibration
        assert any(
            isinstance(word, GivenSize) and word.mm_per_column == scale.mm_per_column
            for word in (*beside, *bound)
        )
    if REFUSED in beside or {GIVEN, OTHER} <= set(beside):
        assert not found.candidates


def test_that_an_image_at_the_top_of_a_disk_has_its_sentence_too():
    found = calibration_by([], [GIVEN], ListedImage((), "a.png"))

    assert "lies one folder up" in found.objection.reason
