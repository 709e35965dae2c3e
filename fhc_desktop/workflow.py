"""The verbs of an examination, for the window and the command line alike."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from typing import Protocol

from fhc_desktop.domain.calibration import Calibration, Uncalibrated, typed_calibration
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination import (
    Acceptance,
    Examination,
    ModelIdentity,
    Proposal,
    facts,
)
from fhc_desktop.domain.gestation import Dating
from fhc_desktop.domain.growth import GrowthStandard
from fhc_desktop.domain.image import UltrasoundImage
from fhc_desktop.domain.patient import Patient
from fhc_desktop.domain.standards import INTERGROWTH_21ST, STANDARDS
from fhc_desktop.imaging.loader import list_images, load_image
from fhc_desktop.reporting.batch import FailedFile, MeasuredFrame
from fhc_desktop.reporting.content import ReportContent
from fhc_desktop.reporting.pdf import write_pdf
from fhc_desktop.resources import resource
from fhc_desktop.segmentation.bundle import load_bundle
from fhc_desktop.segmentation.preload import preload_torch_libraries
from fhc_desktop.storage.measurement_log import LogEntry, MeasurementLog

SHIPPED_MODEL = "model/head_unet.safetensors"


class Proposer(Protocol):
    """Whoever says where a head lies."""

    def propose(self, image: UltrasoundImage) -> Proposal: ...


class LazySegmenter:
    """The shipped network, or another bundle's; torch and the weights are loaded at first use.

    ``device`` is "auto", "cpu", "cuda" or "mps".
    """

    def __init__(self, model: Path | None = None, device: str = "auto") -> None:
        self._model = model or resource(SHIPPED_MODEL)
        self._device = device
        self._segmenter: Proposer | None = None
        self._identity: ModelIdentity | None = None
        self._loading = Lock()

    @property
    def identity(self) -> ModelIdentity | None:
        """Which weights these are; None until they have been loaded."""
        return self._identity

    def propose(self, image: UltrasoundImage) -> Proposal:
        """Return the model's word on an image.

        Raises:
            UnusableModel: the bundle is missing, altered or of an unknown version.
        """
        return self.load().propose(image)

    def load(self) -> Proposer:
        """Return the loaded network; the second call and later ones return at once.

        Raises:
            UnusableModel: the bundle is missing, altered or of an unknown version.
        """
        with self._loading:
            if self._segmenter is None:
                bundle = load_bundle(self._model)
                preload_torch_libraries()
                from fhc_desktop.segmentation.segmenter import Segmenter  # noqa: PLC0415 - torch

                self._segmenter = Segmenter(bundle, self._device)
                self._identity = bundle.identity
            return self._segmenter


@dataclass(frozen=True, slots=True)
class MeasureOptions:
    """What the user of the command line adds to the files; None leaves it to them.

    ``mm_per_pixel`` is the width of a pixel; its height follows from the file's pixel aspect.
    ``standard`` is the one chosen; ``standards`` are all that stand beside each other.
    """

    frame: int | None = None
    mm_per_pixel: float | None = None
    dating: Dating | None = None
    exam_date: date | None = None
    standard: GrowthStandard = INTERGROWTH_21ST
    standards: tuple[GrowthStandard, ...] = STANDARDS


def examine(path: Path, *, frame: int | None = None) -> Examination:
    """Open an image as a new examination, with what its file says about patient and date.

    Raises:
        UnreadableImage: the file cannot be shown.
    """
    loaded = load_image(path, frame=frame)
    study = loaded.study
    return Examination(
        image=loaded.image,
        study=study,
        file_calibration=loaded.calibration,
        patient=Patient(study.patient_id or "", study.patient_name or ""),
        exam_date=study.study_date,
    )


def accept(
    exam: Examination,
    *,
    operator: str,
    now: datetime,
    log: MeasurementLog | None,
    supersedes: str | None,
) -> Examination:
    """Vouch for what is on the screen: one row in the log, then the acceptance.

    ``now`` is in UTC. ``supersedes`` is the identity of the row that this one corrects. Without
    a log the acceptance stands, with no row to its name.

    Raises:
        EntryRefused: the row to correct is not in the log or has been corrected already; nothing
            has been accepted.
        LogUnavailable: the row could not be written; nothing has been accepted.
        ValueError: there is no outline; or there is a log, and ``now`` is not in UTC.
    """
    vouched = facts(exam)
    if vouched is None:
        raise ValueError("only an outline can be accepted")
    entry_id = None
    if log is not None:
        entry = LogEntry.of(exam, operator=operator, now=now, supersedes=supersedes)
        log.append(entry)
        entry_id = entry.entry_id
    return exam.with_acceptance(Acceptance(vouched, operator, now, entry_id))


def export_pdf(exam: Examination, target: Path, *, now: datetime) -> Path:
    """Write the report; one that nobody accepted is marked as a draft.

    Raises:
        ReportNotWritten: the file could not be written; no part of it is left.
    """
    write_pdf(ReportContent.of(exam, now), target)
    return target


def expand(paths: Iterable[Path]) -> Iterator[Path | FailedFile]:
    """Yield files as they are and folders as the images in them, in the order of their names.

    A folder that cannot be listed, or has no image in it, is a failure among the others. Nothing
    is opened here: a file may be gone by the time that its turn comes.
    """
    for path in paths:
        if not is_folder(path):
            yield path
            continue
        try:
            yield from list_images(path)
        except FhcError as fault:
            yield FailedFile(path, fault.problem, fault.remedy)


def is_folder(path: Path) -> bool:
    """Return whether a folder has this path; a path that cannot be looked up is none."""
    # Path.is_dir raises where a name is too long or a folder on the way is closed to us.
    return os.path.isdir(path)  # noqa: PTH112


def measured(path: Path, proposer: Proposer, options: MeasureOptions) -> Examination:
    """Open an image, let the model outline it, and add what the user gave.

    Raises:
        FhcError: the image cannot be read, the model cannot be used, or the pixel size given is
            not one of an ultrasound image.
    """
    exam = examine(path, frame=options.frame)
    if options.mm_per_pixel is not None:
        exam = exam.with_manual_calibration(
            _given_calibration(options.mm_per_pixel, exam.image.pixel_aspect)
        )
    if options.exam_date is not None:
        exam = exam.with_exam_date(options.exam_date)
    exam = exam.with_dating(options.dating).with_standard(options.standard)
    return exam.with_proposal(proposer.propose(exam.image))


def measure_file(
    path: Path, proposer: Proposer, options: MeasureOptions
) -> MeasuredFrame | FailedFile:
    """Return one row of the command line's result; a file's fault is a row too."""
    try:
        return MeasuredFrame.of(measured(path, proposer, options), options.standards)
    except FhcError as fault:
        return FailedFile(path, fault.problem, fault.remedy)


def _given_calibration(mm_per_pixel: float, pixel_aspect: float) -> Calibration:
    given = typed_calibration(mm_per_pixel, mm_per_pixel * pixel_aspect)
    if isinstance(given, Uncalibrated):
        raise FhcError(given.reason, given.remedy)
    return given
