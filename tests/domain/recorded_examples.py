"""Examinations as the log keeps them, of heads whose HC is known."""

from datetime import UTC, date, datetime, timedelta
from math import pi

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.image.calibration import Calibration, CalibrationSource
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.patient import Patient
from fhc_desktop.domain.pregnancy.recorded import RecordedExamination

LMP_DAY = date(2026, 1, 10)
LMP = Dating.from_lmp(LMP_DAY)
SCALE = Calibration(0.1, 0.1, CalibrationSource.ULTRASOUND_REGION, "region 1")


def on_day(days, **changes):
    """An examination at an age by the LMP, of a round head with a given ``hc_mm``."""
    hc_mm = changes.pop("hc_mm", 175.0)
    day = LMP_DAY + timedelta(days=days)
    radius_px = hc_mm / (2 * pi) / SCALE.mm_per_column
    facts = {
        "entry_id": f"{days}-{changes.get('fetus', Fetus()).label}-{hc_mm}",
        "accepted_at": datetime(day.year, day.month, day.day, 9, tzinfo=UTC),
        "operator": "Dr A",
        "patient": Patient("4711", "Zoë Müller"),
        "fetus": Fetus(),
        "exam_date": day,
        "dating": LMP,
        "dating_reason": "",
        "outline_px": Ellipse(400.0, 270.0, radius_px, radius_px, 0.0),
        "calibration": SCALE,
        "hc_interval_mm": None,
        "is_edited": False,
        "standard_key": "intergrowth21",
        "z": None,
        "percentile": None,
    }
    return RecordedExamination(**(facts | changes))
