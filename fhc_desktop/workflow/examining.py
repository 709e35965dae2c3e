"""The verbs of an examination, for the window and the command line alike."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from pathlib import Path
from threading import Lock
from typing import Protocol

from fhc_desktop.domain.catalogue import Catalogue, Unlisted
from fhc_desktop.domain.dating.dating_record import DatingRecord
from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.conflicts import conflicts
from fhc_desktop.domain.examination.examination import (
    Acceptance,
    Examination,
    ModelIdentity,
    Proposal,
)
from fhc_desktop.domain.examination.file_data import checked, dating_of, patient_of
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.growth.assessment import GrowthStandard
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST, STANDARDS
from fhc_desktop.domain.image.calibration import (
    Calibration,
    RegionBox,
    Uncalibrated,
    typed_calibration,
)
from fhc_desktop.domain.image.ultrasound_image import Gray, UltrasoundImage
from fhc_desktop.domain.pregnancy.pregnancy import (
    Pregnancy,
    changes_dating,
    pregnancies,
    pregnancy_of,
)
from fhc_desktop.imaging.catalogue import is_catalogue, read_catalogue
from fhc_desktop.imaging.deidentification import Deidentification
from fhc_desktop.imaging.depth_marks.finder import find_depth_marks
from fhc_desktop.imaging.files.file_kind import DICOM_DIRECTORY
from fhc_desktop.imaging.loader import list_images, load_image
from fhc_desktop.imaging.sandbox.sandbox import Sandbox, shared_sandbox
from fhc_desktop.imaging.thumbnail import read_thumbnail
from fhc_desktop.reporting.batch.batch import FailedFile, MeasuredFrame
from fhc_desktop.reporting.content.report_content import ReportContent
from fhc_desktop.reporting.pdf.report import write_pdf
from fhc_desktop.reporting.saving import save_bytes
from fhc_desktop.resources import resource
from fhc_desktop.segmentation.bundle import load_bundle
from fhc_desktop.segmentation.networks.loading import load_networks
from fhc_desktop.segmentation.segmenter import Segmenter
from fhc_desktop.storage.log.measurement_log import LogEntry, MeasurementLog

__all__ = ["is_catalogue"]  # for those above, who do not see the imaging

SHIPPED_MODEL = "model/head_unet.safetensors"
_USUAL_CHOICE = StandardChoice()


# Of its own: a thumbnail that takes its time must not keep the image waiting that is opened.
_browsing_sandbox = Sandbox()


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
                self._segmenter = Segmenter(bundle, load_networks(bundle, self._device))
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
    fetus: Fetus = Fetus()
    standard: GrowthStandard = INTERGROWTH_21ST
    standards: tuple[GrowthStandard, ...] = STANDARDS


class UnansweredPregnancy(FhcError):  # noqa: N818 - named for what the user meets
    """The log knows this pregnancy, and the entries leave open how this image fits into it."""


class UnansweredConflict(FhcError):  # noqa: N818 - named for what the user meets
    """The file names another patient than the entries do, and nobody has said who it is."""


def examine(
    path: Path,
    *,
    frame: int | None = None,
    today: date | None = None,
    standard: GrowthStandard = INTERGROWTH_21ST,
) -> Examination:
    """Open an image as a new examination, with what its file says of patient and pregnancy.

    What cannot be true by the study's day, or ``today`` where it has none, is left out.
    ``standard`` judges it until somebody takes another.

    Raises:
        UnreadableImage: the file cannot be shown.
    """
    loaded = load_image(path, frame=frame)
    study = checked(loaded.study, today=today)
    return Examination(
        image=loaded.image,
        study=study,
        file_calibration=loaded.calibration,
        depth_marks=find_depth_marks(loaded.image.gray),
        patient=patient_of(study),
        exam_date=study.study_date,
        dating=dating_of(study),
        standard=standard,
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
        UnansweredConflict: name or identifier differ from the file's and nobody has decided.
        UnansweredPregnancy: the dating differs from the one in force and no reason is given, or
            the pregnancy has several fetuses and none is named.
        LogUnavailable: the row could not be written; nothing has been accepted.
        ValueError: there is no outline; or there is a log, and ``now`` is not in UTC.
    """
    vouched = exam.facts
    if vouched is None:
        raise ValueError("only an outline can be accepted")
    if any(conflict.is_of_identity for conflict in conflicts(exam)):
        raise UnansweredConflict(
            "Not accepted: the file names another patient than was entered.",
            "Answer the question under “Patient and dating”.",
        )
    entry_id = None
    if log is not None:
        _refuse_open_questions(exam, pregnancy_of(exam, pregnancies_of(exam, log)))
        entry = LogEntry.of(exam, operator=operator, now=now, supersedes=supersedes)
        log.append(entry)
        entry_id = entry.entry_id
    return exam.with_acceptance(Acceptance(vouched, operator, now, entry_id))


