"""Clips as their frames' numbers alone, with the errors of real heads that the model never saw.

Each error is drawn from those of the 802 images of `docs/experiments/two_looks/out_of_fold.csv`, as
a share of the interval's half width, nine tenths of which it holds. A share ``common`` of its
variance is that of all frames of the clip. ``spoilt`` frames show another plane, are outlined
badly with a wider interval, or have no outline, a third each.
"""

import csv
import math
from functools import cache
from pathlib import Path

import numpy as np

from fhc_desktop.domain.confidence import Interval
from fhc_desktop.domain.examination.frame_reading import FrameReading

_TABLE = Path(__file__).parents[1] / "docs" / "experiments" / "two_looks" / "out_of_fold.csv"
COVERAGE = 0.9


@cache
def real_errors():
    """Errors of HC in half widths of the interval that holds nine tenths of them."""
    with _TABLE.open(encoding="utf-8") as table:
        rows = [one for one in csv.DictReader(table) if one["data_set"] == "HC18" and one["hc_mm"]]
    reference = np.array([float(one["reference_hc_mm"]) for one in rows])
    errors = np.array([float(one["hc_mm"]) for one in rows]) / reference - 1
    errors -= np.median(errors)
    return errors / np.quantile(np.abs(errors), COVERAGE)


def drawn_readings(rng, *, frames, spoilt, common):
    """Return the HC of a drawn clip in mm, and what its frames measure."""
    hc_mm, half_share = rng.uniform(90, 330), rng.uniform(0.012, 0.03)
    of_clip = math.sqrt(common) * rng.choice(real_errors())
    is_spoilt = rng.permutation(np.arange(frames) < spoilt)
    readings = []
    for number in range(1, frames + 1):
        error = half_share * (of_clip + math.sqrt(1 - common) * rng.choice(real_errors()))
        width = rng.uniform(0.85, 1.15)
        kind = rng.integers(3) if is_spoilt[number - 1] else None
        if kind == 0:
            error = -rng.uniform(0.05, 0.3)
        elif kind == 1:
            error, width = rng.normal(0, 0.06), rng.uniform(1.5, 4)
        elif kind == 2:
            readings.append(FrameReading(number))
            continue
        readings.append(reading(number, hc_mm * (1 + error), half_share * width))
    return hc_mm, readings


def reading(frame, hc_mm, half_share=0.02):
    """Return a frame of that HC in mm; its interval reaches a share of it to either side."""
    half_mm = half_share * hc_mm
    interval = Interval(max(0.0, hc_mm - half_mm), hc_mm + half_mm, COVERAGE)
    return FrameReading(frame, hc_mm=hc_mm, hc_px=2 * hc_mm, interval_mm=interval)
