"""Who measures: what is said before anything leaves this machine, and what does not go together."""

import sys

import pytest

from fhc_desktop.__main__ import main
from fhc_desktop.commands.measurers import Cluster, NoDask, dask_cluster
from fhc_desktop.resources import resource

DEMO = str(resource("demo/demo_head.png"))
TLS = ["--cluster-tls", "ca.pem", "cert.pem", "key.pem"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_that_nothing_is_cautioned_of_on_this_machine(host):
    assert Cluster(f"tcp://{host}:8786").caution == ""


def test_that_an_open_connection_to_another_machine_is_cautioned_of():
    assert "tcp://10.0.0.7:8786 is not encrypted" in Cluster("tcp://10.0.0.7:8786").caution
    assert Cluster("tls://10.0.0.7:8786", (DEMO, DEMO, DEMO)).caution == ""


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (TLS, "--cluster-tls goes with --cluster"),
        (["--cluster", "tls://a:1"], "goes with --cluster-tls"),
        (["--cluster", "tcp://a:1", *TLS], "goes with --cluster-tls"),
        (["--cluster", "tcp://a:1", "--jobs", "2"], "leave --jobs"),
        (["--cluster", "tcp://a:1", "--device", "cuda"], "leave --jobs, --device"),
    ],
)
def test_that_what_does_not_go_with_a_cluster_is_wrong_use(capsys, options, words):
    assert main(["measure", DEMO, *options]) == 2
    assert words in capsys.readouterr().err


def test_that_an_address_that_is_none_is_wrong_use(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["measure", DEMO, "--cluster", "localhost:8786"])

    assert ended.value.code == 2
    assert "localhost:8786 is no address" in capsys.readouterr().err


def test_that_a_cluster_without_dask_is_a_sentence(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)  # as if it were not installed
    monkeypatch.delitem(sys.modules, "fhc_desktop.workflow.cluster", raising=False)

    with pytest.raises(NoDask, match=r"pip install 'fhc-desktop\[cluster\]'"):
        dask_cluster()
