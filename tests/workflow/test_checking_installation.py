"""Each check of an installation notices what it is there for, and the others go on."""

import sys
from contextlib import closing
from dataclasses import replace

import pytest

from fhc_desktop.reporting.content.installation import Finding
from fhc_desktop.resources import resource
from fhc_desktop.segmentation.bundle import load_bundle, save_bundle
from fhc_desktop.storage.log.measurement_log import MeasurementLog
from fhc_desktop.storage.preferences.folders import default_folders
from fhc_desktop.workflow.checking_installation import self_check, window_findings
from fhc_desktop.workflow.proposing import SHIPPED_MODEL
from tests.reading import READERS


def shipped():
    return load_bundle(resource(SHIPPED_MODEL))


def findings(folder, model):
    findings = self_check(default_folders(folder / "data"), model, READERS)
    return {found.name: found for found in findings}


def test_that_the_shipped_bundle_passes_every_check(tmp_path):
    found = findings(tmp_path, resource(SHIPPED_MODEL))

    assert [name for name, finding in found.items() if not finding.passed] == []
    assert list(found) == [
        *(
            "weights",
            "drawn head",
            "probe",
            "decoders",
            "log",
            "record",
            "report",
            "forms",
            "device",
        )
    ]


def test_that_a_slightly_different_preprocessing_is_noticed_by_the_probe_alone(tmp_path):
    bundle = shipped()
    look = bundle.header.survey
    other = replace(look.preprocessing, mean=look.preprocessing.mean + 0.05)
    header = replace(bundle.header, survey=replace(look, preprocessing=other))
    path = tmp_path / "other.safetensors"
    save_bundle(path, header, bundle.tensors)

    found = findings(tmp_path, path)

    assert found["drawn head"].passed
    assert not found["probe"].passed
    assert "px where the model was made" in found["probe"].words


@pytest.mark.parametrize("probe", ["none", "of another picture"])
def test_that_a_probe_that_cannot_be_repeated_fails(tmp_path, probe):
    bundle = shipped()
    changed = None if probe == "none" else replace(bundle.header.probe, sha256="0" * 64)
    path = tmp_path / "other.safetensors"
    save_bundle(path, replace(bundle.header, probe=changed), bundle.tensors)

    assert not findings(tmp_path, path)["probe"].passed


def test_that_missing_weights_fail_by_a_sentence_and_not_by_a_traceback(tmp_path):
    found = findings(tmp_path, tmp_path / "none.safetensors")

    assert "missing" in found["drawn head"].words
    assert not found["weights"].passed
    assert not found["record"].passed
    assert not found["report"].passed
    assert found["decoders"].passed
    assert found["log"].passed


def test_that_the_settings_device_is_checked_and_one_that_is_not_there_told_with_its_remedy(
    tmp_path,
):
    folders = default_folders(tmp_path / "data")
    folders.settings_file.parent.mkdir(parents=True, exist_ok=True)
    folders.settings_file.write_text('{"device": "tpu"}')
    device = findings(tmp_path, tmp_path / "none.safetensors")["device"]

    assert not device.passed
    assert (
        device.words == "There is no device named “tpu”. Set the device to auto, cpu, cuda or mps."
    )


def test_that_what_computes_is_named(tmp_path):
    device = findings(tmp_path, tmp_path / "none.safetensors")["device"]

    assert device.passed
    assert device.words.startswith(("CPU, ONNX Runtime", "GPU", "Apple GPU"))


def test_that_checking_leaves_the_log_without_a_row_and_the_settings_as_they_are(tmp_path):
    folders = default_folders(tmp_path / "data")
    findings(tmp_path, tmp_path / "none.safetensors")

    with closing(MeasurementLog.open(folders.data)) as log:
        assert log.count() == 0
    assert not folders.settings_file.exists()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("import sys; sys.exit('qt.qpa.xcb: could not connect to display')", "could not connect"),
        ("import os; os.abort()", "it says nothing"),
        ("print('no findings')", "it says nothing"),
        ('print(\'[{"name": 1, "passed": 1, "words": 1}]\')', "it says nothing"),
    ],
)
def test_that_a_window_that_ends_its_process_is_a_finding(said, words):
    (found,) = window_findings([sys.executable, "-c", said])

    assert not found.passed
    assert words in found.words


def test_that_what_the_windows_process_found_is_taken_as_it_is():
    said = 'print(\'[{"name": "chart", "passed": false, "words": "empty"}]\')'

    assert window_findings([sys.executable, "-c", said]) == (
        Finding("chart", passed=False, words="empty"),
    )
