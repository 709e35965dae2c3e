"""What growth standards and dating say, as JSON objects; the keys are part of the interface."""

from typing import Any

from fhc_desktop.domain.confidence import Interval
from fhc_desktop.domain.growth.assessment import (
    BeyondPercentiles,
    GrowthAssessment,
    GrowthOutcome,
    NotAssessed,
)
from fhc_desktop.domain.growth.ultrasound_age import UltrasoundAge


def age_object(outcome: UltrasoundAge | NotAssessed) -> dict[str, Any]:
    """Return the age in days and, where its source gives one, its spread; or the reason."""
    if isinstance(outcome, NotAssessed):
        return {"reason": outcome.reason}
    spread = {} if outcome.two_sd_days is None else {"two_sd_days": outcome.two_sd_days}
    return {"days": outcome.days, **spread}


def growth_object(outcome: GrowthOutcome) -> dict[str, Any]:
    """Return z and percentile, 0 to 100; beyond a chart's percentiles neither, and the side."""
    match outcome:
        case GrowthAssessment(z=z, percentile=percentile):
            return {"z": z, "percentile": percentile}
        case BeyondPercentiles(words=words):
            return {"z": None, "percentile": None, "reason": words}
        case NotAssessed(reason=reason):
            return {"reason": reason}


def interval_list(interval: Interval | None) -> list[float] | None:
    return None if interval is None else [interval.low, interval.high]
