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
from fhc_desktop.domain.examination.examination import Facts
from fhc_desktop.domain.examination.outline_origin import OutlineOrigin
from fhc_desktop.domain.image.measurement import HeadMeasurement, measure_head


@dataclass(frozen=True, slots=True)
class SaidThen:
    """The numbers of an accepted outline as they stood, never computed anew.

    ``hc_mm`` is None where there was no calibration, ``z`` and ``percentile`` (0 to 100, on the
    standard of then) where there was no assessment.
    """

    hc_px: float
    hc_mm: float | None = None
    z: float | None = None
    percentile: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedExamination:
    """One row of the log, without its image and its file.

    ``hc_interval_mm`` is None where the outline is not the model's own. ``is_superseded``: a
    later row corrects it, ``superseded_by``. ``accepted_at`` is in UTC.
    """

    entry_id: str
    accepted_at: datetime
    operator: str
    facts: Facts
    said: SaidThen
    hc_interval_mm: Interval | None
    origin: OutlineOrigin
    is_superseded: bool = False
    superseded_by: str | None = None

    @property
    def measurement(self) -> HeadMeasurement | None:
        """The millimetres, computed anew from outline and calibration; None without the latter."""
        if self.facts.calibration is None:
            return None
        return measure_head(self.facts.outline_px, self.facts.calibration)

    @property
    def age_then(self) -> GestationalAge | NoAge:
        """The age on its day by the dating it was accepted with."""
        return gestational_age(self.facts.dating, self.facts.exam_date)


def placed_in_time(dating: Dating | None, exam_date: date | None) -> Dating | None:
    """Return a dating that holds for other days too; None where it has no day to hold from.

    An age typed for an examination was meant for the day of that examination.
    """
    if dating is None or dating.on is not None:
        return dating
    if dating.method is not DatingMethod.TYPED_AGE or exam_date is None:
        return None
    return replace(dating, on=exam_date)
