"""An accepted examination as the log keeps it: the raw facts, and what was said of them then."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from fhc_desktop.domain.confidence import Interval
from fhc_desktop.domain.dating.gestation import (
    Dating,
    DatingMethod,
    GestationalAge,
    NoAge,
    gestational_age,
)
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.image.calibration import Calibration
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.measurement import HeadMeasurement, measure_head
from fhc_desktop.domain.patient import Patient


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedExamination:
    """One row of the log, without its image.

    ``z`` and ``percentile`` (0 to 100) are what was said then, on the standard of
    ``standard_key``; None where nothing was. ``hc_interval_mm`` is None where the outline is not
    the model's own. ``is_superseded``: a later row corrects it. ``accepted_at`` is in UTC.
    """

    entry_id: str
    accepted_at: datetime
    operator: str
    patient: Patient
    fetus: Fetus
    exam_date: date | None
    dating: Dating | None
    dating_reason: str
    outline_px: Ellipse
    calibration: Calibration | None
    hc_interval_mm: Interval | None
    is_edited: bool
    standard_key: str
    z: float | None
    percentile: float | None
    is_superseded: bool = False

    @property
    def measurement(self) -> HeadMeasurement | None:
        """The millimetres, computed anew from outline and calibration; None without the latter."""
        if self.calibration is None:
            return None
        return measure_head(self.outline_px, self.calibration)

    @property
    def age_then(self) -> GestationalAge | NoAge:
        """The age on its day by the dating it was accepted with."""
        return gestational_age(self.dating, self.exam_date)


def placed_in_time(dating: Dating | None, exam_date: date | None) -> Dating | None:
    """Return a dating that holds for other days too; None where it has no day to hold from.

    An age typed for an examination was meant for the day of that examination.
    """
    if dating is None or dating.on is not None:
        return dating
    if dating.method is not DatingMethod.TYPED_AGE or exam_date is None:
        return None
    return replace(dating, on=exam_date)
