"""Both runtimes on real scans: the same maps, and the same millimetres."""

from typing import NamedTuple

import numpy as np
import pytest

from fhc_desktop.resources import resource
from fhc_desktop.segmentation.bundle import load_bundle
from fhc_desktop.segmentation.networks.onnx.runtime import OnnxNetworks
from fhc_desktop.segmentation.segmenter import Segmenter
from fhc_desktop.workflow.proposing import SHIPPED_MODEL
from tests.reading import load_image

MAPS_WITHIN, HC_WITHIN_MM = 1e-4, 0.01


class Compared:
    """Networks that answer as the first do, and keep how far the second were from them."""

    device, notices = "CPU", ()

    def __init__(self, first, second):
        self._first, self._second = first, second
        self.differences = []

    def seen(self, look, member, frames):
        found = self._first.seen(look, member, frames)
        other = self._second.seen(look, member, frames)
        self.differences.append(float(np.abs(found.maps - other.maps).max()))
        return found


class Disagreement(NamedTuple):
    """How far two runtimes are apart at most: in a probability, and in millimetres of HC."""

    maps: float
    hc_mm: float


def disagreement(paths):
    torch_runtime = pytest.importorskip(
        "fhc_desktop.segmentation.networks.pytorch.runtime", reason="needs torch"
    )
    bundle = load_bundle(resource(SHIPPED_MODEL))
    by_torch = torch_runtime.TorchNetworks(bundle, "cpu")
    compared = Compared(OnnxNetworks(bundle), by_torch)
    differences_mm = []
    for path in paths:
        loaded = load_image(path)
        mm = loaded.calibration.candidates[0].calibration.mm_per_column
        said = [Segmenter(bundle, one).propose(loaded.image) for one in (compared, by_torch)]
        found, expected = (one.outline_px.perimeter * mm for one in said)
        differences_mm.append(abs(found - expected))
    return Disagreement(max(compared.differences), max(differences_mm))


@pytest.mark.model
def test_that_the_demonstration_scan_has_the_same_maps_and_the_same_hc_by_both_runtimes():
    found = disagreement([resource("demo/demo_head.png")])

    assert found.maps < MAPS_WITHIN
    assert found.hc_mm < HC_WITHIN_MM


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.timeout(1800)
def test_that_every_tenth_scan_has_the_same_maps_and_the_same_hc_by_both_runtimes(shared):
    scans = sorted((shared / "hc18/training_set").glob("*HC.png"))[::10]
    found = disagreement(scans)

    assert len(scans) > 70
    assert found.maps < MAPS_WITHIN
    assert found.hc_mm < HC_WITHIN_MM
