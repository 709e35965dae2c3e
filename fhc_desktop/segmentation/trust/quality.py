"""How far to trust a proposal: signals weighed by what they were worth on unseen heads."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from fhc_desktop.domain.confidence import Confidence, Grade, IntervalRule
from fhc_desktop.segmentation.trust.head_plane import HeadPlaneSpec
from fhc_desktop.segmentation.trust.signals import SIGNAL_NAMES, Signals

NO_HEAD = "The picture does not look like a fetal head."
NO_OUTLINE = "No head was found in this image."
NO_PLANE = "The picture does not look like a plane in which a head is measured."
DOUBTFUL_PLANE = "This may be another plane, or no head: check what the picture shows."
ALL_ROUND = (
    "The scan is a full circle, as of a probe inside a vessel or bowel: check what it shows."
)


@dataclass(frozen=True, slots=True)
class Weights:
    """A linear form: ``constant`` plus each weight times ``log(signal + floor)``."""

    constant: float
    weights: tuple[float, ...]

    def of(self, signals: Signals, floors: tuple[float, ...]) -> float:
        logs = np.log(np.asarray(signals) + np.array(floors))
        return self.constant + float(np.dot(self.weights, logs))


@dataclass(frozen=True, slots=True)
class QualitySpec:
    """What out-of-fold measurements taught about the signals; it travels in the bundle's header.

    ``error`` gives the logarithm of the expected |error| / HC; above ``look_again_above`` the
    outline is worth another look. ``head`` gives the log odds that the picture shows a head;
    below ``head_above`` nothing is measured. ``unusual`` is what one sound outline in twenty
    exceeds, for each signal: beyond it a signal is a reason. ``head_plane`` says what is a plane in
    which a head is measured; a bundle without it is not asked.
    """

    floors: tuple[float, ...]
    unusual: tuple[float, ...]
    error: Weights
    look_again_above: float
    head: Weights
    head_above: float
    interval: IntervalRule
    head_plane: HeadPlaneSpec | None = None

    def __post_init__(self) -> None:
        parts = (self.floors, self.unusual, self.error.weights, self.head.weights)
        if any(len(part) != len(SIGNAL_NAMES) for part in parts):
            raise ValueError(f"not one number for each of {SIGNAL_NAMES}")

    def expected_error(self, signals: Signals) -> float:
        """Return the expected |error| / HC of an outline."""
        return math.exp(self.error.of(signals, self.floors))

    def shows_head(self, signals: Signals) -> bool:
        return self.head.of(signals, self.floors) >= self.head_above


def quality_spec(values: dict[str, Any]) -> QualitySpec:
    """Return the specification from its JSON values.

    Raises:
        ValueError, TypeError, KeyError: a value is missing, unknown or out of its range.
    """
    interval = {key: _tuples(value) for key, value in values.pop("interval").items()}
    error, head = (_weights(values.pop(key)) for key in ("error", "head"))
    plane = values.pop("head_plane", None)
    plain = {key: _tuples(value) for key, value in values.items()}
    return QualitySpec(
        error=error,
        head=head,
        interval=IntervalRule(**interval),
        head_plane=None if plane is None else HeadPlaneSpec(**plane),
        **plain,
    )


def judged(signals: Signals, spec: QualitySpec, plane_odds: float | None = None) -> Confidence:
    """Return grade, reasons and expected error of an outline.

    ``plane_odds`` are the log odds that its plane is one in which a head is measured, None where
    nobody asked.
    """
    expected = spec.expected_error(signals)
    plane = spec.head_plane
    if not spec.shows_head(signals):
        return Confidence(Grade.NOT_MEASURABLE, (NO_HEAD,), expected, spec.interval)
    if plane is None or plane_odds is None or plane_odds >= plane.look_again_below:
        doubts: tuple[str, ...] = ()
    elif plane_odds >= plane.not_measurable_below:
        doubts = (DOUBTFUL_PLANE,)
    else:
        return Confidence(Grade.NOT_MEASURABLE, (NO_PLANE,), expected, spec.interval)
    if expected > spec.look_again_above:
        doubts = (*doubts, *reasons(signals, spec))
    grade = Grade.LOOK_AGAIN if doubts else Grade.GOOD
    return Confidence(grade, doubts, expected, spec.interval)


def doubted(confidence: Confidence, doubt: str) -> Confidence:
    """Return a confidence with one doubt more; what is not measurable anyway stays as it is."""
    if not confidence.is_measurable:
        return confidence
    return replace(confidence, grade=Grade.LOOK_AGAIN, reasons=(doubt, *confidence.reasons))


def without_outline() -> Confidence:
    """Return the confidence where no head was found at all."""
    return Confidence(Grade.NOT_MEASURABLE, (NO_OUTLINE,))


def reasons(signals: Signals, spec: QualitySpec) -> tuple[str, ...]:
    """Return what is unusual about an outline, in words, the weightiest first; never nothing."""
    excess = {
        name: math.log((value + floor) / (limit + floor))
        for name, value, floor, limit in zip(
            SIGNAL_NAMES, np.asarray(signals).tolist(), spec.floors, spec.unusual, strict=True
        )
    }
    spoken = sorted((n for n in excess if n in _WORDS), key=lambda name: -excess[name])
    unusual = [name for name in spoken if excess[name] > 0] or spoken[:1]
    return tuple(_WORDS[name](getattr(signals, name)) for name in unusual)


def _per_cent(share: float) -> str:
    return f"{100 * share:.0f} %"


# `small` is no reason by itself: what it says is in the interval.
_WORDS: dict[str, Callable[[float], str]] = {
    "misfit": lambda share: f"The model's area differs from an ellipse by {_per_cent(share)}.",
    "spread": lambda share: f"Mirrored views differ by {100 * share:.1f} % of HC.",
    "shift": lambda share: f"The close look differs from the first by {100 * share:.1f} % of HC.",
    "softness": lambda _share: "The edge of the head is blurred.",
    "cut": lambda share: f"{_per_cent(share)} of the outline leaves the picture.",
    "hidden": lambda share: f"Skull visible on {_per_cent(1 - share)} of the outline.",
    "second": lambda _share: "Two candidate heads.",
    "plain": lambda _share: "The inside lacks the grain of tissue.",
    "doubt": lambda _share: "The model is unsure that this is a head.",
}


def _weights(values: dict[str, Any]) -> Weights:
    return Weights(**{key: _tuples(value) for key, value in values.items()})


def _tuples(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
