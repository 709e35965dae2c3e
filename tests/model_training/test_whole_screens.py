"""A head on a whole screen is set against the same head in its own picture."""

from pathlib import Path

import pytest

from fhc_desktop.resources import resource
from fhc_desktop.segmentation.bundle import load_bundle
from model_training.dataset import Head
from model_training.evaluate import segmenter_of
from model_training.samples import HeadSample
from model_training.whole_screens import (
    LIMIT,
    SMALLEST_SHARE,
    OnScreen,
    measure_screens,
    read_screens,
    screens_table,
    write_screens,
)
from tests.phantom import DEMO_OUTLINE_PX, draw_phantom


def a_head(name="drawn", *, is_empty=False):
    gray = draw_phantom(DEMO_OUTLINE_PX, rows=540, columns=800, seed=3)
    gray = gray * 0 if is_empty else gray
    sample = HeadSample(name, "drawn", name, Path(name), DEMO_OUTLINE_PX, None, None)
    return Head(sample, gray, pixel_aspect=1.0)


@pytest.mark.model
def test_that_a_head_on_a_screen_is_found_as_large_and_an_empty_scan_is_not():
    segmenter = segmenter_of(load_bundle(resource("model/head_unet.safetensors")), "cpu")
    found, missed = measure_screens(segmenter, [a_head(), a_head("empty", is_empty=True)])

    assert (found.name, missed.name) == ("drawn", "empty")
    assert SMALLEST_SHARE <= found.share < 1
    assert found.relative_hc == pytest.approx(1, abs=LIMIT)
    assert found.is_right
    assert (missed.is_measured_alone, missed.relative_hc) == (False, None)
    assert not missed.is_right


def test_that_results_read_back(tmp_path):
    rows = [
        OnScreen("a", 0.4, is_measured_alone=True, relative_hc=1.01),
        OnScreen("b", 0.91, is_measured_alone=False, relative_hc=None),
    ]
    write_screens(tmp_path / "rows.csv", rows)

    assert read_screens(tmp_path / "rows.csv") == rows


def test_that_the_table_counts_what_is_found_and_what_is_as_large_by_the_scans_share():
    rows = [
        OnScreen("a", 0.3, is_measured_alone=True, relative_hc=1.01),
        OnScreen("b", 0.4, is_measured_alone=True, relative_hc=1.03),
        OnScreen("c", 0.8, is_measured_alone=True, relative_hc=None),
        OnScreen("d", 0.8, is_measured_alone=False, relative_hc=None),
    ]
    _, small, middle, large, every = screens_table(rows)

    assert small == ["28% to 50%", "2", "2 (100.0%)", "1 (50.0%)"]
    assert middle[1:] == ["0", "0 (0.0%)", "0 (0.0%)"]
    assert large[1:] == ["1", "0 (0.0%)", "0 (0.0%)"]
    assert every == ["all", "3", "2 (66.7%)", "1 (33.3%)"]
