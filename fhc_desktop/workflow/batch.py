"""Measure in a batch: many files one after the other, without a window."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from fhc_desktop.domain.catalogue import ImageHeader, Unlisted
from fhc_desktop.domain.dating.gestation import NoAge
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.batch_dating import (
    GivenDating,
    NamedStudy,
    Unclear,
    dated_together,
    file_dating,
)
from fhc_desktop.domain.examination.conflicts import keep_entered
from fhc_desktop.domain.examination.exam_day import days_apart
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.file_data import FileItem, checked
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.growth.assessment import GrowthStandard
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST, STANDARDS
from fhc_desktop.domain.image.calibration import Calibration, Uncalibrated, typed_calibration
from fhc_desktop.domain.image.ultrasound_image import StudyInfo
from fhc_desktop.imaging.catalogue import images_in, is_catalogue
from fhc_desktop.imaging.described_file import read_study
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.imaging.unreadable import shown_name
from fhc_desktop.reporting.batch.batch import FailedFile, MeasuredFrame
from fhc_desktop.workflow.examining import examine
from fhc_desktop.workflow.file_reports import FileReports
from fhc_desktop.workflow.proposing import Proposer

_ONE_AT_A_TIME = (
    "Measure each patient by herself, or say whose dating holds: --dating-from options or "
    "--dating-from files."
)


class UnclearDating(FhcError):  # noqa: N818 - named for what the user meets
    """One dating was given for files that it does not fit."""


@dataclass(frozen=True, slots=True)
class MeasureOptions:
    """What the user of the command line adds to the files; None leaves it to them.

    ``mm_per_pixel`` is the width of a pixel; its height follows from the file's pixel aspect.
    ``given`` dates the files; a day after ``today`` in one of them is left out. ``standard`` is
    the one chosen; ``standards`` are all that stand beside each other. ``head`` is which one to
    measure, counted from the left, where a picture shows several; ``comment`` is that of each.
    """

    frame: int | None = None
    head: int | None = None
    mm_per_pixel: float | None = None
    given: GivenDating = GivenDating()
    today: date | None = None
    fetus: Fetus = Fetus()
    standard: GrowthStandard = INTERGROWTH_21ST
    standards: tuple[GrowthStandard, ...] = STANDARDS
    comment: str = ""


def expand(paths: Iterable[Path], readers: Readers) -> Iterator[Path | FailedFile]:
    """Yield files as they are; folders, DICOMDIRs and archives as the images in and below them.

    A Structured Report is passed over. A place that cannot be listed, or has no image in it, is a
    failure among the others, and so is each image in it that is broken, each file that a DICOMDIR
    names and that is not there, each subfolder that may not be read, and each archive inside an
    archive. A file may be gone by the time that its turn comes.
    """
    for path in paths:
        if not is_catalogue(path):
            yield path
            continue
        try:
            yield from _images(path, readers)
        except FhcError as fault:
            yield FailedFile(path, fault.problem, fault.remedy)


def _images(place: Path, readers: Readers) -> Iterator[Path | FailedFile]:
    has_other = False
    for item in images_in(place, sandbox=readers.catalogues):
        if isinstance(item, ImageHeader) and item.is_report:
            continue
        has_other = True
        if isinstance(item, Unlisted):
            yield FailedFile(item.path, item.problem, item.remedy)
        else:
            yield item.path
    if not has_other:
        yield FailedFile(place, _only_reports(place), "Choose the folder with its images.")


def _only_reports(path: Path) -> str:
    return f"There are no images in {shown_name(path)}, only Structured Reports."


def agreed(paths: Iterable[Path], options: MeasureOptions, readers: Readers) -> MeasureOptions:
    """Return the options with the dating that holds for all files, by their headers alone.

    A header that cannot be read says nothing: its file will fail by itself.

    Raises:
        UnclearDating: what was given does not fit the files, and nobody said whose word holds.
    """
    if options.given.dating is None and options.given.exam_date is None:
        return options
    is_wanted = False

    def studies() -> Iterator[NamedStudy]:
        nonlocal is_wanted
        for one in _named_studies(paths, options, readers):
            is_wanted = is_wanted or _wants_day(one.study)
            yield one

    found = dated_together(studies(), options.given)
    if isinstance(found, Unclear):
        raise UnclearDating(" ".join(found.faults), _ONE_AT_A_TIME)
    if found.dating is None and not is_wanted:
        raise UnclearDating(
            "The examination date dates nothing here: no file has an LMP.",
            "Give it with --lmp, --edd or another dating that has a day.",
        )
    return replace(options, given=found)


def measure_file(
    path: Path,
    proposer: Proposer,
    options: MeasureOptions,
    *,
    readers: Readers,
    reports: FileReports | None = None,
) -> MeasuredFrame | FailedFile:
    """Return one row of the command line's result; a file's fault is a row too.

    With ``reports`` its report is written; where that cannot be, the numbers stand and say so.
    """
    try:
        exam = measured(path, proposer, options, readers=readers)
        beside = readers.reports.beside(path, exam.study, afresh=False)
    except FhcError as fault:
        return FailedFile(path, fault.problem, fault.remedy)
    row = MeasuredFrame.of(exam, options.standards, beside)
    if reports is None:
        return row
    local = tuple(standard for standard in options.standards if standard.is_local)
    try:
        return replace(row, report=reports.write(exam, path, StandardChoice(local=local), beside))
    except FhcError as fault:
        return replace(row, report="", warnings=(*row.warnings, str(fault)))


def measured(
    path: Path, proposer: Proposer, options: MeasureOptions, *, readers: Readers
) -> Examination:
    """Open an image, let the model outline it, and add what the user gave.

    Raises:
        FhcError: the image cannot be read, the model cannot be used, the pixel size given is not
            one of an ultrasound image, or it has no such head.
    """
    exam = examine(path, readers, frame=options.frame, today=options.today)
    return measured_as_asked(exam, proposer, options)


def measured_as_asked(
    exam: Examination, proposer: Proposer, options: MeasureOptions
) -> Examination:
    """Let the model outline an image that was opened, and add what the user gave.

    Raises:
        FhcError: the model cannot be used, the pixel size given is not one of an ultrasound image,
            or it has no such head.
    """
    exam = _dated(exam, options.given)
    if options.mm_per_pixel is not None:
        exam = exam.with_manual_calibration(
            _given_calibration(options.mm_per_pixel, exam.image.pixel_aspect)
        )
    exam = exam.with_fetus(options.fetus).with_standard(options.standard)
    exam = replace(exam, comment=options.comment)
    return _with_head(exam.with_proposal(proposer.propose(exam.image)), options.head)


def _with_head(exam: Examination, number: int | None) -> Examination:
    """Return the examination with the outline of the head that was asked for, from the left.

    Raises:
        FhcError: there are not so many.
    """
    heads = () if exam.proposal is None else exam.proposal.heads
    if number is None or (number == 1 and not heads):
        return exam
    if number > len(heads):
        count = len(heads) or (0 if exam.outline_px is None else 1)
        raise FhcError(
            f"There is no head {number} in this picture: the model found {count}.",
            "Leave out --head, or name another one.",
        )
    return exam.with_outline(heads[number - 1].outline_px)


def _dated(exam: Examination, given: GivenDating) -> Examination:
    found = file_dating(exam.study, given)
    caveats, age = found.caveats, found.age
    if found.dating is not None and found.withheld is None and isinstance(age, NoAge):
        caveats = (*caveats, f"No age. {age.reason}")
    dated = replace(
        exam,
        dating=found.dating,
        exam_date=found.exam_date,
        withheld_age=found.withheld,
        caveats=caveats,
    )
    return keep_entered(dated, FileItem.EXAM_DATE) if found.is_settled else dated


def _named_studies(
    paths: Iterable[Path], options: MeasureOptions, readers: Readers
) -> Iterator[NamedStudy]:
    for path in paths:
        with suppress(FhcError):
            study = read_study(path, sandbox=readers.catalogues)
            folder = f"{shown_name(path.parent)}/" if path.parent.name else ""
            yield NamedStudy(f"{folder}{shown_name(path)}", checked(study, today=options.today))


def _wants_day(study: StudyInfo) -> bool:
    return study.last_menstrual_date is not None or days_apart(study) is not None


def _given_calibration(mm_per_pixel: float, pixel_aspect: float) -> Calibration:
    given = typed_calibration(mm_per_pixel, mm_per_pixel * pixel_aspect)
    if isinstance(given, Uncalibrated):
        raise FhcError(given.reason, given.remedy)
    return given
