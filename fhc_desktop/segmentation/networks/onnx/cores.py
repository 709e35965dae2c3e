"""How many processor cores this process may keep busy."""

import math
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path("/")


@dataclass(frozen=True, slots=True)
class Sharing:
    """How calls of one network share the cores: so many at once, each with so many threads.

    All threads but the one that a call comes with are the same for all calls. No threads mean as
    many as the library finds cores.
    """

    calls: int
    threads: int


def shared_among(views: int, cores: int | None) -> Sharing:
    """Return how views are best computed: each by a core of its own, as far as there are any.

    A core with a picture of its own need not wait for another after every layer. What cores are
    left over help all of them. Where nobody can say how many there are, the library is let do.
    """
    if cores is None:
        return Sharing(calls=1, threads=0)
    calls = min(views, cores)
    return Sharing(calls=calls, threads=cores - calls + 1)


def physical_cores(allowed: Iterable[int] | None = None, root: Path = _ROOT) -> int | None:
    """Return the cores that Linux lets this process use; None elsewhere, where nobody can say.

    Two threads of one core share its arithmetic, so they count as one. ``allowed`` are the
    processors to choose from, those of the process without any; ``root`` is where /proc and /sys
    lie. A container's share of processor time, rounded up, is the most.
    """
    if allowed is None:
        if not hasattr(os, "sched_getaffinity"):
            return None
        allowed = os.sched_getaffinity(0)
    cores = {_core_of(number, root) for number in allowed}
    shares = [math.ceil(share) for share in _shares(root)]
    return max(min([len(cores), *shares]), 1)


def _core_of(number: int, root: Path) -> str:
    """Return what the threads of one core have in common; a processor's number if unknown."""
    folder = root / f"sys/devices/system/cpu/cpu{number}/topology"
    return _text(folder / "thread_siblings_list") or str(number)


def _shares(root: Path) -> Iterator[float]:
    """Yield how many processors' time the process's control groups allow, and those above them."""
    for line in _text(root / "proc/self/cgroup").splitlines():
        _, _, group = line.split(":", 2)
        for folder in [Path(group), *Path(group).parents]:
            place = folder.relative_to(folder.anchor)
            yield from _share(_text(root / "sys/fs/cgroup" / place / "cpu.max"))
            older = root / "sys/fs/cgroup/cpu" / place
            quota, period = (_text(older / f"cpu.cfs_{name}_us") for name in ("quota", "period"))
            yield from _share(f"{quota} {period}")


def _share(text: str) -> Iterator[float]:
    # "max 100000" and "-1 100000" are no limit.
    with suppress(ValueError, ZeroDivisionError):
        quota, period = map(int, text.split())
        if quota > 0:
            yield quota / period


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""
