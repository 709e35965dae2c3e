"""The views of a picture, shared out among the processor's cores."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import torch
from numpy.typing import NDArray

CORES = torch.get_num_threads()

# The networks are small: waking the other threads for each of a hundred layers takes longer than
# they save. Here a thread computes a view alone, from the first layer to the last.
_threads = ThreadPoolExecutor(CORES, "view", initializer=torch.set_num_threads, initargs=(1,))


def on_cores(
    answer: Callable[[NDArray[np.float32]], NDArray[np.float32]], pictures: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the answer to a batch of pictures, each core asked for its share of them.

    ``answer`` takes and gives arrays of shape (pictures, height, width); what it raises is raised.
    """
    shares = np.array_split(pictures, min(CORES, len(pictures)))
    return np.concatenate(list(_threads.map(answer, shares)))
