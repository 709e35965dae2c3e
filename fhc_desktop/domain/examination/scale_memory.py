"""Scales given by hand that the user wants offered again in the same series; never applied unasked.

The memory lasts as long as the window and is bound to a series, the picture's size and whatever
the file tells of depth and zoom: another zoom is another scale.
"""

from dataclasses import dataclass, replace

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.image.calibration import Calibration, CalibrationSource
from fhc_desktop.domain.image.scale_contradictions import without_note

_OWN_MEASURES = (CalibrationSource.RULER, CalibrationSource.TYPED)


@dataclass(frozen=True, slots=True)
class SeriesKey:
    """What two pictures must share for the scale of one to be offered for the other.

    ``series`` is the series' instance UID, or the folder of a file that names none; ``geometry``
    what the file tells of depth and zoom.
    """

    series: str
    rows: int
    columns: int
    pixel_aspect: float
    geometry: str


@dataclass(frozen=True, slots=True)
class RememberedScale:
    """A scale and the name of the picture that it was measured on."""

    calibration: Calibration
    image_name: str


@dataclass(frozen=True, slots=True)
class ScaleMemory:
    """The remembered scales; one for each series, the last one wins."""

    entries: tuple[tuple[SeriesKey, RememberedScale], ...] = ()

    def with_scale_of(self, exam: Examination) -> "ScaleMemory":
        """Return the memory with the scale in force, where the user measured it on this picture."""
        if not can_be_remembered(exam) or exam.manual_calibration is None:
            return self
        key = series_key(exam)
        kept = tuple(entry for entry in self.entries if entry[0] != key)
        name = exam.image.source.path.name
        return ScaleMemory((*kept, (key, RememberedScale(exam.manual_calibration, name))))

    def offered(self, exam: Examination) -> RememberedScale | None:
        """Return what to offer for a picture that neither file nor user gave a scale.

        Depth marks in the picture that tell another scale tell of another zoom.
        """
        if exam.file_calibration.candidates or exam.has_users_scale:
            return None
        found, marks = self._found(exam), exam.depth_marks
        if found is not None and marks is not None and marks.objections(found.calibration):
            return None
        return found

    def holds_scale_of(self, exam: Examination) -> bool:
        found = self._found(exam)
        return found is not None and found.calibration == exam.manual_calibration

    def _found(self, exam: Examination) -> RememberedScale | None:
        key = series_key(exam)
        return next((scale for known, scale in self.entries if known == key), None)


def series_key(exam: Examination) -> SeriesKey:
    image, study = exam.image, exam.study
    return SeriesKey(
        series=study.series_uid or str(image.source.path.parent),
        rows=image.rows,
        columns=image.columns,
        pixel_aspect=image.pixel_aspect,
        geometry=study.scan_geometry or "",
    )


def can_be_remembered(exam: Examination) -> bool:
    """Return whether the scale in force was measured by the user on this very picture."""
    scale = exam.manual_calibration
    return scale is not None and scale.source in _OWN_MEASURES and not _is_taken_over(scale)


def taken_over(remembered: RememberedScale, *, by: str) -> Calibration:
    """Return a remembered scale for another picture, telling whose it was."""
    scale = remembered.calibration
    measured = without_note(scale.detail)
    own = f"{measured}, " if measured else ""
    return replace(scale, detail=f"{own}{_FROM}{remembered.image_name}", confirmed_by=by)


_FROM = "taken over from "


def _is_taken_over(scale: Calibration) -> bool:
    return _FROM in scale.detail
