"""fhc-desktop self-check: does this installation measure as it should?"""

import csv
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.ordinary_file import read_ordinary_file
from fhc_desktop.resources import resource
from fhc_desktop.segmentation.networks.loading import device_words
from fhc_desktop.storage.log.measurement_log import MeasurementLog
from fhc_desktop.storage.preferences.folders import Folders
from fhc_desktop.storage.preferences.settings import load_settings
from fhc_desktop.workflow.batch import MeasureOptions, measured
from fhc_desktop.workflow.proposing import SHIPPED_MODEL, LazySegmenter

DEMO_SCAN = "demo/demo_head.png"
DEMO_TABLE = "demo/pixel_size_and_HC.csv"
DIGESTS = "model/SHA256SUMS"
# How far the shipped model may be from the drawn head's known size.
DEMO_WITHIN = 0.03
# How far, on the processor, from what the bundle measured where it was made: 0.001 mm on the
# demonstration scan. Another set of kernels rounds differently by a hundredth of that.
PROBE_WITHIN = 5e-6


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the self-check."""

    name: str
    passed: bool
    words: str


def run(folders: Folders, readers: Readers) -> int:
    """Print what was checked; return 0 when all of it holds, else 1."""
    findings = self_check(folders, resource(SHIPPED_MODEL), readers)
    for finding in findings:
        print(f"{'ok    ' if finding.passed else 'FAILED'}  {finding.name}: {finding.words}")
    print(f"checked {datetime.now(UTC):%Y-%m-%d %H:%M} UTC")
    return 0 if all(finding.passed for finding in findings) else 1


def self_check(folders: Folders, model: Path, readers: Readers) -> list[Finding]:
    """Check a bundle's digest, a drawn head's size and the bundle's probe; the log; the device."""
    segmenter = LazySegmenter(model)
    checks: tuple[tuple[str, Callable[[], tuple[bool, str]]], ...] = (
        ("weights", lambda: _weights(model)),
        ("drawn head", lambda: _drawn_head(segmenter, readers)),
        ("probe", lambda: _probe(model, readers)),
        ("log", lambda: _log(folders)),
        ("device", lambda: _device(folders)),
    )
    return [_finding(name, check) for name, check in checks]


def known_demo_hc_mm() -> float:
    """Return the size that the demonstration scan was drawn with."""
    with resource(DEMO_TABLE).open(newline="") as table:
        rows = {row["filename"]: row for row in csv.DictReader(table)}
    return float(rows["demo_head.png"]["head circumference (mm)"])


def _finding(name: str, check: Callable[[], tuple[bool, str]]) -> Finding:
    try:
        return Finding(name, *check())
    except (FhcError, OSError) as fault:
        return Finding(name, passed=False, words=str(fault))


def _weights(model: Path) -> tuple[bool, str]:
    digest = hashlib.sha256(read_ordinary_file(model)).hexdigest()
    listed = resource(DIGESTS).read_text(encoding="ascii").split()
    return digest in listed, f"{model.name}, SHA-256 {digest[:12]}"


def _drawn_head(segmenter: LazySegmenter, readers: Readers) -> tuple[bool, str]:
    options = MeasureOptions()
    found = measured(resource(DEMO_SCAN), segmenter, options, readers=readers).measurement
    known = known_demo_hc_mm()
    if found is None:
        return False, "no head could be measured on the demonstration scan"
    is_near = abs(found.hc_mm / known - 1) <= DEMO_WITHIN
    return is_near, f"HC {found.hc_mm:.2f} mm, drawn with {known:.2f} mm"


def _probe(model: Path, readers: Readers) -> tuple[bool, str]:
    """Repeat the measurement that the bundle's header holds, on the processor as it was made."""
    from fhc_desktop.segmentation.bundle import load_bundle  # noqa: PLC0415 - safetensors

    probe = load_bundle(model).header.probe
    if probe is None or probe.hc_px is None:
        return False, "the bundle's header holds no measurement to repeat"
    path = resource(probe.image)
    if hashlib.sha256(path.read_bytes()).hexdigest() != probe.sha256:
        return False, f"{path.name} is not the picture that the bundle was probed with"
    said = measured(path, LazySegmenter(model, "cpu"), MeasureOptions(), readers=readers).proposal
    outline = None if said is None else said.outline_px
    if outline is None:
        return False, f"no head was found on {path.name}"
    hc_px = outline.perimeter
    agrees = abs(hc_px / probe.hc_px - 1) <= PROBE_WITHIN
    return agrees, f"HC {hc_px:.3f} px here, {probe.hc_px:.3f} px where the model was made"


def _log(folders: Folders) -> tuple[bool, str]:
    MeasurementLog.open(folders.data).close()
    return True, "can be opened and written"


def _device(folders: Folders) -> tuple[bool, str]:
    """Say what the settings' device stands for; one that is not there is a fault with a remedy."""
    loaded = load_settings(folders.settings_file)
    notice = "" if loaded.notice is None else f" ({loaded.notice})"
    return True, device_words(loaded.settings.device) + notice
