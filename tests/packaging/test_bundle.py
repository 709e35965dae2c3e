"""What is in the frozen program: the rule on drawn lists, and the bundle where one was built."""

import pytest

from tests.packaging.built import BUNDLE, bundle, needs_a_bundle

FINE = (
    "fhc-desktop",
    "_internal/PySide6/Qt/lib/libQt6Core.so.6",
    "_internal/PySide6/Qt/plugins/platforms/libqxcb.so",
    "_internal/PySide6/Qt/plugins/imageformats/libqsvg.so",
    "_internal/imagecodecs/_jpeg8.abi3.so",
    "_internal/imagecodecs/_shared_cython.abi3.so",
    "_internal/cv2/cv2.abi3.so",
    "_internal/opencv_python_headless.libs/libavcodec-c4204469.so.62.28.101",
    "_internal/PIL/_imaging.cpython-311-x86_64-linux-gnu.so",
)
FINE_MODULES = ("numpy.lib", "reportlab.lib", "unittest.mock", "fhc_desktop.commands.measure")


def test_that_what_the_program_needs_is_no_stray():
    assert bundle.strays(FINE, FINE_MODULES) == []


@pytest.mark.parametrize(
    "name",
    [
        "_internal/numpy/_core/tests/data/recarray.fits",
        "_internal/av/video/codeccontext.so",
        "_internal/libx264-1f2e.so.164",
        "_internal/PySide6/Qt/lib/libQt6Qml.so.6",
        "_internal/PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "_internal/PySide6/plugins/platforms/qminimal.dll",
        "_internal/PIL/_avif.cpython-311-x86_64-linux-gnu.so",
        "_internal/libcairo.so.2",
        "_internal/imagecodecs/_zfp.abi3.so",
        "_internal/pylibjpeg_libjpeg-2.5.0.dist-info/METADATA",
        "_internal/numpy/core/lib/libnpymath.a",
    ],
)
def test_that_a_file_nobody_opens_is_a_stray_with_a_reason(name):
    (stray,) = bundle.strays([name], [])

    assert stray.name == name
    assert stray.why


@pytest.mark.parametrize(
    "name", ["numpy.testing._private", "scipy", "pandas.core", "model_training.train", "onnx"]
)
def test_that_a_module_of_tests_or_training_is_a_stray(name):
    assert [stray.name for stray in bundle.strays([], [name])] == [name]


def test_that_a_library_counts_with_what_its_wheel_brought_beside_it():
    parts = bundle.largest_parts(
        {
            "fhc-desktop": 3_000_000,
            "_internal/numpy/core.so": 4_000_000,
            "_internal/numpy.libs/libopenblas.so": 5_000_000,
        }
    )

    assert parts == [("numpy", 9.0), ("fhc-desktop", 3.0)]


@needs_a_bundle
def test_that_the_bundle_has_no_strays_and_keeps_to_its_limit():
    found = bundle.sizes(BUNDLE)

    assert bundle.strays(found, []) == []
    assert bundle.megabytes(found) <= bundle.LIMIT_MB
