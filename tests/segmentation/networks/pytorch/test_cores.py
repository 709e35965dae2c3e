import gc
import threading

import numpy as np
import pytest
import torch

from fhc_desktop.segmentation.networks.pytorch.cores import CORES, Cores


@pytest.fixture
def cores():
    return Cores()


def frames(count):
    return np.arange(count, dtype=np.float32)[:, None, None] * np.ones((1, 3, 4), np.float32)


@pytest.mark.parametrize("count", [1, 2, CORES, CORES + 1, 6])
def test_that_every_frame_has_its_own_answer_in_its_own_place(cores, count):
    found = cores.shared_out(lambda share: share + 0.5, frames(count))

    assert (found == frames(count) + 0.5).all()


def test_that_a_share_is_computed_by_one_thread_and_the_callers_threads_stay(cores):
    before, seen = torch.get_num_threads(), []

    def answer(share):
        seen.append((threading.current_thread().name, torch.get_num_threads()))
        return share

    cores.shared_out(answer, frames(6))
    assert {threads for _, threads in seen} == {1}
    assert all(name.startswith("frame") for name, _ in seen)
    assert torch.get_num_threads() == before


def test_that_later_ones_have_as_many_cores_as_the_first_even_in_a_thread_of_their_own(cores):
    cores.shared_out(np.negative, frames(6))
    shares = []

    def work():
        Cores().shared_out(lambda share: shares.append(len(share)) or share, frames(CORES))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()

    assert shares == [1] * CORES


def test_that_a_fault_in_any_share_comes_through(cores):
    def answer(share):
        if share.max() > 4:
            raise RuntimeError("out of memory")
        return share

    with pytest.raises(RuntimeError, match="memory"):
        cores.shared_out(answer, frames(6))


def test_that_the_threads_end_with_their_owner():
    owner, threads = Cores(2), set()

    def answer(share):
        threads.add(threading.current_thread())
        return share

    owner.shared_out(answer, frames(6))
    del owner
    gc.collect()
    for thread in threads:
        thread.join(60)

    assert threads
    assert not any(thread.is_alive() for thread in threads)
