"""Numpy's algebra computes on one thread, in this process and those that it starts.

It lies on the ground floor: it is to be said before anything imports numpy.
"""

import os

# The library in numpy's wheels; its own name comes before OMP_NUM_THREADS, which others heed too.
_VARIABLE = "OPENBLAS_NUM_THREADS"


def keep_algebra_to_one_thread() -> None:
    """Let numpy's library make no threads of its own, unless the environment says how many.

    They turn in circles for a tenth of a second, once they are made, and take a core from another
    process of this program at its start; what is left for them to do here is a few small matrices.
    """
    os.environ.setdefault(_VARIABLE, "1")
