import pytest
from PIL import Image

from model_training.hc18 import annotated_outline, read_samples
from model_training.scores import hausdorff
from tests.model_training.drawn_sets import drawn_outline, write_hc18
from tests.reading import READERS


def test_that_the_official_layout_is_read(tmp_path):
    samples = read_samples(write_hc18(tmp_path / "hc18", heads=4))

    assert [sample.name for sample in samples] == [
        "000_HC.png",
        "000_2HC.png",
        "001_HC.png",
        "001_2HC.png",
    ]
    assert [sample.subject for sample in samples] == ["000", "000", "001", "001"]
    for number, sample in enumerate(samples):
        assert hausdorff(sample.outline_px, drawn_outline(number)) < 0.3
        assert sample.hc_mm == pytest.approx(drawn_outline(number).perimeter * sample.mm_per_pixel)


def test_that_a_missing_annotation_is_named(tmp_path):
    folder = write_hc18(tmp_path / "hc18", heads=2)
    (folder / "training_set" / "000_2HC_Annotation.png").unlink()

    with pytest.raises(FileNotFoundError, match=r"000_2HC_Annotation\.png"):
        read_samples(folder)


def test_that_an_annotation_without_an_outline_is_named(tmp_path):
    folder = write_hc18(tmp_path / "hc18", heads=2)
    empty = folder / "training_set" / "000_2HC_Annotation.png"
    Image.new("L", (200, 135)).save(empty)

    with pytest.raises(ValueError, match=r"No outline is drawn in .*000_2HC_Annotation\.png"):
        read_samples(folder)


def test_that_an_outline_gives_back_the_tables_hc(some_of_hc18):
    samples = read_samples(some_of_hc18)

    assert len(samples) > 40
    for sample in samples:
        assert sample.outline_px.perimeter * sample.mm_per_pixel == pytest.approx(
            sample.hc_mm, abs=0.05
        )
    first = samples[0]
    annotation = first.image.with_name(first.image.stem + "_Annotation.png")
    assert annotated_outline(annotation, READERS.images) == first.outline_px
