import pytest
import torch

from model_training.config import LossConfig
from model_training.losses import region_loss

PLAIN = LossConfig()


@pytest.fixture
def mask():
    mask = torch.zeros(2, 1, 32, 48)
    mask[:, :, 8:24, 12:36] = 1.0
    return mask


def logits_for(mask):
    return 40 * mask - 20


def test_that_a_perfect_map_costs_nothing_and_its_opposite_much(mask):
    config = LossConfig(rim=3.0, size=1.0)

    assert region_loss(logits_for(mask), mask, config).item() == pytest.approx(0, abs=1e-3)
    assert region_loss(logits_for(1 - mask), mask, config).item() > 10


def test_that_an_empty_mask_is_judged_by_entropy_alone(mask):
    """Its Dice loss would be 1 whatever the network says."""
    empty = torch.zeros_like(mask)
    assert region_loss(logits_for(empty), empty, PLAIN).item() == pytest.approx(0, abs=1e-3)

    half_empty = torch.cat([mask[:1], empty[:1]])
    assert region_loss(logits_for(half_empty), half_empty, PLAIN).item() == pytest.approx(
        0, abs=1e-3
    )


def test_that_an_empty_mask_teaches_to_find_nothing(mask):
    logits = torch.zeros_like(mask, requires_grad=True)
    region_loss(logits, torch.zeros_like(mask), LossConfig(rim=3.0, size=1.0)).backward()

    assert (logits.grad > 0).all()


def test_that_the_rim_weighs_an_error_at_the_outline_more_than_one_far_from_it(mask):
    at_rim, far = logits_for(mask), logits_for(mask)
    at_rim[:, :, 8, 20:28] *= -1
    far[:, :, 0, 20:28] *= -1

    def extra(logits):
        weighed = region_loss(logits, mask, LossConfig(rim=4.0, rim_width=3.0))
        return (weighed - region_loss(logits, mask, PLAIN)).item()

    assert extra(at_rim) > 0.1
    assert extra(far) == pytest.approx(0, abs=1e-4)


def test_that_the_size_term_is_the_relative_difference_of_the_areas(mask):
    larger = mask.clone()
    larger[:, :, 24:28, 12:36] = 1.0
    plain = region_loss(logits_for(larger), mask, PLAIN)
    with_size = region_loss(logits_for(larger), mask, LossConfig(size=2.0))

    assert (with_size - plain).item() == pytest.approx(2.0 * 4 / 16, rel=1e-3)
