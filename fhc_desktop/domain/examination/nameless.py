"""An examination without what says of whom it is: for whatever leaves while nobody may know her."""

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fhc_desktop.domain.dating.gestation import Dating, GestationalAge
from fhc_desktop.domain.examination.examination import Acceptance, Examination
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.image.calibration import (
    Calibration,
    CalibrationCandidate,
    CalibrationSource,
    FileCalibration,
    RegionBox,
)
from fhc_desktop.domain.image.ultrasound_image import Gray, StudyInfo, UltrasoundImage
from fhc_desktop.domain.patient import Patient

_NAME = Path("image")
_OBJECTION = "Something in the file, or beside it, speaks against its scale."


def nameless(exam: Examination) -> Examination:
    """Return the examination with its measurement, and without patient, study, days and operator.

    The age stays, as an age. The picture is black outside the parts that show tissue by its file,
    since scanners write names beside them; where the file tells of none, all of it is. What was
    accepted stays accepted.
    """
    without = replace(
        exam,
        image=_nameless_image(exam.image),
        study=StudyInfo(manufacturer=exam.study.manufacturer, device=exam.study.device),
        file_calibration=_nameless_scales(exam.file_calibration),
        manual_calibration=_nameless_scale(exam.manual_calibration),
        chosen_scale=None if exam.chosen_scale is None else _nameless_candidate(exam.chosen_scale),
        patient=Patient(),
        exam_date=None,
        dating=Dating.from_age(exam.age) if isinstance(exam.age, GestationalAge) else None,
        dating_reason="",
        fetus=Fetus(exam.fetus.label),
        acceptance=None,
        kept=frozenset(),
        answers=frozenset(),
        withheld_age=None,
        caveats=(),
        comment="",
    )
    accepted, facts = exam.acceptance, without.facts
    if accepted is None or facts is None or not exam.is_accepted:
        return without
    word = Acceptance(facts, "", accepted.at, accepted.entry_id, accepted.waits)
    return without.with_acceptance(word)


def _nameless_image(image: UltrasoundImage) -> UltrasoundImage:
    shown = np.zeros(image.gray.shape, np.bool_)
    for box in image.scan_boxes:
        shown[_inside(box)] = True
    source = replace(image.source, path=_NAME.with_suffix(image.source.path.suffix))
    return replace(
        image,
        gray=_blackened(image.gray, shown),
        color=None if image.color is None else _blackened(image.color, shown),
        source=source,
        remarks=(),
    )


def _inside(box: RegionBox) -> tuple[slice, slice]:
    return slice(box.top, box.bottom + 1), slice(box.left, box.right + 1)


def _blackened(pixels: Gray, shown: NDArray[np.bool_]) -> Gray:
    kept = pixels.copy()
    kept[~shown] = 0
    return kept


def _nameless_scales(offered: FileCalibration) -> FileCalibration:
    objection = offered.objection
    if objection is not None and objection.names_file:
        # It still stands, without what a file or folder is called.
        objection = replace(objection, reason=_OBJECTION, names_file=False)
    return FileCalibration(
        tuple(map(_nameless_candidate, offered.candidates)),
        objection,
        tuple(map(_nameless_candidate, offered.alternatives)),
    )


def _nameless_candidate(candidate: CalibrationCandidate) -> CalibrationCandidate:
    scale = _nameless_scale(candidate.calibration)
    return candidate if scale is None else replace(candidate, calibration=scale)


def _nameless_scale(scale: Calibration | None) -> Calibration | None:
    """Return a scale without who confirmed it, and without the name of the table it is from."""
    if scale is None:
        return None
    is_table = scale.source is CalibrationSource.PIXEL_SIZE_TABLE
    return replace(scale, detail="" if is_table else scale.detail, confirmed_by="")
