"""What outlines of two habits must be scaled by."""

from dataclasses import replace

import pytest

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.segmentation.segmenter import Segmenter
from model_training.dataset import Head
from model_training.outer_border import (
    Border,
    borders_table,
    measured_borders,
    read_borders,
    write_borders,
)
from model_training.samples import HeadSample
from tests.segmentation.drawn_networks import DrawnNetworks, bright, drawn_bundle

OUTLINE = Ellipse(140.0, 96.0, 70.0, 54.0, 0.2)


def a_sample(name, scale):
    drawn = replace(OUTLINE, semi_axis_a=70.0 * scale, semi_axis_b=54.0 * scale)
    return HeadSample(name, "drawn", "a", None, drawn, mm_per_pixel=None, hc_mm=None)


def test_that_an_outline_drawn_inside_the_bone_is_found_to_be_too_short(tmp_path):
    segmenter = Segmenter(drawn_bundle(), DrawnNetworks())
    heads = [
        Head(a_sample(name, scale), bright(OUTLINE).gray, 1.0)
        for name, scale in (("Patient00001_a.png", 1.02), ("Patient02000_a.png", 0.96))
    ]
    borders = list(measured_borders(segmenter, heads, {"Patient00001_a.png": "Aloka"}))

    assert [border.scanner for border in borders] == ["Aloka", "unknown"]
    assert [border.found_by_published for border in borders] == pytest.approx(
        [1 / 1.02, 1 / 0.96], rel=0.01
    )
    write_borders(tmp_path / "borders.csv", borders)
    back = read_borders(tmp_path / "borders.csv")
    assert [border.found_by_published for border in back] == pytest.approx(
        [border.found_by_published for border in borders], abs=1e-4
    )


def test_that_each_habit_and_scanner_has_its_mean_and_what_is_no_head_has_no_part_in_it():
    borders = [
        Border("Patient00001_a.png", "Aloka", 0.98),
        Border("Patient00002_a.png", "Aloka", 1.0),
        Border("Patient00003_a.png", "Voluson E6", 0.5),
        Border("Patient02000_a.png", "Aloka", 1.03),
        Border("Patient02001_a.png", "Aloka", None),
    ]
    rows = {tuple(row[:2]): row[2:] for row in borders_table(borders)[1:]}

    assert rows["first", "all"] == ["2", "0.9900", "0.0100", "0.0141"]
    assert rows["first", "Voluson E6"][0] == "0"
    assert rows["second", "Aloka"][:2] == ["1", "1.0300"]
    assert {len(row) for row in borders_table(borders)} == {6}
