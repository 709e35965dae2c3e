import csv

import pytest

from model_training.no_head import (
    TEACHING,
    TESTING,
    TRUNK,
    Source,
    group_of,
    read_no_head,
    read_sources,
    write_sources,
)
from tests.model_training.drawn_sets import write_no_head


def test_that_pictures_are_read_with_kind_source_and_use(tmp_path):
    pictures = read_no_head(write_no_head(tmp_path, count=4))

    assert [picture.use for picture in pictures] == [TEACHING, TESTING] * 2
    assert {picture.kind for picture in pictures} == {"fetal abdomen", "kidney"}
    assert all(picture.image.is_file() for picture in pictures)


@pytest.mark.parametrize(
    ("kind", "group"),
    [("fetal abdomen", TRUNK), ("fetal thorax/heart", TRUNK), ("fetal femur/limb",) * 2],
)
def test_that_abdomen_and_thorax_are_one_trunk(kind, group):
    assert group_of(kind) == group


def test_that_a_missing_picture_is_named(tmp_path):
    folder = write_no_head(tmp_path)
    (folder / "images/n_0.png").unlink()

    with pytest.raises(FileNotFoundError, match=r"n_0\.png"):
        read_no_head(folder)


def test_that_a_picture_whose_use_is_not_said_is_refused(tmp_path):
    folder = write_no_head(tmp_path)
    manifest = folder / "manifest.csv"
    manifest.write_text(manifest.read_text().replace(f",{TEACHING},", ",maybe,"))

    with pytest.raises(ValueError, match="neither to teach nor to test"):
        read_no_head(folder)


def test_that_sources_are_counted_by_place_and_licence_and_read_back(tmp_path):
    write_sources(tmp_path / "sources.csv", read_no_head(write_no_head(tmp_path, count=5)))

    assert read_sources(tmp_path / "sources.csv") == [
        Source("drawn/here", "CC0", 3, 0),
        Source("drawn/there", "none stated", 0, 2),
    ]
    with (tmp_path / "sources.csv").open() as file:
        assert next(csv.reader(file)) == ["place", "licence", "teaching", "testing"]
