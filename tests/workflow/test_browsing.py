"""A place is listed, and each of its images shown small."""

from fhc_desktop.workflow.browsing import browse, thumbnail
from tests.heads import small_phantom, write_png
from tests.reading import READERS


def test_that_a_folder_is_listed_as_long_as_somebody_waits(tmp_path):
    for name in ("1.png", "2.png"):
        write_png(small_phantom(), tmp_path / name)
    answers = iter([True, False])

    whole = browse(tmp_path, READERS, go_on=lambda: True)
    part = browse(tmp_path, READERS, go_on=lambda: next(answers))

    assert [len(catalogue.images) for catalogue in (whole, part)] == [2, 1]


def test_that_a_thumbnail_is_no_larger_than_its_place(tmp_path):
    path = write_png(small_phantom(), tmp_path / "head.png")

    assert thumbnail(path, READERS, width_px=80, height_px=60).shape == (54, 80, 3)
