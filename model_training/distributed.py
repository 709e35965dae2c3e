"""Several processes that train one network, as torchrun starts them; one alone runs the same code.

They need one machine, or a folder that all of them see: each reads data and checkpoint itself.
"""

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import torch
from torch import Tensor, distributed, nn
from torch.nn.parallel import DistributedDataParallel

# The others wait for so long while the first scores the held-out heads.
PATIENCE = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Processes:
    """This process among those of the run: its number, how many there are, its GPU's number."""

    rank: int = 0
    count: int = 1
    local_rank: int = 0

    @property
    def is_first(self) -> bool:
        """Whether this is the one that writes files, prints and validates."""
        return self.rank == 0

    def device(self) -> torch.device:
        """Return where this process computes."""
        if torch.cuda.is_available():
            return torch.device("cuda", self.local_rank)
        if self.count == 1 and torch.backends.mps.is_available():
            return torch.device("mps")
        return torch.device("cpu")

    def joined(self, network: nn.Module, device: torch.device) -> nn.Module:
        """Return the network so wrapped that its gradients are averaged over the processes.

        Batch normalisation takes its mean and deviation from each process's own share of a batch;
        ``share_statistics`` averages what it remembers of them.
        """
        if self.count == 1:
            return network
        # A convolution of one pixel has no layout that both sides would call by the same strides.
        warnings.filterwarnings("ignore", message="Grad strides do not match")
        cards = None if device.type == "cpu" else [device]
        return DistributedDataParallel(network, device_ids=cards)

    def share_statistics(self, network: nn.Module) -> None:
        """Average the running statistics of batch normalisation over the processes."""
        if self.count == 1:
            return
        running = [buffer for buffer in network.buffers() if buffer.is_floating_point()]
        mean = self._mean(torch.cat([buffer.flatten() for buffer in running]))
        sizes = [buffer.numel() for buffer in running]
        for buffer, values in zip(running, torch.split(mean, sizes), strict=True):
            buffer.copy_(values.view_as(buffer))

    def mean(self, value: float, device: torch.device) -> float:
        """Return the mean of a number over the processes."""
        if self.count == 1:
            return value
        return float(self._mean(torch.tensor(value, device=device)))

    def check_equal(self, network: nn.Module) -> None:
        """See that this process has the first one's weights and statistics, to the last bit.

        Raises:
            RuntimeError: it has others; whatever came of this run would be nobody's network.
        """
        if self.count == 1:
            return
        ours = torch.cat([tensor.double().flatten() for tensor in network.state_dict().values()])
        firsts = ours.clone()
        distributed.broadcast(firsts, src=0)
        if not torch.equal(ours, firsts):
            raise RuntimeError(f"process {self.rank} has other weights than the first")

    def _mean(self, values: Tensor) -> Tensor:
        distributed.all_reduce(values)
        return values / self.count


ALONE = Processes()


def announced() -> Processes:
    """Return what torchrun told this process; alone without it.

    Raises:
        ValueError: there are more processes on this machine than GPUs.
    """
    count = int(os.environ.get("WORLD_SIZE", "1"))
    if count == 1:
        return ALONE
    here = int(os.environ.get("LOCAL_WORLD_SIZE", count))
    if torch.cuda.is_available() and here > torch.cuda.device_count():
        raise ValueError(f"{here} processes are too many for {torch.cuda.device_count()} GPUs")
    return Processes(int(os.environ["RANK"]), count, int(os.environ["LOCAL_RANK"]))


@contextmanager
def connected(group: Processes) -> Iterator[None]:
    """Let the processes of the group talk to each other, and let them end together."""
    if group.count == 1:
        yield
        return
    device = group.device()
    if device.type == "cuda":
        torch.cuda.set_device(device)
    backend = "nccl" if device.type == "cuda" else "gloo"
    distributed.init_process_group(backend, timeout=PATIENCE)
    yield
    # After a fault nobody takes leave: the others may wait for an answer, and torchrun ends them.
    distributed.barrier()
    distributed.destroy_process_group()
