"""A cluster of two worker processes on this machine says what this process says."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from threading import Thread

import pytest

if find_spec("distributed") is None:
    pytest.skip("needs Dask (the extra cluster)", allow_module_level=True)

from distributed import LocalCluster, Security

import fhc_desktop
from fhc_desktop.reporting.batch.batch import FailedFile
from fhc_desktop.reporting.batch.batch_csv import as_csv
from fhc_desktop.resources import resource
from fhc_desktop.workflow.batch import MeasureOptions, measure_file
from fhc_desktop.workflow.cluster import (
    ClusterLost,
    ClusterPlace,
    ClusterUnfit,
    TlsFiles,
    measured_by_cluster,
    program_digest,
)
from fhc_desktop.workflow.proposing import LazySegmenter
from fhc_desktop.workflow.worker import Assignment
from tests.heads import small_phantom, write_dicom
from tests.reading import READERS

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(sys.platform != "linux", reason="kills workers, and has paths of /proc"),
]
OPTIONS = MeasureOptions()
LOCAL = {"threads_per_worker": 1, "host": "127.0.0.1", "dashboard_address": "127.0.0.1:0"}


@pytest.fixture(scope="module")
def cluster():
    with LocalCluster(n_workers=2, **LOCAL) as found:
        yield found


@pytest.fixture(scope="module")
def empty_cluster():
    with LocalCluster(n_workers=0, **LOCAL) as found:
        yield found


@pytest.fixture(scope="module")
def heads(tmp_path_factory):
    folder = tmp_path_factory.mktemp("heads")
    paths = [write_dicom(small_phantom(seed=n), folder / f"{n}.dcm") for n in range(2)]
    (folder / "empty.dcm").touch()
    unlisted = FailedFile(folder, "There is no image in it.")
    return [paths[0], unlisted, paths[1], folder / "empty.dcm", folder / "gone.dcm"]


def by_cluster(files, cluster):
    place = ClusterPlace(cluster.scheduler_address)
    return measured_by_cluster(files, Assignment(OPTIONS), place)


def by_this_process(files):
    proposer = LazySegmenter(device="cpu")
    for item in files:
        if isinstance(item, FailedFile):
            yield item
        else:
            yield measure_file(item, proposer, OPTIONS, readers=READERS)


def test_that_two_workers_say_the_same_bytes_though_one_is_killed_midway(
    cluster, heads, monkeypatch
):
    # Workers have another current folder: a relative path must mean the same to them.
    monkeypatch.chdir(heads[0].parent)
    files = [Path("0.dcm"), *heads[1:]]
    expected = list(by_this_process(files))
    rows = by_cluster([*files, *files[:1] * 10], cluster)

    first = next(rows)
    os.kill(cluster.workers[0].process.pid, signal.SIGKILL)

    assert as_csv([first, *rows]) == as_csv([*expected, *expected[:1] * 10])


def test_that_nothing_stays_with_the_workers_of_a_call_that_is_given_up(cluster, heads):
    rows = by_cluster(heads[3:] * 20, cluster)
    next(rows)
    rows.close()

    def left():
        plugins = [name for name in cluster.scheduler.worker_plugins if "fhc" in name]
        return [*cluster.scheduler.tasks, *plugins]

    for _ in range(1000):
        if not left():
            break
        time.sleep(0.01)
    assert left() == []


def test_that_a_worker_that_sees_another_file_under_a_path_measures_none(
    cluster, heads, monkeypatch, tmp_path
):
    shutil.copy(heads[0], tmp_path / "here.dcm")
    monkeypatch.chdir(tmp_path)
    here_only = Path("/proc/self/cwd/here.dcm")

    (_, row) = by_cluster([heads[-1], here_only], cluster)
    with pytest.raises(ClusterUnfit, match=r"does not see the same /proc/self/cwd/here\.dcm"):
        next(by_cluster([here_only], cluster))

    assert row.error.startswith(
        "here.dcm is another file, or none, for the worker at tcp://127.0.0.1"
    )
    assert row.may_pass


def test_that_a_cluster_without_workers_or_without_a_scheduler_says_so(empty_cluster, heads):
    nowhere = ClusterPlace("tcp://127.0.0.1:9", seconds_to_connect=0.5)

    with pytest.raises(ClusterUnfit, match=r"has no workers\. Start some"):
        next(by_cluster(heads, empty_cluster))
    with pytest.raises(ClusterUnfit, match=r"cannot be reached.*Check the address"):
        next(measured_by_cluster(heads, Assignment(OPTIONS), nowhere))


def test_that_what_listens_there_and_is_no_scheduler_is_a_sentence(heads):
    with socket.create_server(("127.0.0.1", 0)) as server:
        greeting = Thread(
            target=lambda: server.accept()[0].sendall(b"HTTP/1.1 400 Bad Request\r\n")
        )
        greeting.start()
        place = ClusterPlace(f"tcp://127.0.0.1:{server.getsockname()[1]}", seconds_to_connect=5)
        with pytest.raises(ClusterUnfit, match=r"cannot be reached: .*Check the address"):
            next(measured_by_cluster(heads, Assignment(OPTIONS), place))
        greeting.join()


def test_that_a_worker_with_another_program_is_refused_before_anything_is_measured(
    empty_cluster, tmp_path, heads
):
    ours = Path(fhc_desktop.__file__).parent
    shutil.copytree(ours, tmp_path / "fhc_desktop", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "resources").symlink_to(resource("."))
    with (tmp_path / "fhc_desktop" / "resources.py").open("a") as module:
        module.write("# another version\n")
    command = [sys.executable, "-m", "distributed.cli.dask_worker", "--no-nanny"]
    worker = subprocess.Popen(
        [*command, empty_cluster.scheduler_address, "--no-dashboard", "--host", "127.0.0.1"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        cwd=tmp_path,
        stderr=subprocess.DEVNULL,
    )
    try:
        empty_cluster.wait_for_workers(1, timeout=60)
        with pytest.raises(ClusterUnfit, match="has another version of the program"):
            next(by_cluster(heads, empty_cluster))
    finally:
        worker.kill()
        worker.wait()


@pytest.mark.slow
def test_that_a_cluster_is_reached_by_tls_alone_and_that_it_went_away_is_a_sentence(
    tmp_path, heads
):
    security = Security.temporary()
    files = {name: tmp_path / f"{name}.pem" for name in ("ca", "cert", "key")}
    files["ca"].write_text(security.tls_ca_file)
    files["cert"].write_text(security.tls_client_cert)
    files["key"].write_text(security.tls_client_key)
    with LocalCluster(n_workers=1, security=security, protocol="tls://", **LOCAL) as cluster:
        plain = ClusterPlace(cluster.scheduler_address, seconds_to_connect=0.5)
        with pytest.raises(ClusterUnfit):
            next(measured_by_cluster(heads, Assignment(OPTIONS), plain))
        place = ClusterPlace(cluster.scheduler_address, TlsFiles(*files.values()))
        rows = measured_by_cluster(heads[3:4] * 300, Assignment(OPTIONS), place)
        row = next(rows)

    assert row.error == "empty.dcm is empty."
    with pytest.raises(ClusterLost, match=r"is lost: .*call the same again"):
        list(rows)


def test_that_the_digest_of_the_program_is_that_of_its_source():
    assert program_digest() == program_digest()
    assert len(program_digest()) == 64
