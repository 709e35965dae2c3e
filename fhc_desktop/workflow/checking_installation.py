"""Check an installation: does it measure, read, log, report and show as it should?"""

import csv
import hashlib
import json
import platform
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from fhc_desktop import __version__
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.growth.standards import STANDARDS
from fhc_desktop.imaging.dicom.transfer_syntaxes import DECODINGS
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.ordinary_file import read_ordinary_file
from fhc_desktop.own_process import WINDOW_FLAG, own_command
from fhc_desktop.reporting.content.installation import Finding, Installation, findings_of
from fhc_desktop.reporting.content.report_form import ReportForm
from fhc_desktop.reporting.proof.verdict import Signers
from fhc_desktop.resources import resource
from fhc_desktop.segmentation.networks.loading import device_words
from fhc_desktop.storage.log.measurement_log import MeasurementLog
from fhc_desktop.storage.log.open_log import verify_log
from fhc_desktop.storage.log.opening import LOG
from fhc_desktop.storage.preferences.folders import Folders
from fhc_desktop.storage.preferences.settings import load_settings
from fhc_desktop.storage.signing_key import known_signer
from fhc_desktop.workflow.accepting import accept
from fhc_desktop.workflow.batch import MeasureOptions, measured
from fhc_desktop.workflow.decoder_check import undecoded
from fhc_desktop.workflow.exporting import export_signed
from fhc_desktop.workflow.filing import file_report
from fhc_desktop.workflow.proposing import SHIPPED_MODEL, LazySegmenter
from fhc_desktop.workflow.verifying import verify_report

DEMO_SCAN = "demo/demo_head.png"
DEMO_DICOM = "demo/demo_head.dcm"
DEMO_TABLE = "demo/pixel_size_and_HC.csv"
DIGESTS = "model/SHA256SUMS"
# How far the shipped model may be from the drawn head's known size.
DEMO_WITHIN = 0.03
# How far, on the processor, from what the bundle measured where it was made: 0.001 mm on the
# demonstration scan. Another set of kernels rounds differently by a hundredth of that.
PROBE_WITHIN = 5e-6
_PLAIN_SQLITE = b"SQLite format 3\0"
_OPERATOR = "check of the installation"
_SECONDS_FOR_A_WINDOW = 180.0
_LONGEST_WORDS = 200

_Seen = tuple[bool, str]


def checked_installation(
    folders: Folders, readers: Readers, now: datetime, model: Path | None = None
) -> Installation:
    """Return what was found about this installation; ``now`` is in UTC.

    The log of the data folder is only opened. What is written to try it is written to a folder of
    its own, which is removed. ``model`` is another bundle than the one that is shipped.
    """
    own = self_check(folders, model or resource(SHIPPED_MODEL), readers)
    machine = f"{platform.system()} {platform.release()}, {platform.machine()}"
    findings = (*own, *window_findings())
    return Installation(findings, f"FHC Desktop {__version__}", machine, now)


def self_check(folders: Folders, model: Path, readers: Readers) -> list[Finding]:
    """Return a finding for each check that needs no window, the ones that others rest on first."""
    segmenter = LazySegmenter(model)

    @cache
    def drawn_head() -> Examination:
        return measured(resource(DEMO_SCAN), segmenter, MeasureOptions(), readers=readers)

    checks: tuple[tuple[str, Callable[[], _Seen]], ...] = (
        ("weights", lambda: _weights(model)),
        ("drawn head", lambda: _drawn_head(drawn_head())),
        ("probe", lambda: _probe(model, readers)),
        ("decoders", lambda: _decoders(readers)),
        ("log", lambda: _log(folders)),
        ("record", lambda: _record(drawn_head())),
        ("report", lambda: _report(drawn_head(), readers)),
        ("forms", lambda: _forms(segmenter, readers)),
        ("device", lambda: _device(folders)),
    )
    return [_finding(name, check) for name, check in checks]


def window_findings(command: list[str] | None = None) -> tuple[Finding, ...]:
    """Return what another process finds out about Qt, fonts, window and chart.

    Qt ends a program that it cannot serve, and that must not be this one. ``command`` starts that
    process; None is this program's own.
    """
    command = command or own_command(WINDOW_FLAG, "fhc_desktop.gui.window_check")
    try:
        done = subprocess.run(  # noqa: S603 - it is this program
            command, capture_output=True, check=False, timeout=_SECONDS_FOR_A_WINDOW
        )
        return findings_of(json.loads(done.stdout))
    except subprocess.TimeoutExpired:
        return (Finding("window", passed=False, words="it did not come up in three minutes"),)
    except (OSError, ValueError, TypeError):
        said = done.stderr.decode(errors="replace").splitlines()
        why = next((line for line in said if line.strip()), "it says nothing")
        words = f"it cannot be shown: {why.strip()[:_LONGEST_WORDS]}"
        return (Finding("window", passed=False, words=words),)


