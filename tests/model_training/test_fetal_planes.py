import cv2
import numpy as np
import pytest

from model_training.fetal_planes import (
    as_published,
    read_samples,
    read_scanners,
    write_scanners,
)
from model_training.scores import hausdorff
from tests.model_training.drawn_sets import drawn_outline, write_fetal_planes
from tests.reading import load_image


def test_that_a_table_of_ellipses_is_read(tmp_path):
    samples = read_samples(write_fetal_planes(tmp_path / "planes", heads=4, first=100))

    assert [sample.subject for sample in samples] == ["Patient00050"] * 2 + ["Patient00051"] * 2
    assert {sample.data_set for sample in samples} == {"FETAL_PLANES_DB"}
    for number, sample in enumerate(samples, start=100):
        assert hausdorff(sample.outline_px, drawn_outline(number)) < 1e-6
        assert sample.mm_per_pixel is None
        assert sample.hc_mm is None
        assert sample.size == sample.outline_px.perimeter


def test_that_a_missing_image_is_named(tmp_path):
    folder = write_fetal_planes(tmp_path / "planes", heads=2)
    (folder / "images" / "Patient00050_1.png").unlink()

    with pytest.raises(FileNotFoundError, match="Patient00050_1"):
        read_samples(folder)


@pytest.mark.parametrize(("first", "is_larger"), [(100, False), (2468, True)])
def test_that_outlines_are_brought_to_the_outer_border_by_the_habit_they_were_drawn_in(
    tmp_path, first, is_larger
):
    folder = write_fetal_planes(tmp_path / "planes", heads=4, first=first)
    plain, outer = (read_samples(folder, outer_border=wish) for wish in (False, True))

    for drawn, brought in zip(plain, outer, strict=True):
        assert brought.outline_px.center == drawn.outline_px.center
        assert (brought.size > drawn.size) == is_larger
        assert brought.size == pytest.approx(drawn.size, rel=0.04)
        published = as_published(brought.outline_px, brought.name)
        assert hausdorff(published, drawn.outline_px) < 1e-6


def test_that_real_outlines_lie_on_their_images_and_on_something_bright(shared):
    samples = read_samples(shared / "fetal_planes")

    assert len({sample.name for sample in samples}) == len(samples) > 300
    brighter = []
    for sample in samples[::15]:
        gray = load_image(sample.image).image.gray
        rows, columns = gray.shape
        x, y = sample.outline_px.center
        assert 0 < x < columns
        assert 0 < y < rows
        assert 0.6 < sample.outline_px.semi_minor / sample.outline_px.semi_major <= 1
        brighter.append(_skull_level(gray, sample.outline_px) > gray.mean())
    assert np.mean(brighter) > 0.9


def _skull_level(gray, outline_px):
    """The mean grey just within the outline, where the skull is."""
    band = np.zeros_like(gray)
    points = (outline_px.grown(-3).points(720)).round().astype(np.int32)
    cv2.polylines(band, [points], isClosed=True, color=1, thickness=5)
    return gray[band > 0].mean()


def test_that_each_pictures_scanner_is_written_and_read(tmp_path):
    folder = write_fetal_planes(tmp_path / "planes", heads=2)
    write_scanners(tmp_path / "scanners.csv", folder)

    assert read_scanners(tmp_path / "scanners.csv") == {
        "Patient00050_0.png": "Aloka",
        "Patient00050_1.png": "Aloka",
    }
