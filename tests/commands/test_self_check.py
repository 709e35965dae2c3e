from dataclasses import replace

import pytest

from fhc_desktop.commands.self_check import self_check
from fhc_desktop.resources import resource
from fhc_desktop.segmentation.bundle import load_bundle, save_bundle
from fhc_desktop.storage.preferences.folders import default_folders
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
    assert {"weights", "drawn head", "probe", "log", "device"} == found.keys()


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
