import threading

import numpy as np
import pytest
import torch

from fhc_desktop.segmentation.networks.pytorch.cores import CORES, on_cores


def pictures(count):
    return np.arange(count, dtype=np.float32)[:, None, None] * np.ones((1, 3, 4), np.float32)


@pytest.mark.parametrize("count", [1, 2, CORES, CORES + 1, 6])
def test_that_every_picture_has_its_own_answer_in_its_own_place(count):
    assert (on_cores(lambda share: share + 0.5, pictures(count)) == pictures(count) + 0.5).all()


def test_that_a_share_is_computed_by_one_thread_and_the_callers_threads_stay():
    before, seen = torch.get_num_threads(), []

    def answer(share):
        seen.append((threading.current_thread().name, torch.get_num_threads()))
        return share

    on_cores(answer, pictures(6))
    assert {threads for _, threads in seen} == {1}
    assert all(name.startswith("view") for name, _ in seen)
    assert torch.get_num_threads() == before


def test_that_a_fault_in_any_share_comes_through():
    def answer(share):
        if share.max() > 4:
            raise RuntimeError("out of memory")
        return share

    with pytest.raises(RuntimeError, match="memory"):
        on_cores(answer, pictures(6))
