"""A list names an image however it is written, and no other image of the same name."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fhc_desktop.domain.image.listed_image import (
    ListedImage,
    Naming,
    entries_of,
    has_folder,
    is_picture_name,
)

IMAGE = ListedImage(("/", "scans", "Set"), "t\u00e9te_01.png")


@pytest.mark.parametrize(
    ("written", "naming"),
    [
        ("t\u00e9te_01.png", Naming.EXACTLY),
        (" te\u0301te_01.png ", Naming.EXACTLY),
        ("./t\u00e9te_01.png", Naming.EXACTLY),
        ("Set/t\u00e9te_01.png", Naming.EXACTLY),
        ("..\\set\\t\u00e9te_01.png", Naming.EXACTLY),
        ("scans/Set/t\u00e9te_01.png", Naming.EXACTLY),
        ("/scans/Set/t\u00e9te_01.png", Naming.EXACTLY),
        ("C:\\elsewhere\\set\\t\u00e9te_01.png", Naming.EXACTLY),
        ("T\u00c9TE_01.PNG", Naming.ROUGHLY),
        ("t\u00e9te_01", Naming.ROUGHLY),
        ("set/t\u00e9te_01", Naming.ROUGHLY),
        ("t\u00e9te_01.jpg", Naming.NOT),
        ("t\u00e9te_01.png.png", Naming.NOT),
        ("t\u00e9te_1.png", Naming.NOT),
        ("t\u00e9te", Naming.NOT),
        ("other/t\u00e9te_01.png", Naming.NOT),
        ("elsewhere/Set/t\u00e9te_01.png", Naming.NOT),
        ("/scans/other/t\u00e9te_01.png", Naming.NOT),
        ("a/b/c/scans/Set/t\u00e9te_01.png", Naming.NOT),
        ("", Naming.NOT),
        ("/", Naming.NOT),
        ("Set/", Naming.NOT),
    ],
)
def test_that_an_image_is_named_by_its_name_and_its_own_folders(written, naming):
    assert IMAGE.named_by(written) is naming


@pytest.mark.parametrize(
    ("written", "others"),
    [
        ("A", ("a.jpg", "a.dcm", "A.PNG")),
        ("A.PNG", ("A.PNG",)),
        ("a.png", ("A.PNG",)),
        ("b", ("b.png", "b")),
    ],
)
def test_that_a_rough_name_could_mean_what_lies_beside(written, others):
    beside = ("a.png", "a.jpg", "a.dcm", "a.csv", "A.PNG", "b.png", "b", "ab.png")

    assert ListedImage((), "a.png", beside).others_named_by(written) == others


@pytest.mark.parametrize(
    ("name", "text", "is_mentioned"),
    [
        ("a.png", "x;a.png;0.1", True),
        ("a.png", "x;A;0.1", True),
        ("a.png", "set/a.png", True),
        ("a.png", "ab.png;ba.png;a_1.png", False),
        ("7.png", "1;7;0.7", False),
        ("7.png", "7.PNG", True),
        ("000_HC.png", "000_HC_Annotation.png", False),
    ],
)
def test_that_a_name_is_mentioned_as_a_word_of_its_own(name, text, is_mentioned):
    assert ListedImage((), name).is_mentioned_in(text) is is_mentioned


def test_that_a_path_has_a_folder_and_a_picture_an_ending():
    assert [has_folder(text) for text in ("a/b.png", "a\\b.png", "./b.png", "C:\\b.png", "b")] == [
        True, True, False, False, False,
    ]  # fmt: skip
    assert [is_picture_name(text) for text in ("a.PNG", "a b.tif ", ".png", "a.csv", "0.117")] == [
        True, True, False, False, False,
    ]  # fmt: skip


# Names that are easily taken for one another.
near_names = st.lists(
    st.sampled_from(
        ["a", "A", "ß", "SS", "\u00e9", "e\u0301", ".", ".png", ".PNG", "/", "\\", " "]
    ),
    max_size=5,
).map("".join)


@given(near_names, near_names)
@example("a\\b.png", "a\\b.png")
@example(" a.png", " a.png")
def test_that_whatever_names_an_image_is_listed_under_one_of_its_entries(name, written):
    image = ListedImage((), name)

    assert image.named_by(written) is Naming.NOT or image.entries & entries_of(written)
