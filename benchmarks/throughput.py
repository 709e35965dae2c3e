"""How many files a second `fhc-desktop measure` gets done: one process against all workers.

    python benchmarks/throughput.py FOLDER [--files N] [--rounds N] [--jobs 1 0 dask:1 dask:2]

`dask:N` is a Dask cluster of N workers on this machine, with one thread each; that it starts is not
in the time, since a cluster is there already, that its workers load the networks is.

Each figure is the median of fresh processes that take turns, so that a slower spell of the machine
meets all of them. Start and end are in the time, listing the folder is not: the files are named.
Memory is the most that the process and its children hold of their own at one time (Linux). What
was written must be the same byte for byte.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_SECONDS_BETWEEN_LOOKS = 0.25
# Says its address, and lasts as long as its standard input.
_CLUSTER = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    workers, here = int(sys.argv[1]), "127.0.0.1"
    with LocalCluster(
        n_workers=workers, threads_per_worker=1, host=here, dashboard_address=f"{here}:0"
    ) as found:
        print(found.scheduler_address, flush=True)
        sys.stdin.read()
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--jobs", nargs="+", default=["1", "0"], help="0: as many as cores; dask:N: a cluster of N"
    )
    options = parser.parse_args()
    paths = sorted(options.folder.glob("*.png"))[: options.files]
    taken: dict[str, list[tuple[float, float]]] = {jobs: [] for jobs in options.jobs}
    said: set[bytes] = set()
    for _ in range(options.rounds):
        for jobs, figures in taken.items():
            text, seconds, memory_mb = measured(paths, jobs)
            said.add(text)
            figures.append((len(paths) / seconds, memory_mb))
    print_table(taken)
    print("the same bytes" if len(said) == 1 else "NOT THE SAME BYTES")
    return 0 if len(said) == 1 else 1


def measured(paths: list[Path], jobs: str) -> tuple[bytes, float, float]:
    """Return what one call wrote, its seconds, and the most MB that it held."""
    kind, _, workers = jobs.rpartition(":")
    if not kind:
        return measured_with(paths, ["--device", "cpu", "--jobs", jobs], [])
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", _CLUSTER, workers],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        text=True,
    ) as cluster:
        if cluster.stdin is None or cluster.stdout is None:
            raise RuntimeError(cluster)
        address = cluster.stdout.readline().strip()
        found = measured_with(paths, ["--cluster", address], [cluster.pid])
        cluster.stdin.close()
    return found


def measured_with(
    paths: list[Path], options: list[str], others: list[int]
) -> tuple[bytes, float, float]:
    """Return the same of a call with these options; ``others`` work for it and have memory too."""
    command = [sys.executable, "-m", "fhc_desktop", "measure", *map(str, paths)]
    began, most_mb = time.perf_counter(), 0.0
    with (
        tempfile.TemporaryFile() as written,
        subprocess.Popen(  # noqa: S603 - our own program
            [*command, "--format", "hc18", *options],
            stdout=written,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
        ) as program,
    ):
        while program.poll() is None:
            processes = chain.from_iterable(map(family, [program.pid, *others]))
            most_mb = max(most_mb, sum(map(memory_of_mb, processes)))
            time.sleep(_SECONDS_BETWEEN_LOOKS)
        seconds = time.perf_counter() - began
        written.seek(0)
        return written.read(), seconds, most_mb


def family(process: int) -> Iterator[int]:
    """Yield a process, its children and theirs."""
    yield process
    with suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in (task / "children").read_text(encoding="ascii").split():
                yield from family(int(child))


def memory_of_mb(process: int) -> float:
    """Return what a process holds of its own, without what it has in common with files."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("RssAnon:"):
                return int(line.split()[1]) / 1e3
    return 0.0


def print_table(taken: dict[str, list[tuple[float, float]]]) -> None:
    """Print each number of jobs with its share of the first one's files a second."""
    medians = {
        jobs: list(map(statistics.median, zip(*rows, strict=True))) for jobs, rows in taken.items()
    }
    first, _ = next(iter(medians.values()))
    print(f"{'jobs':<12}{'files a second':>16}{'ratio':>8}{'memory, MB':>12}")
    for jobs, (files, memory_mb) in medians.items():
        name = "all cores" if jobs == "0" else jobs
        print(f"{name:<12}{files:16.2f}{files / first:8.2f}{memory_mb:12.0f}")


if __name__ == "__main__":
    sys.exit(main())
