"""A rule about signals that is easy to reckon with."""

from fhc_desktop.domain.confidence import IntervalRule
from fhc_desktop.segmentation.trust.quality import QualitySpec, Weights
from fhc_desktop.segmentation.trust.signals import SIGNAL_NAMES, Signals

COUNT = len(SIGNAL_NAMES)
NO_DOUBT = Signals(*[0.0] * COUNT)


def a_quality(**changes):
    """Expected error is 0.01 times (1 + spread / 0.01); a head where doubt stays below 0.49."""
    values = {
        "floors": (0.01,) * COUNT,
        "unusual": (0.1,) * COUNT,
        "error": Weights(0.0, tuple(float(name == "spread") for name in SIGNAL_NAMES)),
        "look_again_above": 0.03,
        "head": Weights(0.0, tuple(-float(name == "doubt") for name in SIGNAL_NAMES)),
        "head_above": 0.693147,
        "interval": IntervalRule(0.9, (100.0,), (2.0,), 0.0, 0.0, 1.0, heads=10),
    }
    return QualitySpec(**values | changes)
