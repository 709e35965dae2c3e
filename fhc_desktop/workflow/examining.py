"""Examine: open an image as a new examination."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from fhc_desktop.domain.examination.exam_day import exam_day
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.file_data import checked, dating_of, patient_of
from fhc_desktop.domain.growth.assessment import GrowthStandard
from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST
from fhc_desktop.imaging.depth_marks.finder import find_depth_marks
from fhc_desktop.imaging.loader import LoadedImage
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.imaging.scan_arc import find_scan_arc
from fhc_desktop.imaging.unreadable import IsWanted, always


def examine(
    path: Path,
    readers: Readers,
    *,
    frame: int | None = None,
    today: date | None = None,
    standard: GrowthStandard = INTERGROWTH_21ST,
    is_wanted: IsWanted = always,
) -> Examination:
    """Open an image as a new examination, with what its file says of patient and pregnancy.

    The day is that on which the picture was taken. What cannot be true by it, or by ``today``,
    is left out.
    ``standard`` judges it until somebody takes another.

    Raises:
        UnreadableImage: the file cannot be shown, or is not wanted any more.
    """
    loaded = readers.images.load(path, frame=frame, is_wanted=is_wanted)
    return with_own_scale(by_file_alone(loaded, today=today, standard=standard))


def with_own_scale(exam: Examination) -> Examination:
    """Return an examination with what its picture itself shows of its scale and shape."""
    gray = exam.image.gray
    return replace(exam, depth_marks=find_depth_marks(gray), scan_arc=find_scan_arc(gray))


def by_file_alone(
    loaded: LoadedImage, *, today: date | None, standard: GrowthStandard
) -> Examination:
    """Return an image that was read as an examination, without what its picture shows of scale.

    To look for that takes longer than to find the head, and no millimetre rests on it.
    """
    study = checked(loaded.study, today=today)
    return Examination(
        image=loaded.image,
        study=study,
        file_calibration=loaded.calibration,
        patient=patient_of(study),
        exam_date=exam_day(study),
        dating=dating_of(study),
        standard=standard,
    )