def known_demo_hc_mm() -> float:
    """Return the size that the demonstration scan was drawn with."""
    with resource(DEMO_TABLE).open(newline="") as table:
        rows = {row["filename"]: row for row in csv.DictReader(table)}
    return float(rows["demo_head.png"]["head circumference (mm)"])


def _finding(name: str, check: Callable[[], _Seen]) -> Finding:
    try:
        return Finding(name, *check())
    except (FhcError, OSError) as fault:
        return Finding(name, passed=False, words=str(fault))


def _weights(model: Path) -> _Seen:
    digest = hashlib.sha256(read_ordinary_file(model)).hexdigest()
    listed = resource(DIGESTS).read_text(encoding="ascii").split()
    return digest in listed, f"{model.name}, SHA-256 {digest[:12]}"


def _drawn_head(exam: Examination) -> _Seen:
    found = exam.measurement
    known = known_demo_hc_mm()
    if found is None:
        return False, "no head could be measured on the demonstration scan"
    is_near = abs(found.hc_mm / known - 1) <= DEMO_WITHIN
    return is_near, f"HC {found.hc_mm:.2f} mm, drawn with {known:.2f} mm"


def _probe(model: Path, readers: Readers) -> _Seen:
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


def _decoders(readers: Readers) -> _Seen:
    """Read a drawn picture in each encoding that the program says it reads."""
    faults = undecoded(resource("check"), readers)
    if faults:
        return (
            False,
            f"{len(faults)} of {len(DECODINGS)} encodings are not read: {'; '.join(faults)}",
        )
    return True, f"all {len(DECODINGS)} encodings of DICOM pixels are read"


def _log(folders: Folders) -> _Seen:
    MeasurementLog.open(folders.data).close()
    return True, "can be opened and written"


def _record(exam: Examination) -> _Seen:
    """Record an acceptance in a log of its own, and see that it is encrypted and holds."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        log = MeasurementLog.open(folder)
        try:
            accept(exam, operator=_OPERATOR, now=datetime.now(UTC), log=log, supersedes=None)
        finally:
            log.close()
        head = (folder / LOG.folder / LOG.database).read_bytes()[: len(_PLAIN_SQLITE)]
        rows = verify_log(folder).count
    if head == _PLAIN_SQLITE:
        return False, "the log is written without being encrypted"
    return rows == 1, f"{rows} acceptance recorded, encrypted, and verified"


def _report(exam: Examination, readers: Readers) -> _Seen:
    """Write a signed report of what nobody accepted, and make each of its numbers anew."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        target = folder / "report.pdf"
        written = export_signed(exam, target, folder, now=datetime.now(UTC))
        signers = Signers(known_signer(folder))
        said = verify_report(target, resource(DEMO_SCAN), readers, known=STANDARDS, signers=signers)
    return written.is_signed and said.is_good, " ".join((said.headline, *said.faults))


def _forms(segmenter: LazySegmenter, readers: Readers) -> _Seen:
    """Write the report in every form, and read the structured one as any reader would."""
    exam = measured(resource(DEMO_DICOM), segmenter, MeasureOptions(), readers=readers)
    with TemporaryDirectory() as name:
        folder = Path(name)
        targets = {form: folder / f"{form}.{form.suffix}" for form in ReportForm}
        file_report(exam, targets, folder, now=datetime.now(UTC))
        told = readers.reports.read(targets[ReportForm.STRUCTURED_REPORT])
        sizes = [path.stat().st_size for path in targets.values()]
    is_read = bool(told.measurements) and all(sizes)
    return is_read, f"{len(sizes)} forms of a report are written, the structured one is read"


def _device(folders: Folders) -> _Seen:
    """Say what the settings' device stands for; one that is not there is a fault with a remedy."""
    loaded = load_settings(folders.settings_file)
    notice = "" if loaded.notice is None else f" ({loaded.notice})"
    return True, device_words(loaded.settings.device) + notice