def pregnancies_of(exam: Examination, log: MeasurementLog | None) -> tuple[Pregnancy, ...]:
    """Return what the log knows of the pregnancies of the patient on the screen.

    None without an identifier: a name alone joins nothing.

    Raises:
        LogUnavailable: the log cannot be read.
    """
    if log is None:
        return ()
    return pregnancies(entry.recorded for entry in log.entries_of(exam.patient.identifier))


def _refuse_open_questions(exam: Examination, pregnancy: Pregnancy | None) -> None:
    if changes_dating(exam, pregnancy) and not exam.dating_reason.strip():
        raise UnansweredPregnancy(
            "Not accepted: this dating differs from the one in force for this pregnancy.",
            "Give the reason under “Patient and dating”, or take the dating in force.",
        )
    if pregnancy is not None and pregnancy.is_multiple and not exam.fetus.label:
        raise UnansweredPregnancy(
            "Not accepted: this pregnancy has more than one fetus.",
            "Say under “Patient and dating” which one this is.",
        )


def export_pdf(
    exam: Examination,
    target: Path,
    *,
    now: datetime,
    choice: StandardChoice = _USUAL_CHOICE,
    record: DatingRecord | None = None,
) -> Path:
    """Write the report; one that nobody accepted is marked as a draft.

    ``choice`` says which standards stand beside the one in force, ``record`` how the dating of the
    pregnancy came about, where the log knows it.

    Raises:
        ReportNotWritten: the file could not be written; no part of it is left.
    """
    write_pdf(ReportContent.of(exam, now, choice, record), target)
    return target


def export_deidentified(
    path: Path,
    folder: Path,
    export: Deidentification,
    *,
    blanked: Sequence[RegionBox] | None = None,
    looked_at: str | None = None,
) -> Path:
    """Write a file's de-identified copy under its patient's pseudonym, beside those that are there.

    ``blanked`` is painted black in every frame; None leaves it to what the file says of its scan.
    ``looked_at`` is the SHA-256 of the file whose every picture, so blanked, a human has seen.

    Raises:
        UnreadableImage: whatever is wrong with the file.
        ReportNotWritten: the copy could not be written; no part of it is left.
    """
    made = export.copy(path, blanked=blanked, looked_at=looked_at)
    names = (folder / f"{made.pseudonym}-{number:03d}{made.suffix}" for number in count(1))
    target = next(name for name in names if not name.exists())
    save_bytes(made.content, target)
    return target


def browse(path: Path, *, go_on: Callable[[], bool]) -> Catalogue:
    """List the images of a folder, a DICOMDIR or a ZIP archive; end early where ``go_on`` says no.

    Raises:
        UnreadableImage: the place cannot be read, or there is nothing in it.
    """
    return read_catalogue(path, sandbox=_browsing_sandbox, go_on=go_on)


def thumbnail(path: Path, *, width_px: int, height_px: int) -> Gray:
    """Return an image's first frame in RGB, no larger than this.

    Raises:
        UnreadableImage: the file cannot be shown.
    """
    return read_thumbnail(path, width_px=width_px, height_px=height_px, sandbox=_browsing_sandbox)


def expand(paths: Iterable[Path]) -> Iterator[Path | FailedFile]:
    """Yield files as they are; folders, DICOMDIRs and archives as the images in and below them.

    A place that cannot be listed, or has no image in it, is a failure among the others, and so is
    each file that a DICOMDIR names and that is not there, each subfolder that may not be read, and
    each archive inside an archive. A file may be gone by the time that its turn comes.
    """
    for path in paths:
        try:
            if is_folder(path) and not is_catalogue(path / DICOM_DIRECTORY):
                yield from _items(*list_images(path))
            elif is_catalogue(path):
                catalogue = read_catalogue(path, sandbox=shared_sandbox)
                yield from _items([image.path for image in catalogue.images], catalogue.unlisted)
            else:
                yield path
        except FhcError as fault:
            yield FailedFile(path, fault.problem, fault.remedy)


def _items(images: list[Path], unlisted: Iterable[Unlisted]) -> Iterator[Path | FailedFile]:
    yield from images
    for file in unlisted:
        yield FailedFile(file.path, file.problem, file.remedy)


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
    if options.dating is not None:
        exam = exam.with_dating(options.dating)
    exam = exam.with_fetus(options.fetus).with_standard(options.standard)
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
