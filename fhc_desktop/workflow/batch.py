"""Measure in a batch: many files one after the other, without a window."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fhc_desktop.domain.catalogue import Unlisted
from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.growth.assessment import GrowthStandard
from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST, STANDARDS
from fhc_desktop.domain.image.calibration import Calibration, Uncalibrated, typed_calibration
from fhc_desktop.imaging.catalogue import is_catalogue, list_images
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.reporting.batch.batch import FailedFile, MeasuredFrame
from fhc_desktop.workflow.examining import examine
from fhc_desktop.workflow.proposing import Proposer


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


def expand(paths: Iterable[Path], readers: Readers) -> Iterator[Path | FailedFile]:
    """Yield files as they are; folders, DICOMDIRs and archives as the images in and below them.

    A place that cannot be listed, or has no image in it, is a failure among the others, and so is
    each image in it that is broken, each file that a DICOMDIR names and that is not there, each
    subfolder that may not be read, and each archive inside an archive. A file may be gone by the
    time that its turn comes.
    """
    for path in paths:
        if not is_catalogue(path):
            yield path
            continue
        try:
            items = list_images(path, sandbox=readers.catalogues)
        except FhcError as fault:
            yield FailedFile(path, fault.problem, fault.remedy)
            continue
        for item in items:
            if isinstance(item, Unlisted):
                yield FailedFile(item.path, item.problem, item.remedy)
            else:
                yield item.path


def measure_file(
    path: Path, proposer: Proposer, options: MeasureOptions, *, readers: Readers
) -> MeasuredFrame | FailedFile:
    """Return one row of the command line's result; a file's fault is a row too."""
    try:
        return MeasuredFrame.of(
            measured(path, proposer, options, readers=readers), options.standards
        )
    except FhcError as fault:
        return FailedFile(path, fault.problem, fault.remedy)


def measured(
    path: Path, proposer: Proposer, options: MeasureOptions, *, readers: Readers
) -> Examination:
    """Open an image, let the model outline it, and add what the user gave.

    Raises:
        FhcError: the image cannot be read, the model cannot be used, or the pixel size given is
            not one of an ultrasound image.
    """
    exam = examine(path, readers, frame=options.frame)
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


def _given_calibration(mm_per_pixel: float, pixel_aspect: float) -> Calibration:
    given = typed_calibration(mm_per_pixel, mm_per_pixel * pixel_aspect)
    if isinstance(given, Uncalibrated):
        raise FhcError(given.reason, given.remedy)
    return given
