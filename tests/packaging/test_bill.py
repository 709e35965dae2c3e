"""The bill of materials names each native library, and fails where one is unknown."""

import json
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from tests.packaging.built import bill

VERSIONS = {"PySide6_Essentials": "6.11.3", "numpy": "2.4.6"}
NOW = datetime(2026, 5, 1, 8, 30, tzinfo=UTC)
PARTS = [{"name": "numpy", "version": "2.4.6", "licence": "BSD-3-Clause", "text": "…"}]


@pytest.fixture
def folder(tmp_path):
    for name in ("_internal/libz.so.1", "_internal/resources/model/head_unet.safetensors"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    return tmp_path


def test_that_a_library_is_named_with_the_version_that_its_file_or_its_wheel_says():
    found = bill.native_libraries(
        [
            "_internal/opencv_python_headless.libs/libcrypto-5409cd36.so.1.1.1k",
            "_internal/PySide6/Qt/lib/libQt6Core.so.6",
            "_internal/numpy/_core/_multiarray_umath.cpython-311-x86_64-linux-gnu.so",
            "_internal/resources/demo/demo_head.png",
        ],
        VERSIONS,
    )

    assert [(one.name, one.version, one.licence) for one in found] == [
        ("NumPy", "2.4.6", "BSD-3-Clause"),
        ("OpenSSL 1.1.1", "1.1.1k", "OpenSSL"),
        ("Qt", "6.11.3", "LGPL-3.0-only"),
    ]


@pytest.mark.parametrize("name", ["_internal/libmystery.so.7", "_internal/mystery.dll"])
def test_that_machine_code_of_which_nobody_said_what_it_is_fails_by_its_name(name):
    with pytest.raises(bill.UnknownNative, match="mystery"):
        bill.native_libraries([name], VERSIONS)


def test_that_weights_and_native_files_bear_their_digests(folder):
    said = json.loads(bill.bill(folder, PARTS, "1.2.3", NOW))

    parts = {part["name"]: part for part in said["components"]}
    assert said["metadata"]["component"]["version"] == "1.2.3"
    assert parts["numpy"]["purl"] == "pkg:pypi/numpy@2.4.6"
    (weights,) = parts["head-unet weights"]["hashes"]
    name = "_internal/resources/model/head_unet.safetensors"
    assert weights["content"] == sha256(name.encode()).hexdigest()
    (file,) = parts["zlib"]["components"]
    assert file["name"] == "_internal/libz.so.1"


def test_that_the_same_bundle_gives_the_same_bytes(folder):
    made = [bill.bill(folder, PARTS, "1.2.3", NOW) for _ in range(2)]

    assert made[0] == made[1]
