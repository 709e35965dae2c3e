"""How many cores a process may keep busy, on machines that lie in a folder."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.segmentation.networks.onnx.cores import Sharing, physical_cores, shared_among

FOUR_CORES_OF_TWO_THREADS = ["0,4", "1,5", "2,6", "3,7"] * 2


def machine(root, siblings, **files):
    """A root folder with processors and other files by their places."""
    for number, text in enumerate(siblings):
        folder = root / f"sys/devices/system/cpu/cpu{number}/topology"
        folder.mkdir(parents=True)
        (folder / "thread_siblings_list").write_text(f"{text}\n")
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{text}\n")
    return root


@pytest.mark.parametrize(
    ("allowed", "cores"), [(range(8), 4), (range(4), 4), ([0, 4], 1), ([0, 1, 4], 2), ([7], 1)]
)
def test_that_two_threads_of_one_core_count_once(tmp_path, allowed, cores):
    root = machine(tmp_path, FOUR_CORES_OF_TWO_THREADS)

    assert physical_cores(allowed, root) == cores


def test_that_processors_of_which_nothing_is_known_count_each(tmp_path):
    assert physical_cores(range(3), tmp_path) == 3


@pytest.mark.parametrize(
    ("limits", "cores"),
    [
        ({"sys/fs/cgroup/cpu.max": "max 100000"}, 4),
        ({"sys/fs/cgroup/cpu.max": "200000 100000"}, 2),
        ({"sys/fs/cgroup/cpu.max": "150000 100000"}, 2),
        ({"sys/fs/cgroup/cpu.max": "5000 100000"}, 1),
        ({"sys/fs/cgroup/a/b/cpu.max": "max 100000", "sys/fs/cgroup/a/cpu.max": "1 1"}, 1),
        (
            {
                "sys/fs/cgroup/cpu/a/cpu.cfs_quota_us": "300000",
                "sys/fs/cgroup/cpu/a/cpu.cfs_period_us": "100000",
            },
            3,
        ),
        (
            {
                "sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1",
                "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000",
            },
            4,
        ),
        ({"sys/fs/cgroup/cpu.max": "nonsense"}, 4),
        ({"sys/fs/cgroup/cpu.max": "100000 0"}, 4),
    ],
)
def test_that_a_containers_share_of_processor_time_is_the_most(tmp_path, limits, cores):
    root = machine(tmp_path, FOUR_CORES_OF_TWO_THREADS, **{"proc/self/cgroup": "0::/a/b", **limits})

    assert physical_cores(range(8), root) == cores


def test_that_this_process_has_at_least_one_core_where_linux_can_be_asked():
    cores = physical_cores()

    assert cores is None or cores >= 1


@given(st.integers(1, 6), st.integers(1, 128))
def test_that_each_core_has_one_thread_however_many_views_are_computed_at_once(views, cores):
    sharing = shared_among(views, cores)

    assert sharing.calls == min(views, cores)
    assert sharing.calls + (sharing.threads - 1) == cores


def test_that_the_library_decides_where_nobody_knows_the_cores():
    assert shared_among(4, None) == Sharing(calls=1, threads=0)
