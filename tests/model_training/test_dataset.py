from dataclasses import replace

import numpy as np
import pytest
import torch

from fhc_desktop.segmentation.preprocessing import (
    close_up,
    normalised,
    placed,
    to_network_mask,
    whole_picture,
)
from model_training.config import AugmentationConfig, TrainConfig, config_from
from model_training.dataset import batches, load_split, shown, training_pair
from model_training.distributed import Processes
from tests.model_training.drawn_sets import write_hc18

UNCHANGED = AugmentationConfig(
    flip_horizontally=0,
    flip_vertically=0,
    rotation_degrees=0,
    scale=0,
    shift=0,
    stretch=0,
    offset=0,
    size=0,
    tilt_degrees=0,
    miss=0,
    round_from=1,
    gamma=0,
    gain=0,
    depth_gain=0,
    speckle=0,
    blur=0,
    shadow=0,
    overlay=0,
    headless=0,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_hc18(tmp_path_factory.mktemp("data") / "hc18", heads=12)


def config_for(folder, view="whole", **changes) -> TrainConfig:
    table = {
        "name": "a",
        "version": "0",
        "data": folder,
        "output": "o",
        "hold_out": None,
        "view": view,
        "survey": None if view == "whole" else "s.safetensors",
        "batch_size": 4,
        # In this frame the padding is a whole pixel on either side, and none is cut in two.
        "preprocessing": {"width": 128, "height": 96},
    }
    return replace(config_from(table, "run.toml"), **changes)


@pytest.mark.parametrize("view", ["whole", "close-up"])
@pytest.mark.parametrize("aspect", [1.0, 1.25])
def test_that_training_sees_what_serving_sees(folder, view, aspect):
    config = config_for(folder, view, augmentation=UNCHANGED)
    spec, rng = config.preprocessing, np.random.default_rng(1)
    for head in load_split(config, quiet=True).training[:4]:
        stretched = replace(head, pixel_aspect=aspect)
        outline, shape = head.sample.outline_px, head.gray.shape
        placement = (
            whole_picture(shape, aspect, spec)
            if view == "whole"
            else close_up(shape, aspect, outline, spec)
        )
        picture, mask = training_pair(stretched, config, rng)

        served = normalised(placed(head.gray, placement, spec), spec)
        assert np.allclose(picture[0].numpy(), served, atol=1e-4)
        assert np.allclose(mask[0].numpy(), to_network_mask(outline, placement, spec), atol=1e-4)


@pytest.mark.parametrize("view", ["whole", "close-up"])
def test_that_a_changed_picture_and_its_mask_are_changed_alike(folder, view):
    """Where the head was made white on black, picture and mask are the same."""
    grey = {"gamma": 0, "gain": 0, "depth_gain": 0, "speckle": 0, "blur": 0, "shadow": 0}
    changes = AugmentationConfig(**grey, headless=0, miss=1.0)
    config = config_for(folder, view, augmentation=changes)
    spec = replace(config.preprocessing, mean=0.0, deviation=1.0)
    config, rng = replace(config, preprocessing=spec), np.random.default_rng(2)
    for head in load_split(config, quiet=True).training:
        rows, columns = head.gray.shape
        y, x = np.mgrid[0:rows, 0:columns]
        inside = [
            head.sample.outline_px.contains(point) for point in zip(x.flat, y.flat, strict=True)
        ]
        white = (255 * np.reshape(inside, (rows, columns))).astype(np.uint8)
        picture, mask = training_pair(replace(head, gray=white), config, rng)

        assert (picture - mask).abs().mean() < 0.02


def test_that_a_picture_without_a_head_has_an_empty_mask(folder):
    config = config_for(folder, augmentation=AugmentationConfig(headless=1.0))
    head, rng = load_split(config, quiet=True).training[0], np.random.default_rng(1)

    assert all(training_pair(head, config, rng)[1].sum() == 0 for _ in range(20))


def test_that_one_process_draws_from_one_stream_of_seed_and_epoch(folder):
    config = config_for(folder, seed=9)
    heads = load_split(config, quiet=True).training
    rng = np.random.default_rng([9, 3])
    order = rng.permutation(12)
    expected = [training_pair(heads[number], config, rng)[0] for number in order]

    found = torch.cat([pictures for pictures, _ in batches(heads, config, epoch=3)])
    assert torch.equal(found, torch.stack(expected))


@pytest.mark.parametrize("count", [2, 4])
def test_that_processes_share_each_batch_between_them(folder, count):
    config = config_for(folder, augmentation=UNCHANGED)
    heads = load_split(config, quiet=True).training
    groups = [Processes(rank, count) for rank in range(count)]
    alone = list(batches(heads, config, epoch=2))
    shares = [list(batches(heads, config, epoch=2, group=group)) for group in groups]

    for number, (whole, _) in enumerate(alone):
        together = torch.cat([share[number][0] for share in shares])
        assert len(together) == len(whole) == 4
        assert sorted(map(_sum, together)) == pytest.approx(sorted(map(_sum, whole)))


def test_that_each_process_changes_its_pictures_in_its_own_way(folder):
    # One head over and over: whatever differs comes from the changes.
    config = config_for(folder)
    heads = load_split(config, quiet=True).training[:1] * 8
    first, second = (
        torch.cat([p for p, _ in batches(heads, config, epoch=0, group=Processes(rank, 2))])
        for rank in range(2)
    )

    assert all(not torch.equal(ours, theirs) for ours in first for theirs in second)


def _sum(picture):
    return float(picture.double().sum())


def test_that_small_heads_are_shown_twice_in_an_epoch(folder):
    heads = load_split(config_for(folder), quiet=True).training
    middle = float(np.median([head.sample.hc_mm for head in heads]))
    small = [head for head in heads if head.sample.hc_mm < middle]
    often = shown(heads, config_for(folder, twice_below_mm=middle))

    assert shown(heads, config_for(folder)) == heads
    assert sorted(often, key=id) == sorted([*heads, *small], key=id)
    assert 0 < len(small) < len(heads)


@pytest.mark.parametrize("view", ["whole", "close-up"])
def test_that_a_picture_without_a_head_stands_in_whatever_the_head_and_has_no_mask(folder, view):
    always = AugmentationConfig(other_anatomy=1.0)
    config = config_for(folder, view, augmentation=always)
    first, second = load_split(config, quiet=True).training[:2]
    others = [np.random.default_rng(n).integers(0, 256, (60, 90), np.uint8) for n in range(3)]

    for seed in range(20):
        picture, mask = training_pair(first, config, np.random.default_rng(seed), others)
        again, _ = training_pair(second, config, np.random.default_rng(seed), others)

        assert mask.sum() == 0
        assert picture.std() > 0
        assert torch.equal(picture, again)


def test_that_heads_are_shown_where_no_other_picture_is_at_hand(folder):
    config = config_for(folder, augmentation=replace(UNCHANGED, other_anatomy=1.0))
    head = load_split(config, quiet=True).training[0]

    assert training_pair(head, config, np.random.default_rng(1))[1].sum() > 0
