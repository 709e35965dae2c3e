"""Examine: open an image as a new examination."""

from datetime import date
from pathlib import Path

from fhc_desktop.domain.examination.exam_day import exam_day
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.file_data import checked, dating_of, patient_of
from fhc_desktop.domain.growth.assessment import GrowthStandard
from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST
from fhc_desktop.imaging.depth_marks.finder import find_depth_marks
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.imaging.scan_arc import find_scan_arc


def examine(
    path: Path,
    readers: Readers,
    *,
    frame: int | None = None,
    today: date | None = None,
    standard: GrowthStandard = INTERGROWTH_21ST,
) -> Examination:
    """Open an image as a new examination, with what its file says of patient and pregnancy.

    The day is that on which the picture was taken. What cannot be true by it, or by ``today``,
    is left out.
    ``standard`` judges it until somebody takes another.

    Raises:
        UnreadableImage: the file cannot be shown.
    """
    loaded = readers.images.load(path, frame=frame)
    study = checked(loaded.study, today=today)
    return Examination(
        image=loaded.image,
        study=study,
        file_calibration=loaded.calibration,
        depth_marks=find_depth_marks(loaded.image.gray),
        scan_arc=find_scan_arc(loaded.image.gray),
        patient=patient_of(study),
        exam_date=exam_day(study),
        dating=dating_of(study),
        standard=standard,
    )
