"""Examinations as the log keeps them, of heads whose HC is known."""

from datetime import UTC, date, datetime, timedelta
from math import pi

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.examination.examination import Facts
from fhc_desktop.domain.examination.outline_origin import OutlineOrigin
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.image.calibration import Calibration, CalibrationSource
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.patient import Patient
from fhc_desktop.domain.pregnancy.recorded import RecordedExamination, SaidThen

LMP_DAY = date(2026, 1, 10)
LMP = Dating.from_lmp(LMP_DAY)
SCALE = Calibration(0.1, 0.1, CalibrationSource.ULTRASOUND_REGION, "region 1")


def on_day(days, **changes):
    """An examination at an age by the LMP, of a round head with a given ``hc_mm``."""
    hc_mm = changes.pop("hc_mm", 175.0)
    day = LMP_DAY + timedelta(days=days)
    radius_px = hc_mm / (2 * pi) / SCALE.mm_per_column
    fetus = changes.get("fetus", Fetus())
    vouched = {
        "patient": Patient("4711", "Zoë Müller"),
        "fetus": Fetus(),
        "exam_date": day,
        "dating": LMP,
        "dating_reason": "",
        "outline_px": Ellipse(400.0, 270.0, radius_px, radius_px, 0.0),
        "calibration": SCALE,
        "standard_key": "intergrowth21",
    }
    own = {name: changes.pop(name) for name in vouched if name in changes}
    whole = {
        "entry_id": f"{days}-{fetus.label}-{hc_mm}",
        "accepted_at": datetime(day.year, day.month, day.day, 9, tzinfo=UTC),
        "operator": "Dr A",
        "facts": Facts(**(vouched | own)),
        "said": SaidThen(hc_mm / SCALE.mm_per_column, hc_mm),
        "hc_interval_mm": None,
        "origin": OutlineOrigin.PROPOSED,
    }
    return RecordedExamination(**(whole | changes))
